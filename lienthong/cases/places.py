"""Where cases go: from the places of a flow to the units, and perhaps the officer, of a day."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection

from lienthong.cases.models import Case
from lienthong.kernel.audience import post_audience, unit_audience
from lienthong.kernel.periods import in_force
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Post, Succession, Unit, UnitCode
from lienthong.procedures.definition import RECEIVING, Definition, Level
from lienthong.procedures.queries import handler
from lienthong.workflow.places import Agency, Part, Place

DECIDING = {
    Level.COMMUNE: Unit.Kind.COMMUNE,
    Level.DISTRICT: Unit.Kind.DISTRICT,
    Level.DEPARTMENT: Unit.Kind.DEPARTMENT,
}
"""Of which kind the agencies of a level are; the province has the one committee."""
HEIRS_OF_LEVEL = (Unit.Kind.COMMUNE, Unit.Kind.DEPARTMENT, Unit.Kind.PROVINCE_COMMITTEE)
"""Of which kinds those are that decide what was an agency's that is no more, whatever its level was."""
NOWHERE = "Chưa xác định được cơ quan giải quyết: {what}. Hãy xem lại địa chỉ, hoặc báo người quản trị."


@dataclass(frozen=True, slots=True)
class Hands:
    """Bên giữ hồ sơ: a unit, and the one post in it where it is somebody's own."""

    unit: Unit
    post: Post | None = None

    @property
    def audience(self) -> int:
        """The key of who must act."""
        return post_audience(self.post.pk) if self.post else unit_audience(self.unit.pk)

    @property
    def audiences(self) -> set[int]:
        """The keys that read for them: the unit, its agency, and the post."""
        keys = {unit_audience(self.unit.pk)}
        if self.unit.agency_id:
            keys.add(unit_audience(self.unit.agency_id))
        return keys | ({post_audience(self.post.pk)} if self.post else set())


@dataclass(frozen=True, slots=True)
class Ground:
    """Of which agencies a case speaks: who received, who decides, in whose area, for which sector, on which day."""

    receiving: Unit
    competent: Unit
    area: str
    sector: str
    on: dt.date


def area_of(definition: Definition, values: dict[str, object], applicant_commune: str) -> str:
    """Return the code of the commune by which the competent agency is found; empty where the receiving one decides."""
    name = definition.competence.area_field
    if name:
        said = values.get(name)
        return str(said.get("commune", "")) if isinstance(said, dict) else ""
    return "" if definition.competence.area == RECEIVING else applicant_commune


def competent_agency(
    definition: Definition, *, area: str, receiving: Unit, on: dt.date, commune: Unit | None = None
) -> Unit:
    """Return the agency that decides (at most two queries). Refuses where none is found, and says what to look at.

    ``commune`` is that of the area, where it was looked up already.
    """
    level = definition.competence.level
    sector = definition.competence.sector or definition.sector
    if level in (Level.PROVINCE, Level.DEPARTMENT):
        top = province(on)
        return top if level == Level.PROVINCE else living(handler(top, sector, on)[0], on)
    if definition.competence.area == RECEIVING:
        return receiving
    commune = commune or commune_of(area, on)
    if level == Level.COMMUNE:
        return commune
    if commune.parent is None or commune.parent.kind != Unit.Kind.DISTRICT:
        raise Refusal(NOWHERE.format(what=f"{commune} không thuộc huyện nào vào ngày này"))
    return commune.parent


def commune_of(code: str, on: dt.date) -> Unit:
    """Return the commune of a code on a day. Refuses a code that holds no more: who lives there now is to be asked."""
    rows = UnitCode.objects.filter(in_force(on), kind=UnitCode.Kind.GSO, code=code).select_related("unit__parent")
    row = rows.first() if code else None
    if row is None:
        raise Refusal(NOWHERE.format(what="không có xã, phường theo địa chỉ đã ghi"), field="values")
    return row.unit


def province(on: dt.date) -> Unit:
    """Return the province committee."""
    unit = Unit.objects.existing(on).filter(kind=Unit.Kind.PROVINCE_COMMITTEE).order_by("pk").first()
    if unit is None:
        raise Refusal(NOWHERE.format(what="chưa có UBND tỉnh trong sơ đồ tổ chức"))
    return unit


def has_ended(unit: Unit, on: dt.date) -> bool:
    """Tell whether a unit is no more on a day."""
    return unit.valid_to is not None and unit.valid_to <= on


def deciding(case: Case, on: dt.date) -> tuple[str, ...]:
    """Return of which kinds the agencies are that may decide a case on a day."""
    if has_ended(case.competent_agency, on):
        return HEIRS_OF_LEVEL
    kind = DECIDING.get(case.version.definition.competence.level)
    return (kind,) if kind else ()


def living(unit: Unit, on: dt.date, *, area: str = "") -> Unit:
    """Return a unit that exists on a day: itself (no query), or who took over from it, followed to the end.

    Where several did, the commune in which the area lies now, else the highest of them: a district whose communes and
    province shared its work. A part that ended without an heir goes where its agency went. Refuses where nobody did.
    """
    seen = {unit.pk}
    while has_ended(unit, on):
        heir = _heir(unit, on, area)
        if heir is None or heir.pk in seen:
            raise Refusal(NOWHERE.format(what=f"{unit} đã thôi hoạt động, chưa ghi đơn vị nào tiếp nhận công việc"))
        seen.add(heir.pk)
        unit = heir
    return unit


def _heir(unit: Unit, on: dt.date, area: str) -> Unit | None:
    rows = Succession.objects.filter(predecessor=unit, on__lte=on).select_related("successor").order_by("on", "pk")
    said = list(rows)
    heirs = [row.successor for row in said if not row.function] or [row.successor for row in said]
    if not heirs:
        return None if unit.is_agency else unit.parent
    if len(heirs) == 1:
        return heirs[0]
    here = commune_ever(area, on) if area else None
    return next((one for one in heirs if one == here), None) or min(heirs, key=_height)


_HEIGHTS = (Unit.Kind.PROVINCE_COMMITTEE, Unit.Kind.DEPARTMENT, Unit.Kind.DISTRICT)


def _height(unit: Unit) -> tuple[int, int]:
    """Return how high a unit stands, the highest first."""
    found = [place for place, kind in enumerate(_HEIGHTS) if kind == unit.kind]
    return (found[0] if found else len(_HEIGHTS), unit.pk)


def commune_ever(code: str, on: dt.date) -> Unit | None:
    """Return the commune that has on a day the ground of one that once bore a code; None where none ever did."""
    rows = UnitCode.objects.filter(kind=UnitCode.Kind.GSO, code=code, valid_from__lte=on).select_related("unit__parent")
    row = rows.order_by("-valid_from", "-pk").first()
    return living(row.unit, on) if row is not None else None


def resolve(place: Place, ground: Ground) -> Hands:
    """Return the hands of a place on a day (at most two queries, more where a unit is no more)."""
    sector = place.sector or ground.sector
    agency = living(_agency(place, ground, sector), ground.on, area=ground.area)
    if place.part == Part.DESK:
        desk = Unit.objects.existing(ground.on).filter(parent=agency, kind=Unit.Kind.ONE_STOP).order_by("pk").first()
        return Hands(desk or agency)
    if place.part == Part.DIVISION:
        return _handling(agency, sector, ground.on)
    return Hands(agency)


def _handling(agency: Unit, sector: str, on: dt.date) -> Hands:
    """Return who handles a sector; the agency itself where the part that did is no more and nobody said who does."""
    unit, post = handler(agency, sector, on)
    return Hands(living(unit, on)) if has_ended(unit, on) else Hands(unit, post)


def _agency(place: Place, ground: Ground, sector: str) -> Unit:
    if place.agency == Agency.RECEIVING:
        return ground.receiving
    if place.agency == Agency.COMPETENT:
        return ground.competent
    if place.agency == Agency.PROVINCE:
        return province(ground.on)
    if place.agency == Agency.DEPARTMENT:
        return handler(province(ground.on), sector, ground.on)[0]
    commune = commune_ever(ground.area, ground.on)
    if commune is None:
        raise Refusal(NOWHERE.format(what="không có xã, phường theo địa chỉ đã ghi"), field="values")
    if place.agency == Agency.COMMUNE or commune.parent is None:
        return commune
    above = commune.parent.kind == Unit.Kind.DISTRICT
    return commune.parent if above else ground.competent


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a new case of an agency is numbered on a day: its own key, and the agency's code.

    ``known`` is the case that was made of the same page before, if there is one.
    """

    pk: int
    prefix: str
    known: int | None = None


_NUMBERING = """
SELECT nextval(pg_get_serial_sequence('cases_case', 'id')), code.code,
       (SELECT id FROM cases_case WHERE request_key = %s)
  FROM organisation_unitcode AS code
 WHERE code.unit_id = %s AND code.kind IN ('case', 'edoc')
   AND code.valid_from <= %s AND (code.valid_to IS NULL OR code.valid_to > %s)
 ORDER BY code.kind LIMIT 1
"""  # "case" stands before "edoc"


def numbering_of(agency: Unit, on: dt.date, key: uuid.UUID) -> Numbering:
    """Return how a new case is numbered, and whether the page was handed in before (one query).

    Refuses an agency that has no code on that day.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERING, [key, agency.pk, on, on])
        row = cursor.fetchone()
    if row is None:
        raise Refusal(f"{agency} chưa có mã định danh để cấp mã hồ sơ. Báo người quản trị ghi mã cho cơ quan này.")
    return Numbering(*row)
