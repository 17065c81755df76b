"""Which calendar holds for whom, and what a deadline has to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from lienthong.calendars import clock, explanation
from lienthong.calendars.changes import Move, differing_days, moved_deadlines
from lienthong.calendars.models import (
    CalendarDay,
    CalendarHours,
    CalendarVersion,
    Deadline,
    Recomputation,
    WorkCalendar,
)
from lienthong.calendars.working_time import FIRST_DAY, session_texts
from lienthong.calendars.year import year_of
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Described, Subject, describe, is_visible
from lienthong.organisation.actor import Actor
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
    row = _nearest_calendar(nearest, on)
    if row is None:
        raise Refusal("Chưa có lịch làm việc. Người quản trị hãy chạy lệnh load_calendars.")
    return row


_NEAREST = """
SELECT {columns}
  FROM calendars_workcalendar AS calendar
  JOIN calendars_calendarversion AS version ON version.id = calendar.current_id
 WHERE calendar.valid_from <= %(on)s AND (calendar.valid_to IS NULL OR calendar.valid_to > %(on)s)
   AND (calendar.unit_id IS NULL OR calendar.unit_id = ANY (%(units)s::bigint[]))
 ORDER BY array_position(%(units)s::bigint[], calendar.unit_id), calendar.id LIMIT 1
"""


def _nearest_calendar(units: list[int], on: dt.date) -> WorkCalendar | None:
    """Return the calendar of the first of the units that has one, else the common one, with its version; one query.

    Written by hand: nearly every page asks it, and the ORM takes longer to write it than the database to answer it.
    """
    tables = (("calendar", WorkCalendar), ("version", CalendarVersion))
    columns = [f'{table}."{field.column}"' for table, model in tables for field in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST.format(columns=", ".join(columns)), {"on": on, "units": units})
        row = cursor.fetchone()
    if row is None:
        return None
    own = [field.attname for field in WorkCalendar._meta.concrete_fields]
    versions = [field.attname for field in CalendarVersion._meta.concrete_fields]
    calendar = WorkCalendar.from_db(connection.alias, own, row[: len(own)])
    calendar.current = CalendarVersion.from_db(connection.alias, versions, row[len(own) :])
    return calendar


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


def visible_deadline(actor: Actor, pk: int) -> Deadline:
    """Return a deadline whose subject the actor may see; refuses the others, and those that do not exist, alike."""
    row = Deadline.objects.select_related("version__calendar").filter(pk=pk).first()
    if row is None or not is_visible(actor, row.subject):
        raise Forbidden("Bạn không được xem việc này, hoặc việc này không còn.")
    return row


def about(deadline: Deadline) -> Described | None:
    """Return what a deadline is of, as its own app describes it."""
    return describe([deadline.subject]).get(deadline.subject)


def calendars_shown() -> list[WorkCalendar]:
    """Return every calendar for the list, with its present version, its draft and its open deadlines (one query)."""
    drafts = CalendarVersion.objects.filter(calendar=OuterRef("pk"), published_at=None)
    deadlines = Deadline.objects.filter(calendar=OuterRef("pk"), closed_at=None).order_by().values("calendar")
    rows = WorkCalendar.objects.select_related("current", "unit").annotate(
        draft_number=Subquery(drafts.values("number")[:1]),
        open_deadlines=Coalesce(Subquery(deadlines.annotate(count=Count("pk")).values("count")), 0),
    )
    return list(rows.order_by("unit_id", "name"))


def draft_of(calendar: WorkCalendar) -> CalendarVersion:
    """Return the draft of a calendar; refuses when there is none."""
    version = CalendarVersion.objects.filter(calendar=calendar, published_at=None).first()
    if version is None:
        raise Refusal("Lịch này chưa có bản nháp. Hãy mở lịch và bấm Sửa lịch.")
    version.calendar = calendar
    return version


def versions_of(calendar: WorkCalendar) -> list[CalendarVersion]:
    """Return the published versions of a calendar, newest first, each with its recomputation."""
    rows = CalendarVersion.objects.filter(calendar=calendar, published_at__isnull=False)
    return list(rows.select_related("publisher__officer", "recomputation").order_by("-number"))


def year_page(calendar: WorkCalendar, version: CalendarVersion | None, year: int) -> dict[str, Any]:
    """Return what a page shows of a year under a version: months, marked days, the hours in force at its end."""
    if version is None:
        return {"calendar": calendar, "version": None, "year": year, "months": [], "days": [], "week": None}
    pure = calendar_of(version)
    marks = sorted((date, mark) for date, mark in pure.marks.items() if date.year == year)
    week = pure.weeks[0]
    for later in pure.weeks:
        week = later if later.valid_from <= dt.date(year, 12, 31) else week
    months = year_of(pure, year)
    return {
        "calendar": calendar,
        "version": version,
        "year": year,
        "months": months,
        "working_days": sum(month.working_days for month in months),
        "days": [{"date": date, "mark": mark} for date, mark in marks],
        "week": [session_texts(day) for day in week.days],
        "named_week": list(zip(explanation.WEEKDAYS, (session_texts(day) for day in week.days), strict=True)),
        "week_from": week.valid_from,
    }


def report_page(calendar: WorkCalendar, number: int, actor: Actor, *, most: int = 200) -> dict[str, Any]:
    """Return what a version changed; of the deadlines that moved, those whose subjects the reader may see."""
    rows = CalendarVersion.objects.select_related("recomputation", "publisher__officer")
    version = rows.filter(calendar=calendar, number=number, published_at__isnull=False).first()
    if version is None:
        raise Refusal(f"Lịch này chưa công bố phiên bản {number}.")
    previous = CalendarVersion.objects.filter(calendar=calendar, number=number - 1).select_related("calendar").first()
    version.calendar = calendar
    run: Recomputation = version.recomputation
    moves = list(run.moves.select_related("deadline").order_by("new_due_at")[:most])
    seen = [move for move in moves if is_visible(actor, move.deadline.subject)]
    described = describe([move.deadline.subject for move in seen])
    days = differing_days(calendar_of(previous), calendar_of(version)) if previous else []
    return {
        "calendar": calendar,
        "version": version,
        "run": run,
        "days": [{"date": day, "mark": calendar_of(version).marks.get(day)} for day in days[:60]],
        "changed_days": len(days),
        "moves": [{"move": move, "about": described.get(move.deadline.subject)} for move in seen],
    }
