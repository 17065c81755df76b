"""When people of a unit may be told things outside the app: notifications ask this through ``notifications.hours``."""

from __future__ import annotations

import datetime as dt

from lienthong.calendars.queries import working_calendar
from lienthong.kernel.clock import VIETNAM, local, local_date
from lienthong.organisation.models import Unit


def is_working_day(unit_pk: int, day: dt.date) -> bool:
    """Tell whether a unit works on a day."""
    return working_calendar(_unit(unit_pk), day).is_working_day(day)


def next_opening(unit_pk: int, at: dt.datetime) -> dt.datetime:
    """Return ``at`` itself between the first opening and the last close of a working day, else the next opening.

    The lunch break does not count: a letter disturbs nobody at noon.
    """
    calendar = working_calendar(_unit(unit_pk), local_date(at))
    moment = local(at).replace(tzinfo=None)
    sessions = calendar.hours_on(moment.date())
    if sessions and sessions[0][0] <= moment.hour * 60 + moment.minute < sessions[-1][1]:
        return at
    return calendar.next_opening(moment).replace(tzinfo=VIETNAM).astimezone(dt.UTC)


def _unit(unit_pk: int) -> Unit | None:
    return Unit.objects.filter(pk=unit_pk).first()
