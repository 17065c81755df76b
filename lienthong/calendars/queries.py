"""Which calendar holds for whom, and what a deadline has to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lienthong.calendars import clock, explanation
from lienthong.calendars.changes import Move, differing_days, moved_deadlines
from lienthong.calendars.models import CalendarDay, CalendarHours, CalendarVersion, Deadline, WorkCalendar
from lienthong.calendars.working_time import FIRST_DAY
from lienthong.kernel.clock import at_local
from lienthong.kernel.periods import in_force
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Unit


def calendar_of(version: CalendarVersion) -> clock.Calendar:
    """Return the pure calendar of a version; a published one is built once and kept."""
    if version.published_at is None:
        return build(version)
    return _published(version.pk, version.published_at)


@lru_cache(maxsize=64)
def _published(version_pk: int, published_at: dt.datetime) -> clock.Calendar:  # noqa: ARG001 - part of the key
    return build(CalendarVersion.objects.select_related("calendar").get(pk=version_pk))


def build(version: CalendarVersion) -> clock.Calendar:
    """Build the pure calendar of a version: its own hours, or its base's; its own days over its base's."""
    layers = [pk for pk in (version.base_id, version.pk) if pk]
    weeks: dict[int, list[clock.Week]] = {pk: [] for pk in layers}
    for row in CalendarHours.objects.filter(version__in=layers).order_by("valid_from"):
        days = tuple(clock.hours(*sessions) for sessions in row.week)
        weeks[row.version_id].append(clock.Week(row.valid_from, days))
    rows = {pk: dict[dt.date, CalendarDay]() for pk in layers}
    for day in CalendarDay.objects.filter(version__in=layers):
        rows[day.version_id][day.date] = day
    merged = {date: row for pk in layers for date, row in rows[pk].items()}
    marks = {date: _mark(row) for date, row in merged.items() if row.kind != CalendarDay.Kind.ORDINARY}
    own = next((weeks[pk] for pk in reversed(layers) if weeks[pk]), [clock.Week(FIRST_DAY, clock.OFFICE_WEEK)])
    return clock.Calendar(tuple(own), marks, version.calendar.name, version.number)


def _mark(row: CalendarDay) -> clock.Mark:
    return clock.Mark(clock.MarkKind(row.kind), row.name, row.source, row.verified, row.replaces)


def work_calendar_for(unit: Unit | None, on: dt.date) -> WorkCalendar:
    """Return the calendar by which a unit works on a day: its own, its agency's, its parent's, or the common one."""
    nearest = [pk for pk in (unit.pk, unit.agency_id, unit.parent_id) if pk] if unit else []
    found = WorkCalendar.objects.filter(in_force(on), current__isnull=False).select_related("current")
    calendars = {row.unit_id: row for row in found.filter(unit__in=nearest) | found.filter(unit=None)}
    row = next((calendars[pk] for pk in (*nearest, None) if pk in calendars), None)
    if row is None:
        raise Refusal("Chưa có lịch làm việc. Người quản trị hãy chạy lệnh load_calendars.")
    return row


def work_calendar_named(name: str) -> WorkCalendar:
    """Return a calendar by its name; refuses a name that nobody bears."""
    row = WorkCalendar.objects.filter(name=name, current__isnull=False).select_related("current").first()
    if row is None:
        known = ", ".join(WorkCalendar.objects.order_by("pk").values_list("name", flat=True)[:20])
        raise Refusal(f"Không có lịch tên “{name}”. Các lịch đang có: {known or 'chưa có lịch nào'}.", field="calendar")
    return row


def working_calendar(unit: Unit | None, on: dt.date) -> clock.Calendar:
    """Return the pure calendar by which a unit works on a day (one query; the common one without a unit)."""
    row = work_calendar_for(unit, on)
    assert row.current is not None  # noqa: S101 - filtered by the query above
    return calendar_of(row.current)


def deadline_of(subject: Subject) -> Deadline | None:
    """Return the deadline of a subject."""
    return deadlines_of([subject]).get(subject)


def deadlines_of(subjects: Iterable[Subject]) -> dict[Subject, Deadline]:
    """Return the deadlines of many subjects with one query for each kind among them."""
    keys: dict[str, list[int]] = {}
    for subject in subjects:
        keys.setdefault(subject.kind, []).append(subject.pk)
    return {
        deadline.subject: deadline
        for kind, pks in keys.items()
        for deadline in Deadline.objects.filter(subject_kind=kind, subject_id__in=pks).select_related("version")
    }


def explain(deadline: Deadline) -> list[explanation.DayLine]:
    """Tell day by day how a deadline came about, by the version under which it was computed."""
    return explanation.explain(calendar_of(deadline.version), deadline.rule, deadline.clock_events)


def remaining(due_at: dt.datetime, now: dt.datetime, calendar: clock.Calendar) -> dt.timedelta:
    """Return the working time left until a deadline; negative when it has passed."""
    return clock.working_time(calendar, now, due_at)


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a draft would do: the days that change, and the first of the deadlines that would move."""

    days: list[dt.date]
    moves: list[Move]
    looked_at: int
    waiting: int


def preview(version: CalendarVersion, *, most: int = 2000) -> Preview:
    """Tell what publishing a draft would move; looks at the ``most`` open deadlines that end first."""
    present, coming = version.calendar.current, build(version)
    if present is None:
        return Preview([], [], 0, 0)
    days = differing_days(calendar_of(present), coming)
    if not days:
        return Preview([], [], 0, 0)
    calendars = [version.calendar_id, *version.calendar.derived.values_list("pk", flat=True)]
    rows = Deadline.objects.filter(calendar__in=calendars, closed_at=None, due_at__gte=at_local(days[0], dt.time()))
    first = list(rows.filter(calendar=version.calendar).order_by("due_at")[:most])
    return Preview(days, moved_deadlines(first, coming), len(first), rows.count())
