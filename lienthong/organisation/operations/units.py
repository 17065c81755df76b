"""Founding, naming, placing, coding and closing units."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.models import F, Q

from lienthong.kernel.periods import holds, in_force
from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, SigningAuthority, Unit, UnitCode, UnitName, UnitPlacement
from lienthong.organisation.policies import require_administrator
from lienthong.organisation.queries.holdings import is_taken_over, left_in_unit
from lienthong.organisation.rules import day, ordered, required, short_enough


@transaction.atomic
def found_unit(
    *,
    kind: str,
    name: str,
    short_name: str = "",
    parent: Unit | None = None,
    is_agency: bool = False,
    symbol: str = "",
    is_external: bool = False,
    order: int = 0,
    valid_from: dt.date,
    source: str = "",
    actor: Actor | None,
    at: dt.datetime,
) -> Unit:
    """Enter a unit under its parent; refuses a second one of the same name there, and a parent that is not in force."""
    require_administrator(actor)
    name = required(name, what="tên đơn vị", field="name", longest=200)
    short_name = short_enough(short_name, what="tên ngắn", field="short_name", longest=60) or name[:60]
    symbol = short_enough(symbol, what="ký hiệu", field="symbol", longest=20)
    source = short_enough(source, what="văn bản căn cứ", field="source", longest=200)
    if kind not in Unit.Kind.values:
        raise Refusal(f"Không có loại đơn vị “{kind}”. Hãy chọn trong danh sách.", field="kind")
    _lock_tree()
    if parent is not None:
        _require_in_force(parent, valid_from, field="parent")
    if Unit.objects.filter(in_force(valid_from), parent=parent, name=name).exists():
        raise Refusal(f"Ở cấp này đã có đơn vị tên “{name}”. Hãy dùng đơn vị đó hoặc đặt tên khác.", field="name")
    unit = Unit.objects.create(
        kind=kind,
        name=name,
        short_name=short_name,
        parent=parent,
        agency=parent.agency if parent is not None and not is_agency else None,
        is_agency=is_agency,
        symbol=symbol,
        is_external=is_external,
        order=order,
        valid_from=valid_from,
    )
    if is_agency:
        unit.agency = unit
        unit.save(update_fields=["agency"])
    UnitName.objects.create(unit=unit, name=name, short_name=short_name, valid_from=valid_from, source=source)
    if parent is not None:
        UnitPlacement.objects.create(unit=unit, parent=parent, valid_from=valid_from)
    told = {"name": name, "parent": parent.name if parent else None, "from": valid_from.isoformat(), "source": source}
    record(_subject(unit), "unit.founded", actor=actor, at=at, particulars=told, is_new=True)
    return unit


@transaction.atomic
def rename_unit(
    unit: Unit, *, name: str, short_name: str = "", on: dt.date, source: str = "", actor: Actor | None, at: dt.datetime
) -> Unit:
    """Give a unit a new name from a day; the old one stays for the past. The same name again changes nothing."""
    require_administrator(actor)
    name = required(name, what="tên mới", field="name", longest=200)
    short_name = short_enough(short_name, what="tên ngắn", field="short_name", longest=60) or name[:60]
    source = short_enough(source, what="văn bản căn cứ", field="source", longest=200)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if (unit.name, unit.short_name) == (name, short_name):
        return unit
    _require_in_force(unit, on, field="on")
    newest = unit.names.order_by("-valid_from")[:1].get()
    if on < newest.valid_from:
        raise Refusal(
            f"Tên hiện nay có từ {day(newest.valid_from)}. Hãy chọn ngày đổi tên từ ngày đó trở đi.", field="on"
        )
    former = unit.name
    if on == newest.valid_from:
        newest.name, newest.short_name, newest.source = name, short_name, source
        newest.save(update_fields=["name", "short_name", "source"])
    else:
        newest.valid_to = on
        newest.save(update_fields=["valid_to"])
        UnitName.objects.create(unit=unit, name=name, short_name=short_name, valid_from=on, source=source)
    unit.name, unit.short_name = name, short_name
    unit.save(update_fields=["name", "short_name"])
    told = {"former": former, "name": name, "on": on.isoformat(), "source": source}
    record(_subject(unit), "unit.renamed", actor=actor, at=at, particulars=told)
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit, on: dt.date, actor: Actor | None, at: dt.datetime) -> Unit:
    """Place a unit under another parent from a day; refuses its own parts. The same parent changes nothing."""
    require_administrator(actor)
    _lock_tree()
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    parent = Unit.objects.get(pk=parent.pk)
    if unit.parent_id == parent.pk:
        return unit
    _require_in_force(unit, on, field="on")
    _require_in_force(parent, on, field="parent")
    if unit.pk in _line_upwards(parent):
        raise Refusal(
            f"{parent} nằm trong {unit} nên không thể là cấp trên của {unit}. Hãy chọn đơn vị khác.", field="parent"
        )
    newest = unit.placements.order_by("-valid_from").first()
    if newest is not None and on < newest.valid_from:
        raise Refusal(
            f"Vị trí hiện nay có từ {day(newest.valid_from)}. Hãy chọn ngày chuyển từ ngày đó trở đi.", field="on"
        )
    former = unit.parent.name if unit.parent is not None else None
    if newest is not None and on == newest.valid_from:
        newest.parent = parent
        newest.save(update_fields=["parent"])
    else:
        if newest is not None:
            newest.valid_to = on
            newest.save(update_fields=["valid_to"])
        UnitPlacement.objects.create(unit=unit, parent=parent, valid_from=on)
    unit.parent = parent
    if not unit.is_agency:
        unit.agency = parent.agency
        _carry_agency_down(unit)
    unit.save(update_fields=["parent", "agency"])
    told = {"former": former, "parent": parent.name, "on": on.isoformat()}
    record(_subject(unit), "unit.moved", actor=actor, at=at, particulars=told)
    return unit


@transaction.atomic
def give_code(
    unit: Unit, *, kind: str, code: str, valid_from: dt.date, actor: Actor | None, at: dt.datetime
) -> UnitCode:
    """Give a unit a code from a day, ending its former one of that kind; refuses one that another unit bears."""
    require_administrator(actor)
    if kind not in UnitCode.Kind.values:
        raise Refusal(f"Không có loại mã “{kind}”. Hãy chọn trong danh sách.", field="kind")
    code = required(code, what="mã", field="code", longest=40)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    same = unit.codes.filter(in_force(valid_from), kind=kind, code=code).first()
    if same is not None:
        return same
    _require_in_force(unit, valid_from, field="valid_from")
    taken = UnitCode.objects.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from), kind=kind, code=code).first()
    if taken is not None:
        raise Refusal(
            f"Mã {code} đang là mã của {taken.unit} (từ {day(taken.valid_from)}). Hãy nhập mã khác.", field="code"
        )
    if unit.codes.filter(kind=kind, valid_from__gte=valid_from).exists():
        raise Refusal("Đơn vị đã có mã loại này từ ngày đó hoặc sau đó. Hãy chọn ngày muộn hơn.", field="valid_from")
    unit.codes.filter(in_force(valid_from), kind=kind).update(valid_to=valid_from)
    given = UnitCode.objects.create(unit=unit, kind=kind, code=code, valid_from=valid_from)
    told = {"kind": kind, "code": code, "from": valid_from.isoformat()}
    record(_subject(unit), "unit.coded", actor=actor, at=at, particulars=told)
    return given


@transaction.atomic
def close_unit(unit: Unit, *, on: dt.date, source: str = "", actor: Actor | None, at: dt.datetime) -> Unit:
    """End a unit on a day. Closing it again changes nothing.

    Refuses while parts or posts go on beyond it. An agency, or a unit at the top, is refused too while open work or
    books stand in its name and nobody is named who takes over; the work of a part falls to the unit above it.
    """
    require_administrator(actor)
    source = short_enough(source, what="văn bản căn cứ", field="source", longest=200)
    _lock_tree()
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.valid_to == on:
        return unit
    if unit.valid_to is not None:
        raise Refusal(f"{unit} đã thôi hoạt động từ {day(unit.valid_to)}.", field="on")
    ordered(unit.valid_from, on)
    goes_on = Q(valid_to=None) | Q(valid_to__gt=on)
    parts = unit.children.filter(goes_on).count()
    if parts:
        raise Refusal(
            f"Còn {parts} đơn vị trực thuộc sau ngày {day(on)}. Hãy chuyển hoặc đóng các đơn vị đó trước.", field="on"
        )
    posts = Post.objects.filter(goes_on, unit=unit).count()
    if posts:
        raise Refusal(f"Còn {posts} chức vụ sau ngày {day(on)}. Hãy cho thôi các chức vụ đó trước.", field="on")
    _refuse_to_leave(unit, on)
    if unit.names.filter(valid_from__gte=on).exists() or unit.placements.filter(valid_from__gte=on).exists():
        raise Refusal(f"Đơn vị có tên hoặc vị trí mới từ {day(on)} trở đi. Hãy chọn ngày muộn hơn.", field="on")
    for rows in (unit.names, unit.placements, unit.codes):
        rows.filter(goes_on, valid_from__lt=on).update(valid_to=on)
    SigningAuthority.objects.filter(goes_on, unit=unit, valid_from__lt=on).update(valid_to=on)
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    record(_subject(unit), "unit.closed", actor=actor, at=at, particulars={"on": on.isoformat(), "source": source})
    return unit


def _refuse_to_leave(unit: Unit, on: dt.date) -> None:
    if is_taken_over([unit.pk], on) or (unit.parent_id is not None and not unit.is_agency):
        return
    left = left_in_unit(unit)
    if left:
        raise Refusal(
            f"{unit} còn {'; '.join(map(str, left))}. Hãy ghi đơn vị kế thừa từ ngày {day(on)} trở về trước "
            "(mục Ghi đơn vị kế thừa) để đơn vị đó làm tiếp, hoặc giải quyết xong trước khi đóng.",
            field="on",
        )


def _subject(unit: Unit) -> Subject:
    return Subject("unit", unit.pk)


def _lock_tree() -> None:
    """Let one change of the tree at a time through, so that two moves cannot close a circle between them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisation.tree'))")


def _require_in_force(unit: Unit, on: dt.date, *, field: str) -> None:
    if holds(unit.valid_from, unit.valid_to, on):
        return
    until = f" đến trước {day(unit.valid_to)}" if unit.valid_to else ""
    raise Refusal(
        f"{unit} hoạt động từ {day(unit.valid_from)}{until}, không gồm ngày {day(on)}. Hãy chọn ngày khác.", field=field
    )


def _line_upwards(unit: Unit) -> list[int]:
    """Return the keys of the unit and of everything above it."""
    line: list[int] = []
    above: Unit | None = unit
    while above is not None:
        line.append(above.pk)
        above = above.parent
    return line


def _carry_agency_down(unit: Unit) -> None:
    """Give the parts of a unit that have no seal of their own the agency of the unit, level by level."""
    level = [unit.pk]
    while level:
        parts = Unit.objects.filter(parent__in=level, is_agency=False).exclude(agency_id=F("id"))
        keys = list(parts.values_list("pk", flat=True))
        Unit.objects.filter(pk__in=keys).update(agency=unit.agency)
        level = keys
