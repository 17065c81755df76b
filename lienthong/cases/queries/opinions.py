"""What an applicant said of the service, as the pages of a case show it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.cases import scales
from lienthong.cases.models import Case, Rating
from lienthong.kernel.clock import local_date


def opinions_of(case: Case, at: dt.datetime) -> dict[str, Any]:
    """Return the complaints about a case, the newest first, and its rating in words (at most two queries)."""
    rating = Rating.objects.filter(case=case).first() if case.is_ended else None
    scale = scales.scale_on(local_date(rating.at if rating else at))
    return {
        "complaints": list(case.complaints.order_by("-pk")),
        "rating": rating,
        "rating_name": scale.name_of(rating.level) if rating else "",
        "rating_reasons": scale.names_of(rating.reasons) if rating else [],
    }
