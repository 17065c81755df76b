"""Arranging a hall: groups, counters, machines; sitting down."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Collection

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.rules import required
from lienthong.queueing import wording
from lienthong.queueing.models import Device, ServiceGroup, ServicePoint, Ticket
from lienthong.queueing.policies import require_arranger, require_server

LETTER = re.compile(r"[A-ZĐ]")


@transaction.atomic
def add_group(
    unit: Unit, *, letter: str, name: str, note: str = "", minutes: int = 10, actor: Actor | None, at: dt.datetime
) -> ServiceGroup:
    """Add a group for which people take numbers. Refuses a letter that is used, or none."""
    require_arranger(actor, unit)
    _lock(unit)
    group = ServiceGroup(unit=unit, order=ServiceGroup.objects.filter(unit=unit).count() + 1)
    _fill_group(group, letter, name, note, minutes)
    group.save(force_insert=True)
    told = {"prefix": group.prefix, "name": group.name}
    record(group.subject, "service_group.added", actor=actor, at=at, particulars=told, is_new=True)
    return group


@transaction.atomic
def amend_group(
    group: ServiceGroup,
    *,
    letter: str,
    name: str,
    note: str,
    minutes: int,
    is_open: bool,
    actor: Actor | None,
    at: dt.datetime,
) -> ServiceGroup:
    """Change a group. Numbers that were given keep their letter."""
    require_arranger(actor, group.unit)
    _lock(group.unit)
    row = ServiceGroup.objects.select_for_update().get(pk=group.pk)
    _fill_group(row, letter, name, note, minutes)
    row.is_open = is_open
    row.save(update_fields=["prefix", "name", "note", "minutes", "is_open"])
    told = {"prefix": row.prefix, "name": row.name, "is_open": is_open}
    record(row.subject, "service_group.amended", actor=actor, at=at, particulars=told)
    return row


@transaction.atomic
def add_point(
    unit: Unit, *, number: int, name: str = "", groups: Collection[int] = (), actor: Actor | None, at: dt.datetime
) -> ServicePoint:
    """Add a counter. Refuses a number that is used in the hall."""
    require_arranger(actor, unit)
    _lock(unit)
    point = ServicePoint(unit=unit)
    _fill_point(point, number, name)
    point.save(force_insert=True)
    point.groups.set(ServiceGroup.objects.filter(unit=unit, pk__in=groups))
    told = {"number": number, "name": point.name}
    record(point.subject, "service_point.added", actor=actor, at=at, particulars=told, is_new=True)
    return point


@transaction.atomic
def amend_point(
    point: ServicePoint,
    *,
    number: int,
    name: str,
    groups: Collection[int],
    is_open: bool,
    actor: Actor | None,
    at: dt.datetime,
) -> ServicePoint:
    """Change a counter. Refuses to close one at which somebody is being served."""
    require_arranger(actor, point.unit)
    _lock(point.unit)
    row = ServicePoint.objects.select_for_update().get(pk=point.pk)
    if not is_open and _busy(row):
        raise Refusal("Quầy này đang có người. Hãy phục vụ xong rồi mới đóng quầy.", field="is_open")
    _fill_point(row, number, name)
    row.is_open, row.post_id = is_open, row.post_id if is_open else None
    row.save(update_fields=["number", "name", "is_open", "post"])
    row.groups.set(ServiceGroup.objects.filter(unit=row.unit_id, pk__in=groups))
    told = {"number": number, "name": row.name, "is_open": is_open}
    record(row.subject, "service_point.amended", actor=actor, at=at, particulars=told)
    return row


@transaction.atomic
def sit(point: ServicePoint, *, actor: Actor, at: dt.datetime) -> ServicePoint:
    """Sit down at a counter, leaving one's own. Refuses one that is shut, or at which a colleague is serving."""
    require_server(actor, point.unit_id)
    mine = list(ServicePoint.objects.select_for_update().filter(unit_id=point.unit_id).order_by("pk"))
    row = next(one for one in mine if one.pk == point.pk)
    if row.post_id == actor.post.pk:
        return row
    if not row.is_open:
        raise Refusal("Quầy này đang đóng. Hãy chọn quầy khác.")
    if row.post_id is not None and _busy(row):
        raise Refusal("Đồng nghiệp đang phục vụ ở quầy này. Hãy chọn quầy khác.")
    for former in mine:
        if former.post_id == actor.post.pk:
            _stand_up(former)
    row.post = actor.post
    row.save(update_fields=["post"])
    record(row.subject, "service_point.taken", actor=actor, at=at, particulars={"number": row.number})
    return row


@transaction.atomic
def stand_up(point: ServicePoint, *, actor: Actor, at: dt.datetime) -> None:
    """Leave one's counter. Refuses while somebody is there."""
    require_server(actor, point.unit_id)
    row = ServicePoint.objects.select_for_update().get(pk=point.pk)
    if row.post_id != actor.post.pk:
        return
    _stand_up(row)
    record(row.subject, "service_point.left", actor=actor, at=at, particulars={"number": row.number})


@transaction.atomic
def add_device(unit: Unit, *, kind: str, name: str, actor: Actor | None, at: dt.datetime) -> Device:
    """Add a kiosk or a screen: its secret address is made."""
    require_arranger(actor, unit)
    if kind not in Device.Kind.values:
        raise Refusal("Hãy chọn máy lấy số hoặc màn hình gọi số.", field="kind")
    title = required(name, what="tên thiết bị", field="name", longest=60)
    device = Device(unit=unit, kind=kind, name=title, token=uuid.uuid4(), added_at=at)
    device.save(force_insert=True)
    told = {"kind": device.get_kind_display(), "name": title}
    record(device.subject, "hall_device.added", actor=actor, at=at, particulars=told, is_new=True)
    return device


@transaction.atomic
def revoke_device(device: Device, *, actor: Actor | None, at: dt.datetime) -> None:
    """Shut a machine's address off for ever."""
    require_arranger(actor, device.unit)
    row = Device.objects.select_for_update().get(pk=device.pk)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        record(row.subject, "hall_device.revoked", actor=actor, at=at, particulars={"name": row.name})


def _lock(unit: Unit) -> None:
    """Lock the hall's arrangement: letters and numbers are looked for under it."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)


def _busy(point: ServicePoint) -> bool:
    return Ticket.objects.filter(point=point, state__in=Ticket.AT_COUNTER).exists()


def _stand_up(point: ServicePoint) -> None:
    if _busy(point):
        raise Refusal(f"{point} đang có người. Hãy phục vụ xong rồi mới rời quầy.")
    point.post = None
    point.save(update_fields=["post"])


def _fill_group(group: ServiceGroup, letter: str, name: str, note: str, minutes: int) -> None:
    letter = letter.strip().upper()
    if not LETTER.fullmatch(letter):
        raise Refusal("Chữ cái đứng trước số là một chữ từ A đến Z.", field="letter")
    if ServiceGroup.objects.filter(unit_id=group.unit_id, prefix=letter).exclude(pk=group.pk).exists():
        raise Refusal(f"Chữ {letter} đã dùng cho nhóm khác. Hãy chọn chữ khác.", field="letter")
    if not 1 <= minutes <= 480:
        raise Refusal("Số phút cho một người từ 1 đến 480.", field="minutes")
    group.prefix, group.minutes = letter, minutes
    group.name = required(name, what="tên nhóm", field="name", longest=100)
    group.note = wording.words(note, what="ghi chú", field="note", longest=200)


def _fill_point(point: ServicePoint, number: int, name: str) -> None:
    if not 1 <= number <= 99:
        raise Refusal("Số quầy từ 1 đến 99.", field="number")
    if ServicePoint.objects.filter(unit_id=point.unit_id, number=number).exclude(pk=point.pk).exists():
        raise Refusal(f"Đã có quầy {number}. Hãy chọn số khác.", field="number")
    point.number = number
    point.name = wording.words(name, what="tên quầy", field="name", longest=60)
