"""Which other offices a case may involve."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from lienthong.cases.models import Case, Consultation
from lienthong.cases.places import deciding
from lienthong.organisation.models import Unit

ASKABLE = (
    Unit.Kind.PROVINCE_COMMITTEE, Unit.Kind.OFFICE, Unit.Kind.DEPARTMENT, Unit.Kind.DISTRICT, Unit.Kind.COMMUNE,
)  # fmt: skip


def units_to_ask(case: Case, on: dt.date) -> QuerySet[Unit]:
    """Return the agencies of the province and the parts of the one that holds the case, but for the holder itself."""
    agency = case.holder_unit.agency_id if case.holder_unit else None
    inside = Q(agency=agency, kind=Unit.Kind.DIVISION)
    rows = Unit.objects.existing(on).filter(Q(kind__in=ASKABLE, is_external=False) | inside)
    return rows.exclude(pk=case.holder_unit_id or 0).order_by("order", "name")


def agencies_for(case: Case, on: dt.date) -> QuerySet[Unit]:
    """Return the agencies of the level that decides such cases, but for the one that does."""
    rows = Unit.objects.existing(on).agencies().filter(kind__in=deciding(case, on))
    return rows.exclude(pk=case.competent_agency_id).order_by("order", "name")


def consultations_of(case: Case) -> list[Consultation]:
    """Return the questions to other units, the first first (one query)."""
    return list(case.consultations.select_related("unit", "asked_by__officer", "answered_by__officer").order_by("pk"))
