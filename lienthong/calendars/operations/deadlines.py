"""Setting a deadline and what happens to it. The operation above records it in the journal, in its own words."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.calendars import clock
from lienthong.calendars.clock import Event, EventKind, Limit
from lienthong.calendars.models import Deadline, WorkCalendar
from lienthong.calendars.queries import calendar_of, work_calendar_for
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit


@transaction.atomic(savepoint=False)
def set_deadline(
    subject: Subject,
    *,
    start: dt.datetime,
    limit: Limit | None = None,
    until: dt.date | None = None,
    unit: Unit | None = None,
    calendar: WorkCalendar | None = None,
    received_on: dt.date | None = None,
    actor: Actor | None,
    at: dt.datetime,
) -> Deadline:
    """Set the deadline of a subject: a limit counted from ``start``, or a day. Refuses both or neither, and a day past.

    The calendar is the one given, else that of ``unit``, else that of the actor's unit, else the common one. Two
    statements: find the calendar, insert the row. ``received_on``: the later day on which it counts as received.
    """
    rule = _rule(limit, until)
    if start > at:
        raise Refusal("Thời điểm nhận không thể sau lúc ghi nhận. Hãy kiểm tra lại ngày giờ.", field="start")
    own_unit = unit or (actor.post.unit if actor else None)
    chosen = calendar or work_calendar_for(own_unit, local_date(start))
    if chosen.current is None:
        raise Refusal(f"{chosen.name} chưa có phiên bản nào được công bố.", field="calendar")
    event = Event(EventKind.START, start, until=received_on)
    due_at = clock.due(calendar_of(chosen.current), rule, [event])
    return Deadline.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.pk,
        calendar=chosen,
        version=chosen.current,
        limit=str(limit) if limit else "",
        until=until,
        events=[_stored(event, actor)],
        original_due_at=due_at,
        due_at=due_at,
    )


@transaction.atomic
def pause(deadline: Deadline, *, reason: str = "", actor: Actor | None, at: dt.datetime) -> Deadline:
    """Stop the clock. Refuses one that is stopped already, or closed."""
    return _happened(deadline, Event(EventKind.PAUSE, at, reason=reason), actor)


@transaction.atomic
def resume(deadline: Deadline, *, reason: str = "", actor: Actor | None, at: dt.datetime) -> Deadline:
    """Let the clock run on; the end moves by the working time that it stood still. Refuses one that runs."""
    return _happened(deadline, Event(EventKind.RESUME, at, reason=reason), actor)


@transaction.atomic
def extend(
    deadline: Deadline,
    *,
    limit: Limit | None = None,
    until: dt.date | None = None,
    reason: str = "",
    actor: Actor | None,
    at: dt.datetime,
) -> Deadline:
    """Put the end off by a further limit or to a day. Refuses what would not put it off, and a closed deadline."""
    _rule(limit, until)
    before = Deadline.objects.select_for_update().get(pk=deadline.pk).due_at
    extended = _happened(deadline, Event(EventKind.EXTEND, at, limit, until, reason), actor)
    if extended.due_at <= before:
        raise Refusal("Hạn mới phải sau hạn đang có. Hãy chọn ngày muộn hơn.", field="until")
    return extended


@transaction.atomic
def close(deadline: Deadline, *, at: dt.datetime) -> Deadline:
    """Say that the work was done; whether in time follows from ``due_at``. Refuses one that is closed already."""
    row = _locked(deadline)
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    return row


def close_of(subject: Subject, *, at: dt.datetime) -> bool:
    """Close the deadline of a subject, if it has one that is open (one statement); whether there was one.

    For whoever holds the subject's row: nobody else moves its deadline meanwhile.
    """
    rows = Deadline.objects.filter(subject_kind=subject.kind, subject_id=subject.pk, closed_at=None)
    return bool(rows.update(closed_at=at))


@transaction.atomic
def reopen(deadline: Deadline) -> Deadline:
    """Take back a closing, when work is returned: the clock was never stopped. Computed by the present calendar."""
    row = _lock(deadline)
    row.closed_at = None
    _compute(row)
    row.save(update_fields=["closed_at", "version", "due_at", "paused_at"])
    return row


def _happened(deadline: Deadline, event: Event, actor: Actor | None) -> Deadline:
    """Add an event to a clock and compute its end anew, by the present version of its calendar."""
    row = _locked(deadline)
    row.events = [*row.events, _stored(event, actor)]
    _compute(row)
    row.save(update_fields=["events", "version", "due_at", "paused_at"])
    return row


def _compute(row: Deadline) -> None:
    assert row.calendar.current is not None  # noqa: S101 - it had one when the deadline was set
    row.version = row.calendar.current
    state = clock.run(calendar_of(row.version), row.rule, row.clock_events)
    row.due_at = clock.aware(state.end)
    row.paused_at = clock.aware(state.open_pause.start) if state.open_pause else None


def _lock(deadline: Deadline) -> Deadline:
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("calendar__current")
    return rows.get(pk=deadline.pk)


def _locked(deadline: Deadline) -> Deadline:
    row = _lock(deadline)
    if row.closed_at is not None:
        raise Refusal("Việc này đã xong, hạn không đổi được nữa.")
    return row


def _rule(limit: Limit | None, until: dt.date | None) -> Limit | dt.date:
    if limit is not None and until is None:
        return limit
    if until is not None and limit is None:
        return until
    raise Refusal("Hãy nêu thời hạn hoặc ngày hạn, một trong hai.", field="limit")


def _stored(event: Event, actor: Actor | None) -> dict[str, str | int]:
    by: dict[str, str | int] = {"post": actor.post.pk} if actor else {}
    return {**event.as_json(), **by}
