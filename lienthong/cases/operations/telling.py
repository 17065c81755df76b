"""Telling partners what they should know of a case by now, besides any deed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.cases import sync
from lienthong.cases.models import Case


@transaction.atomic
def tell_now(case: Case, *, at: dt.datetime) -> None:
    """Queue the present status of a case for each partner that was told another, or nothing; the system's own deed."""
    row = Case.objects.select_for_update(of=("self",)).select_related(
        "version__procedure__sector", "applicant", "competent_agency"
    )  # fmt: skip
    sync.changed(row.get(pk=case.pk), "", is_handed=False, actor=None, at=at)
