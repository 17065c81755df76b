"""Warning in time: three working days and one working day before the legal end, whoever holds the case is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from lienthong.calendars import clock
from lienthong.calendars.queries import working_calendar
from lienthong.calendars.working_time import Calendar
from lienthong.cases import due_notices
from lienthong.cases.models import Apology, Case
from lienthong.kernel.clock import local, local_date
from lienthong.notifications.models import Notice
from lienthong.notifications.operations import clear

RUNNING = (Case.Status.RECEIVED, Case.Status.IN_PROGRESS)
LEVELS = ((1, dt.timedelta(hours=8)), (3, dt.timedelta(hours=24)))
"""Working days before the end, and the working time that they are; the nearest first."""
AHEAD = dt.timedelta(days=21)
"""How far one looks: three working days lie within it even over the longest holiday."""


def warn_all(*, at: dt.datetime, most: int = 500) -> int:
    """Tell of the cases that come near their end, each level once for an end and a holder; returns how many.

    Only while the deciding agency works. A case that had no more time than that when it was received is not warned of:
    who got it knows. What was told of cases that run no more is taken away.
    """
    _forget_settled(at)
    calendars: dict[int, Calendar] = {}
    told = 0
    for case in _near(at):
        agency = case.competent_agency
        if agency.pk not in calendars:
            calendars[agency.pk] = working_calendar(agency, local_date(at))
        level = _level(case, calendars[agency.pk], at)
        if level and told < most:
            told += _warn(case, level, at)
    return told


def _near(at: dt.datetime) -> Iterable[Case]:
    rows = Case.objects.filter(status__in=RUNNING, due_at__gt=at, due_at__lt=at + AHEAD, paused_at=None)
    rows = rows.exclude(holder=0).annotate(excused=Exists(Apology.objects.filter(case=OuterRef("pk"))))
    return rows.select_related("competent_agency").defer("values").order_by("due_at", "pk").iterator(chunk_size=500)


def _level(case: Case, calendar: Calendar, at: dt.datetime) -> int:
    """Return how many working days are left at most, by which one warns; 0 where there is nothing to say now."""
    if not calendar.is_open(local(at)) or case.due_at is None or case.received_at is None:
        return 0
    left = clock.working_time(calendar, at, case.due_at)
    whole = clock.working_time(calendar, case.received_at, case.due_at)
    return next((days for days, time in LEVELS if left <= time < whole), 0)


@transaction.atomic
def _warn(near: Case, level: int, at: dt.datetime) -> int:
    case = Case.objects.select_for_update(skip_locked=True).filter(pk=near.pk, holder=near.holder).first()
    if case is None or case.due_at != near.due_at or case.status not in RUNNING:
        return 0
    return due_notices.soon(case, level, excused=bool(near.excused), at=at)  # type: ignore[attr-defined] # annotated


def _forget_settled(at: dt.datetime) -> None:
    """Take away the warnings about cases that wait or are done: nothing is to be hurried there any more."""
    standing = Notice.objects.filter(subject_kind="case", kind__in=due_notices.KINDS, cleared_at=None)
    keys = set(standing.values_list("subject_id", flat=True))
    for case in Case.objects.filter(pk__in=keys).exclude(status__in=RUNNING).only("pk"):
        clear(case.subject, due_notices.KINDS, at=at)
