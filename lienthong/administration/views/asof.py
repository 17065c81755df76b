"""The day as of which a page shows the organisation."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from lienthong.kernel.clock import local_date
from lienthong.ui.forms import DayField
from lienthong.ui.requests import OfficerRequest


def day_of(request: OfficerRequest, *, chosen: bool = True) -> dt.date:
    """Return the day in the address (``on=22/01/2014``), or today; what is no day is today."""
    today = local_date(request.at)
    if not chosen:
        return today
    try:
        return DayField(required=False).clean(request.GET.get("on", "")) or today
    except ValidationError:
        return today
