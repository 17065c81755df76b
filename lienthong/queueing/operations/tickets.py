"""Taking a number, and everything that happens to it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.numbering.operations import open_series, take
from lienthong.numbering.periods import of_day
from lienthong.organisation.actor import Actor
from lienthong.queueing import wording
from lienthong.queueing.models import Appointment, ServiceGroup, ServicePoint, Ticket
from lienthong.queueing.policies import require_hand, require_seat, require_server

State = Ticket.State
FIRST, BOOKED, ORDINARY = 2, 1, 0
MOST_A_DAY = 2_000


@transaction.atomic
def take_ticket(
    group: ServiceGroup,
    *,
    key: str,
    priority: int = ORDINARY,
    appointment: Appointment | None = None,
    actor: Actor | None = None,
    at: dt.datetime,
) -> Ticket:
    """Give the next number of the hall and day; ``key`` comes with the button: pressed twice, it is one number.

    Refuses a group that takes nobody now.
    """
    if known := Ticket.objects.filter(key=key).select_related("group").first():
        return known
    row = ServiceGroup.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=group.pk)
    if known := Ticket.objects.filter(key=key).select_related("group").first():
        return known
    if not row.is_open:
        raise Refusal(f"Nhóm “{row.name}” hiện không nhận số. Hãy hỏi quầy hướng dẫn.")
    day = local_date(at)
    series = open_series(f"tickets.{row.unit_id}", name=f"Số thứ tự tại {row.unit.name}"[:200])
    number = take(series, period=of_day(day), subject=None, at=at)
    if number > MOST_A_DAY:
        raise Refusal("Hôm nay đã phát hết số. Hãy hỏi quầy hướng dẫn.")
    ticket = Ticket(
        unit_id=row.unit_id,
        day=day,
        number=number,
        code=f"{row.prefix}{number:03}",
        group=row,
        priority=priority,
        appointment=appointment,
        token=uuid.uuid4(),
        key=key,
        taken_at=at,
        queued_at=at,
    )
    ticket.save(force_insert=True)
    _record(ticket, "taken", actor, at, is_new=True)
    return ticket


@transaction.atomic
def call_next(point: ServicePoint, *, after: int | None, actor: Actor, at: dt.datetime) -> Ticket | None:
    """Finish with whoever is at the counter and call the next; None when nobody waits for it.

    ``after`` is the ticket that the officer's page showed at the counter: when another one is there already (a second
    click, a second window), that one is returned and nobody is called over. Two counters never get the same person.
    """
    row = _seated(point, actor)
    here = _here(row)
    if here is not None and here.pk != after:
        return here
    if here is not None:
        _finish(here, actor, at)
    ticket = _next_for(row, at)
    if ticket is not None:
        _call(ticket, row, actor, at)
    return ticket


@transaction.atomic
def call(ticket: Ticket, point: ServicePoint, *, actor: Actor, at: dt.datetime) -> Ticket:
    """Call one person out of turn: who waits, or who did not come when called. Refuses while somebody is there."""
    row = _seated(point, actor)
    found = _locked(ticket)
    require_server(actor, found.unit_id)
    if found.unit_id != row.unit_id or found.state not in {State.WAITING, State.SKIPPED}:
        raise Refusal(f"Số {found.code} {found.get_state_display().lower()}, không gọi được nữa.")
    if (here := _here(row)) is not None:
        raise Refusal(f"Số {here.code} còn ở quầy. Hãy kết thúc hoặc bỏ qua số này trước.")
    _call(found, row, actor, at)
    return found


@transaction.atomic
def recall(ticket: Ticket, *, actor: Actor, at: dt.datetime) -> Ticket:
    """Call the same person once more: the screen shows it anew."""
    row = _mine(ticket, actor, {State.CALLED})
    row.called_at, row.calls = at, min(row.calls + 1, 30_000)
    row.save(update_fields=["called_at", "calls"])
    _record(row, "recalled", actor, at)
    return row


@transaction.atomic
def start(ticket: Ticket, *, actor: Actor, at: dt.datetime) -> Ticket:
    """The person has come: serving begins."""
    row = _mine(ticket, actor, {State.CALLED})
    row.state, row.serving_at = State.SERVING, at
    row.save(update_fields=["state", "serving_at"])
    _record(row, "started", actor, at)
    return row


@transaction.atomic
def finish(ticket: Ticket, *, actor: Actor, at: dt.datetime) -> Ticket:
    """Serving is over, and nobody else is called."""
    row = _mine(ticket, actor, set(Ticket.AT_COUNTER))
    _finish(row, actor, at)
    return row


@transaction.atomic
def skip(ticket: Ticket, *, actor: Actor, at: dt.datetime) -> Ticket:
    """The person did not come. They can be called again when they do."""
    row = _mine(ticket, actor, {State.CALLED})
    row.state, row.ended_at = State.SKIPPED, at
    row.save(update_fields=["state", "ended_at"])
    _record(row, "skipped", actor, at)
    return row


@transaction.atomic
def bring_back(ticket: Ticket, *, actor: Actor, at: dt.datetime) -> Ticket:
    """Who was skipped is back and waits again, in the old place of the queue."""
    row = _locked(ticket)
    require_server(actor, row.unit_id)
    if row.state != State.SKIPPED:
        raise Refusal(f"Số {row.code} {row.get_state_display().lower()}. Hãy tải lại trang.")
    row.state, row.ended_at, row.point, row.post = State.WAITING, None, None, None
    row.save(update_fields=["state", "ended_at", "point", "post"])
    _record(row, "brought_back", actor, at)
    return row


@transaction.atomic
def transfer(
    ticket: Ticket,
    *,
    group: ServiceGroup | None = None,
    point: ServicePoint | None = None,
    note: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Ticket:
    """Send the person at one's counter on to another group or counter; they keep number and place in the queue.

    Refuses none, one of another hall, and the own counter.
    """
    row = _mine(ticket, actor, set(Ticket.AT_COUNTER))
    to = point or group
    if to is None or to.unit_id != row.unit_id or not to.is_open or (point and point.pk == row.point_id):
        raise Refusal("Hãy chọn quầy hoặc nhóm khác đang mở trong Bộ phận Một cửa này.", field="to")
    row.group, row.for_point = group or row.group, point
    row.note = wording.words(note, what="ghi chú", field="note", longest=200)
    row.state, row.point, row.post, row.serving_at = State.WAITING, None, None, None
    row.save(update_fields=["group", "for_point", "note", "state", "point", "post", "serving_at"])
    _record(row, "transferred", actor, at, to=str(to), note=row.note)
    return row


@transaction.atomic
def leave(ticket: Ticket, *, actor: Actor | None, at: dt.datetime) -> Ticket:
    """Give the number up: the person themselves (actor None), or an officer of the hall for them."""
    row = _locked(ticket)
    if actor is not None:
        require_server(actor, row.unit_id)
    if row.state not in {State.WAITING, State.SKIPPED}:
        raise Refusal(f"Số {row.code} {row.get_state_display().lower()}, không bỏ được nữa.")
    row.state, row.ended_at = State.LEFT, at
    row.save(update_fields=["state", "ended_at"])
    _record(row, "left", actor, at)
    return row


@transaction.atomic
def attach(ticket: Ticket, subject: Subject, *, actor: Actor, at: dt.datetime) -> Ticket:
    """Say what came of it: the case that was received from this person."""
    row = _locked(ticket)
    require_hand(actor, row)
    row.subject_kind, row.subject_id = subject.kind, subject.pk
    row.save(update_fields=["subject_kind", "subject_id"])
    told = {"code": row.code, "point": row.point.number if row.point else None}
    record(row.own, "ticket.attached", actor=actor, at=at, particulars=told, thread=subject)
    return row


def _seated(point: ServicePoint, actor: Actor) -> ServicePoint:
    row = ServicePoint.objects.select_for_update().get(pk=point.pk)
    require_seat(actor, row)
    return row


def _locked(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_for_update(of=("self",)).select_related("point", "group").get(pk=ticket.pk)


def _mine(ticket: Ticket, actor: Actor, states: set[State]) -> Ticket:
    row = _locked(ticket)
    if row.state not in states:
        raise Refusal(f"Số {row.code} {row.get_state_display().lower()}. Hãy tải lại trang.")
    require_hand(actor, row)
    return row


def _here(point: ServicePoint) -> Ticket | None:
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("group")
    return rows.filter(point=point, state__in=Ticket.AT_COUNTER).first()


def _next_for(point: ServicePoint, at: dt.datetime) -> Ticket | None:
    """Lock and return the next person for a counter; one whom another counter is just calling is passed over."""
    groups = list(point.groups.values_list("pk", flat=True))
    for_me = Q(for_point=point) | (Q(for_point=None, group__in=groups) if groups else Q(for_point=None))
    waiting = Ticket.objects.of_day(point.unit_id, local_date(at)).waiting().filter(for_me)
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("group")
    return locked.in_turn().first()


def _call(ticket: Ticket, point: ServicePoint, actor: Actor, at: dt.datetime) -> None:
    ticket.state, ticket.point, ticket.post = State.CALLED, point, actor.post
    ticket.called_at, ticket.calls, ticket.ended_at = at, min(ticket.calls + 1, 30_000), None
    ticket.save(update_fields=["state", "point", "post", "called_at", "calls", "ended_at"])
    _record(ticket, "called", actor, at, point=point.number)


def _finish(ticket: Ticket, actor: Actor, at: dt.datetime) -> None:
    ticket.serving_at = ticket.serving_at or ticket.called_at
    ticket.state, ticket.ended_at = State.SERVED, at
    ticket.save(update_fields=["state", "serving_at", "ended_at"])
    _record(ticket, "served", actor, at)


def _record(
    ticket: Ticket, what: str, actor: Actor | None, at: dt.datetime, *, is_new: bool = False, **told: object
) -> None:
    particulars = {"code": ticket.code} | told
    record(ticket.own, f"ticket.{what}", actor=actor, at=at, particulars=particulars, is_new=is_new)
