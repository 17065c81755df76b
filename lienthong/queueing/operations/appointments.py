"""Slots and appointments: opening, booking, cancelling, arriving."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.calendars.queries import working_calendar
from lienthong.journal.operations import record
from lienthong.kernel.clock import at_local, local, local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.queueing import wording
from lienthong.queueing.models import Appointment, ServiceGroup, Slot, Ticket
from lienthong.queueing.operations.tickets import BOOKED, ORDINARY, take_ticket
from lienthong.queueing.policies import require_arranger, require_server
from lienthong.ui.formats import moment, weekday

State = Appointment.State
LONGEST_AHEAD = dt.timedelta(days=60)
MOST_OPEN = 3
"""So many appointments one telephone number may hold in a hall."""
EARLY, LATE = dt.timedelta(minutes=30), dt.timedelta(minutes=15)


@transaction.atomic
def open_slots(
    group: ServiceGroup,
    *,
    since: dt.date,
    until: dt.date,
    starts: dt.time,
    ends: dt.time,
    minutes: int,
    capacity: int,
    actor: Actor | None,
    at: dt.datetime,
) -> list[Slot]:
    """Open slots on the working days of a stretch; those that exist stay as they are.

    Refuses days gone by, more than sixty days ahead, hours that hold no slot.
    """
    require_arranger(actor, group.unit)
    today = local_date(at)
    if since < today or until < since or until - today > LONGEST_AHEAD:
        raise Refusal("Mở lịch hẹn từ hôm nay trở đi, nhiều nhất 60 ngày tới.", field="until")
    if not 5 <= minutes <= 240 or not 1 <= capacity <= 100:
        raise Refusal("Mỗi khung từ 5 đến 240 phút, từ 1 đến 100 người.", field="minutes")
    calendar = working_calendar(group.unit, today)
    days = [since + dt.timedelta(days=step) for step in range((until - since).days + 1)]
    times = [
        (at_local(day, starts) + dt.timedelta(minutes=minutes * step))
        for day in days
        if calendar.is_working_day(day)
        for step in range(_count(starts, ends, minutes))
    ]
    if not times:
        raise Refusal("Trong khoảng này không có khung nào: xem lại giờ và ngày làm việc.", field="ends")
    length = dt.timedelta(minutes=minutes)
    made = [
        Slot(unit_id=group.unit_id, group=group, starts_at=one, ends_at=one + length, capacity=capacity)
        for one in times
    ]
    Slot.objects.bulk_create(made, ignore_conflicts=True)
    told = {"from": f"{since:%d/%m/%Y}", "to": f"{until:%d/%m/%Y}", "count": len(made)}
    record(group.subject, "slots.opened", actor=actor, at=at, particulars=told)
    return list(Slot.objects.filter(group=group, starts_at__in=times).order_by("starts_at"))


@transaction.atomic
def amend_slot(slot: Slot, *, capacity: int, is_open: bool, actor: Actor | None, at: dt.datetime) -> Slot:
    """Change how many may book, or shut a slot for more. Refuses less room than is taken."""
    require_arranger(actor, slot.unit)
    row = Slot.objects.select_for_update(of=("self",)).select_related("group").get(pk=slot.pk)
    if not max(row.taken, 1) <= capacity <= 100:
        raise Refusal(f"Khung này đã có {row.taken} người đặt. Số chỗ từ đó đến 100.", field="capacity")
    row.capacity, row.is_open = capacity, is_open
    row.save(update_fields=["capacity", "is_open"])
    told = {"slot": moment(row.starts_at), "capacity": capacity, "is_open": is_open}
    record(row.group.subject, "slot.amended", actor=actor, at=at, particulars=told)
    return row


@transaction.atomic
def book(
    slot: Slot, *, name: str, phone: str, purpose: str = "", key: str, actor: Actor | None = None, at: dt.datetime
) -> Appointment:
    """Book a place in a slot; ``key`` comes with the form: sent twice, it is one appointment.

    The slot's row is the lock: nobody books over its room. Refuses a full, shut or past slot, a number that holds this
    slot or three appointments already.
    """
    who, number = wording.name(name), wording.phone(phone)
    why = wording.words(purpose, what="việc cần làm", field="purpose", longest=200)
    row = Slot.objects.select_for_update(of=("self",)).select_related("group", "unit").get(pk=slot.pk)
    if known := Appointment.objects.filter(key=key).select_related("slot").first():
        return known
    if row.starts_at <= at:
        raise Refusal("Khung giờ này đã qua. Hãy chọn khung khác.", field="slot")
    if not row.is_open or row.left < 1:
        raise Refusal("Khung giờ này vừa hết chỗ. Hãy chọn khung khác.", field="slot")
    _require_modest(row, number, at)
    row.taken += 1
    row.save(update_fields=["taken"])
    made = Appointment(slot=row, code=wording.new_code(), key=key, name=who, phone=number, purpose=why, booked_at=at)
    made.save(force_insert=True)
    told = {"slot": moment(row.starts_at), "group": row.group.name}
    record(made.subject, "appointment.booked", actor=actor, at=at, particulars=told, is_new=True)
    return made


@transaction.atomic
def cancel(appointment: Appointment, *, actor: Actor | None = None, at: dt.datetime) -> Appointment:
    """Give a place back: the person who holds code and number (actor None), or an officer of the hall."""
    slot = Slot.objects.select_for_update().get(pk=appointment.slot_id)
    if actor is not None:
        require_server(actor, slot.unit_id)
    row = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if row.state == State.CANCELLED:
        return row
    if row.state != State.BOOKED:
        raise Refusal(f"Lịch hẹn này {row.get_state_display().lower()}, không hủy được nữa.")
    row.state, row.ended_at = State.CANCELLED, at
    row.save(update_fields=["state", "ended_at"])
    slot.taken -= 1
    slot.save(update_fields=["taken"])
    record(row.subject, "appointment.cancelled", actor=actor, at=at)
    return row


@transaction.atomic
def arrive(appointment: Appointment, *, unit_pk: int, actor: Actor | None = None, at: dt.datetime) -> Ticket:
    """The person is here: they get a number, before the others when they come in time.

    In time is from half an hour before the slot to a quarter of an hour after it; else, on the same day, the number is
    an ordinary one. Asked again, the same number. Refuses another day or hall.
    """
    slot = Slot.objects.select_for_update(of=("self",)).select_related("group", "unit").get(pk=appointment.slot_id)
    row = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if row.state == State.ARRIVED:
        return Ticket.objects.select_related("group").get(appointment=row)
    if slot.unit_id != unit_pk:
        raise Refusal(f"Lịch hẹn này ở {slot.unit.name}. Hãy đến đúng nơi đã hẹn.", field="code")
    if row.state != State.BOOKED or local_date(slot.starts_at) != local_date(at):
        said = row.get_state_display().lower() if row.state != State.BOOKED else f"vào {_when(slot)}"
        raise Refusal(f"Lịch hẹn này {said}. Hãy lấy số thường hoặc đặt lịch khác.", field="code")
    in_time = slot.starts_at - EARLY <= at <= slot.ends_at + LATE
    row.state, row.ended_at = State.ARRIVED, at
    row.save(update_fields=["state", "ended_at"])
    record(row.subject, "appointment.arrived", actor=actor, at=at, particulars={"in_time": in_time})
    priority = BOOKED if in_time else ORDINARY
    key = f"appointment:{row.pk}"
    return take_ticket(slot.group, key=key, priority=priority, appointment=row, actor=actor, at=at)


def _count(starts: dt.time, ends: dt.time, minutes: int) -> int:
    length = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    return max(0, length // minutes)


def _require_modest(slot: Slot, phone: str, at: dt.datetime) -> None:
    """Refuse a number that books this slot twice, or everything."""
    mine = Appointment.objects.filter(phone=phone, state=State.BOOKED, slot__unit_id=slot.unit_id, slot__ends_at__gt=at)
    held = list(mine.values_list("slot_id", flat=True))
    if slot.pk in held:
        raise Refusal("Số điện thoại này đã đặt khung giờ này. Hãy xem lịch hẹn bằng mã đã nhận.", field="phone")
    if len(held) >= MOST_OPEN:
        raise Refusal(f"Số điện thoại này đang giữ {MOST_OPEN} lịch hẹn. Hãy hủy bớt rồi đặt lại.", field="phone")


def _when(slot: Slot) -> str:
    return f"{local(slot.starts_at):%H:%M} {weekday(slot.starts_at)}"
