"""Taking a sheet of units and people: tried row by row by the very operations, then kept whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, Unit
from lienthong.organisation.operations.people import add_officer, amend_officer
from lienthong.organisation.operations.posts import appoint
from lienthong.organisation.operations.units import found_unit, give_code, move_unit, rename_unit
from lienthong.organisation.policies import require_administrator
from lienthong.organisation.queries import unit_by_code
from lienthong.organisation.roles import roles
from lienthong.organisation.sheets import COLUMNS, PEOPLE, UNITS, Row

YES = frozenset({"x", "co", "1", "true", "yes"})
DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row: ``new``, ``changed``, ``same`` or ``wrong``, in words, and the cell that is wrong."""

    row: Row
    state: str
    words: str
    heading: str = ""


@dataclass(slots=True)
class Report:
    """What became of every row, and whether it was kept."""

    lines: list[Line] = field(default_factory=list)
    kept: bool = False

    def count(self, state: str) -> int:
        """Count the rows of a state."""
        return sum(line.state == state for line in self.lines)

    @property
    def is_clean(self) -> bool:
        """Whether no row is wrong."""
        return not self.count("wrong")


def import_organisation(
    rows: Sequence[Row],
    *,
    keep: bool,
    actor: Actor | None,
    at: dt.datetime,
    progress: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Enter units and people from rows; without ``keep``, or with one wrong row, nothing is kept (a dry run).

    Known units (by local code) are renamed and moved where the sheet says otherwise; known people (by staff code, else
    by name in the same unit) are given what they lack. Entering the same sheet twice changes nothing. ``progress`` is
    told the number of rows done after each.
    """
    require_administrator(actor)
    report = Report()
    with transaction.atomic():
        first = _first_by_code(rows)
        lines: dict[int, Line] = {}
        for done, row in enumerate(_in_order(rows, first), start=1):
            lines[id(row)] = _line(row, first, actor, at)
            progress(done)
        report.lines = [lines[id(row)] for row in sorted(rows, key=lambda row: row.sheet == PEOPLE)]
        report.kept = keep and report.is_clean
        if not report.kept:
            transaction.set_rollback(True)
    return report


def _first_by_code(rows: Sequence[Row]) -> dict[str, Row]:
    """Return the first row of each unit's code: another row with the same code contradicts it."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.sheet == UNITS and row.cells.get("code"):
            first.setdefault(row.cells["code"], row)
    return first


def _in_order(rows: Sequence[Row], first: Mapping[str, Row]) -> list[Row]:
    """Return the rows so that a unit comes after the one above it, wherever they stand in the sheet; people last."""
    units = [row for row in rows if row.sheet == UNITS]
    depths = {id(row): len(_line_upwards(row, first)) for row in units}
    return [*sorted(units, key=lambda row: depths[id(row)]), *(row for row in rows if row.sheet == PEOPLE)]


def _line_upwards(row: Row, first: Mapping[str, Row]) -> list[str]:
    """Return the codes above a row within the sheet; one that comes round again closes the line."""
    line: list[str] = []
    above = row.cells.get("parent", "")
    while above in first and above not in line:
        line.append(above)
        above = first[above].cells.get("parent", "")
    return line


def _require_place(row: Row, first: Mapping[str, Row]) -> None:
    code = row.cells["code"]
    if first[code] is not row:
        raise Refusal(f"Mã {code} đã dùng ở dòng {first[code].number}. Mỗi đơn vị một mã: hãy sửa mã.", field="code")
    if code in (line := _line_upwards(row, first)):
        way = " → ".join([code, *line[: line.index(code) + 1]])
        raise Refusal(f"Cấp trên vòng lại chính đơn vị này: {way}. Hãy sửa mã cấp trên.", field="parent")


def _line(row: Row, first: Mapping[str, Row], actor: Actor | None, at: dt.datetime) -> Line:
    try:
        with transaction.atomic():
            _require_cells(row)
            if row.sheet == UNITS:
                _require_place(row, first)
            state, words = _unit(row, actor, at) if row.sheet == UNITS else _person(row, actor, at)
            return Line(row, state, words)
    except _UnitMissing as missing:
        above = first.get(missing.code)
        words = (
            f"Đơn vị mã “{missing.code}” ở dòng {above.number} còn sai: hãy sửa dòng đó." if above else missing.message
        )
        return Line(row, "wrong", words, _heading(row.sheet, missing.field))
    except Refusal as refusal:
        return Line(row, "wrong", refusal.message, _heading(row.sheet, refusal.field))


def _unit(row: Row, actor: Actor | None, at: dt.datetime) -> tuple[str, str]:
    cells = row.cells
    on = _day(cells)
    parent = _unit_of(cells.get("parent", ""), max(on, local_date(at)), field="parent") if cells.get("parent") else None
    unit = unit_by_code("local", cells["code"], max(on, local_date(at)))
    if unit is not None:
        return _known_unit(unit, row, parent, actor, at)
    unit = found_unit(
        kind=_choice(cells["kind"], dict(Unit.Kind.choices), field="kind", what="loại đơn vị"),
        name=cells["name"],
        short_name=cells.get("short_name", ""),
        parent=parent,
        is_agency=_yes(cells.get("is_agency", "")),
        symbol=cells.get("symbol", ""),
        order=_whole(cells.get("order", "")),
        valid_from=on,
        actor=actor,
        at=at,
    )
    for kind, key in (("local", "code"), ("edoc", "edoc")):
        if cells.get(key):
            _give(unit, kind, key, cells[key], on, actor, at)
    return "new", f"Thêm {unit.name}" + (f", trực thuộc {parent.name}" if parent else "")


def _known_unit(unit: Unit, row: Row, parent: Unit | None, actor: Actor | None, at: dt.datetime) -> tuple[str, str]:
    cells, today = row.cells, local_date(at)
    changes = []
    if cells["name"] != unit.name:
        changes.append(f"đổi tên {unit.name} thành {cells['name']} từ {today:%d/%m/%Y}")
        rename_unit(unit, name=cells["name"], short_name=cells.get("short_name", ""), on=today, actor=actor, at=at)
    if parent is not None and parent.pk != unit.parent_id:
        changes.append(f"chuyển về {parent.name} từ {today:%d/%m/%Y}")
        move_unit(unit, parent=parent, on=today, actor=actor, at=at)
    if cells.get("edoc") and not unit.codes.filter(kind="edoc", code=cells["edoc"]).exists():
        changes.append(f"gắn mã định danh {cells['edoc']}")
        _give(unit, "edoc", "edoc", cells["edoc"], today, actor, at)
    if changes:
        text = "; ".join(changes)
        return "changed", text[:1].upper() + text[1:]
    return "same", f"Đã có {unit.name}, giữ nguyên"


def _person(row: Row, actor: Actor | None, at: dt.datetime) -> tuple[str, str]:
    cells = row.cells
    on = _day(cells)
    unit = _unit_of(cells["unit"], max(on, local_date(at)), field="unit")
    role = _choice(cells["role"], {code: role.name for code, role in roles().items()}, field="role", what="vai trò")
    officer = _known_officer(cells, unit)
    told = {name: cells.get(name, "") for name in ("full_name", "email", "phone", "staff_code")}
    said = []
    if officer is None:
        officer = add_officer(user=None, **told, actor=actor, at=at)
        said.append(f"thêm {officer}")
    else:
        kept = {name: value or getattr(officer, name) for name, value in told.items()}
        if any(kept[name] != getattr(officer, name) for name in kept):
            officer = amend_officer(officer, **kept, actor=actor, at=at)
            said.append(f"sửa thông tin {officer}")
    if not Post.objects.filter(officer=officer, unit=unit, title=cells["title"], valid_to=None).exists():
        appoint(
            officer,
            unit=unit,
            title=cells["title"],
            role=role,
            valid_from=on,
            is_primary=False if _yes(cells.get("concurrent", "")) else None,
            order=_whole(cells.get("order", "")) or 100,
            actor=actor,
            at=at,
        )
        said.append(f"{cells['title']} tại {unit.name}")
    if not said:
        return "same", f"Đã có {officer}, giữ nguyên"
    text = ", ".join(said)
    return ("new" if text.startswith("thêm") else "changed"), text[:1].upper() + text[1:]


def _known_officer(cells: dict[str, str], unit: Unit) -> Officer | None:
    if cells.get("staff_code"):
        return Officer.objects.filter(staff_code=cells["staff_code"]).first()
    named = Officer.objects.filter(full_name=cells["full_name"], posts__unit=unit, posts__valid_to=None)
    return named.distinct().first()


def _give(unit: Unit, kind: str, key: str, code: str, on: dt.date, actor: Actor | None, at: dt.datetime) -> None:
    try:
        give_code(unit, kind=kind, code=code, valid_from=on, actor=actor, at=at)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=key) from None


def _unit_of(code: str, on: dt.date, *, field: str) -> Unit:
    unit = unit_by_code("local", code, on)
    if unit is None:
        raise _UnitMissing(code, field)
    return unit


class _UnitMissing(Refusal):
    """No unit bears a code; perhaps its row in this very sheet is wrong."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"Chưa có đơn vị mã “{code}”. Hãy thêm đơn vị đó vào trang Đơn vị, hoặc sửa mã.", field=field)
        self.code = code


def _require_cells(row: Row) -> None:
    for column in COLUMNS[row.sheet]:
        if column.needed and not row.cells.get(column.key):
            raise Refusal(f"Thiếu {column.heading.lower()}. Hãy điền ô này.", field=column.key)


def _choice(text: str, names: dict[str, str], *, field: str, what: str) -> str:
    """Return the code of a choice written as its code or its name, marks and case aside."""
    by_word = {fold(name): code for code, name in names.items()} | {code: code for code in names}
    if (code := by_word.get(fold(text))) is None:
        raise Refusal(f"Không có {what} “{text}”. Hãy chọn một trong: {'; '.join(names.values())}.", field=field)
    return code


def _day(cells: dict[str, str]) -> dt.date:
    for form in DAY_FORMS:
        try:
            return dt.datetime.strptime(cells["valid_from"], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Refusal(f"“{cells['valid_from']}” không phải ngày có thật. Hãy ghi dạng 22/01/2014.", field="valid_from")


def _whole(text: str) -> int:
    if text and not (text.isdigit() and len(text) <= 4):
        raise Refusal(f"Thứ tự “{text}” không phải số từ 0 đến 9999. Hãy sửa ô này.", field="order")
    return int(text) if text else 0


def _yes(text: str) -> bool:
    return fold(text) in YES


def _heading(sheet: str, key: str | None) -> str:
    return next((column.heading for column in COLUMNS[sheet] if column.key == key), "")
