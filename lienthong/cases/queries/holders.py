"""Whose work a case is now, where the office that holds it is no more."""

from __future__ import annotations

import datetime as dt

from lienthong.cases import places
from lienthong.cases.models import Case
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Unit


def office_of(case: Case, unit: Unit, on: dt.date) -> Unit:
    """Return the office that has on a day what a unit held: itself (no query), who took over, itself if nobody did."""
    if not places.has_ended(unit, on):
        return unit
    try:
        return places.living(unit, on, area=places.area_of(case.version.definition, case.values, ""))
    except Refusal:
        return unit
