"""What an applicant said of the service, as the pages of a case show it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.cases import scales
from lienthong.cases.models import Case, Rating
from lienthong.kernel.clock import local_date


def may_be_rated(case: Case, at: dt.datetime) -> bool:
    """Tell whether a case may be rated for the first time now (at most one query)."""
    if not case.is_ended or case.ended_at is None:
        return False
    within = scales.scale_on(local_date(at)).rate_within
    return at - case.ended_at <= within and not Rating.objects.filter(case=case).exists()


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
