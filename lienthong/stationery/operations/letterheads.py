"""Setting and ending letterheads: a new head from a day, never another past."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.periods import holds
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.rules import clean, day, required, short_enough
from lienthong.stationery.heads import COLLECTIVES
from lienthong.stationery.models import Letterhead
from lienthong.stationery.policies import require_head_keeper

MOST_LINES = 4


@transaction.atomic
def set_letterhead(
    unit: Unit,
    *,
    valid_from: dt.date,
    issuer: str,
    superior: str = "",
    place: str,
    contact: str = "",
    source: str = "",
    in_person: bool = False,
    actor: Actor | None,
    at: dt.datetime,
) -> Letterhead:
    """Set the head of a unit from a day; the former one ends on that day and stays for its papers.

    Refuses a unit without a seal, a day on which the unit does not exist, and a day not after the newest head.
    """
    require_head_keeper(actor, unit)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    _require_seal(unit, in_person=in_person)
    if not holds(unit.valid_from, unit.valid_to, valid_from):
        raise Refusal(f"{unit} không hoạt động ngày {day(valid_from)}. Hãy chọn ngày khác.", field="valid_from")
    capacity = Letterhead.Capacity.PERSON if in_person else Letterhead.Capacity.UNIT
    newest = unit.letterheads.filter(capacity=capacity).order_by("-valid_from").first()
    if newest is not None and valid_from <= newest.valid_from:
        raise Refusal(
            f"Phần đầu hiện nay có từ {day(newest.valid_from)} và đã dùng cho văn bản từ ngày đó. "
            f"Hãy chọn ngày sau ngày đó.",
            field="valid_from",
        )
    if newest is not None and (newest.valid_to is None or newest.valid_to > valid_from):
        newest.valid_to = valid_from
        newest.save(update_fields=["valid_to"])
    row = Letterhead.objects.create(
        unit=unit,
        capacity=capacity,
        superior=lines(superior, what="dòng cơ quan cấp trên", field="superior"),
        issuer=_required_lines(issuer),
        place=required(place, what="địa danh", field="place", longest=60),
        contact=lines(contact, what="dòng địa chỉ", field="contact"),
        source=short_enough(source, what="văn bản căn cứ", field="source", longest=200),
        valid_from=valid_from,
    )
    told = {"issuer": str(row), "from": valid_from.isoformat(), "source": row.source, "capacity": capacity.value}
    record(row.subject, "letterhead.set", actor=actor, at=at, particulars=told)
    return row


@transaction.atomic
def end_letterhead(row: Letterhead, *, valid_to: dt.date, actor: Actor | None, at: dt.datetime) -> Letterhead:
    """End a head on a day: from then on the head follows from the tree of units. Refuses one that has ended."""
    require_head_keeper(actor, row.unit)
    Unit.objects.select_for_update().get(pk=row.unit_id)
    row = Letterhead.objects.select_related("unit").get(pk=row.pk)
    if row.valid_to is not None:
        raise Refusal(f"Phần đầu này đã thôi dùng từ {day(row.valid_to)}.", field="valid_to")
    if valid_to <= row.valid_from:
        raise Refusal(f"Ngày thôi dùng phải sau ngày bắt đầu {day(row.valid_from)}.", field="valid_to")
    row.valid_to = valid_to
    row.save(update_fields=["valid_to"])
    told = {"issuer": str(row), "on": valid_to.isoformat()}
    record(row.subject, "letterhead.ended", actor=actor, at=at, particulars=told)
    return row


def lines(text: str, *, what: str, field: str) -> str:
    """Return typed lines cleaned, without empty ones. Refuses more lines, or longer ones, than a head has."""
    kept = [cleaned for typed in text.splitlines() if (cleaned := clean(typed))]
    if len(kept) > MOST_LINES or any(len(line) > 80 for line in kept):
        raise Refusal(f"Phần {what} nhiều nhất {MOST_LINES} dòng, mỗi dòng 80 ký tự. Hãy viết gọn lại.", field=field)
    return "\n".join(kept)


def _required_lines(text: str) -> str:
    found = lines(text, what="dòng cơ quan ban hành", field="issuer")
    if not found:
        raise Refusal("Hãy nhập tên cơ quan ban hành.", field="issuer")
    return found


def _require_seal(unit: Unit, *, in_person: bool) -> None:
    if not unit.is_agency:
        raise Refusal(
            f"{unit} không có con dấu riêng nên văn bản mang phần đầu của {unit.agency or 'đơn vị cấp trên'}. "
            "Hãy đặt phần đầu cho đơn vị đó."
        )
    if in_person and unit.kind not in COLLECTIVES:
        raise Refusal("Chỉ Ủy ban nhân dân mới có văn bản theo thẩm quyền cá nhân của Chủ tịch.", field="in_person")
