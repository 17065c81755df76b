"""Where cases go: from the places of a flow to the units, and perhaps the officer, of a day."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection

from lienthong.kernel.audience import post_audience, unit_audience
from lienthong.kernel.periods import in_force
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Post, Unit, UnitCode
from lienthong.procedures.definition import RECEIVING, Definition, Level
from lienthong.procedures.queries import handler
from lienthong.workflow.places import Agency, Part, Place

DECIDING = {
    Level.COMMUNE: Unit.Kind.COMMUNE,
    Level.DISTRICT: Unit.Kind.DISTRICT,
    Level.DEPARTMENT: Unit.Kind.DEPARTMENT,
}
"""Of which kind the agencies of a level are; the province has the one committee."""
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
        return top if level == Level.PROVINCE else handler(top, sector, on)[0]
    if definition.competence.area == RECEIVING:
        return receiving
    commune = commune or commune_of(area, on)
    if level == Level.COMMUNE:
        return commune
    if commune.parent is None or commune.parent.kind != Unit.Kind.DISTRICT:
        raise Refusal(NOWHERE.format(what=f"{commune} không thuộc huyện nào vào ngày này"))
    return commune.parent


def commune_of(code: str, on: dt.date) -> Unit:
    """Return the commune of a code on a day."""
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


def resolve(place: Place, ground: Ground) -> Hands:
    """Return the hands of a place on a day (at most two queries)."""
    sector = place.sector or ground.sector
    agency = _agency(place, ground, sector)
    if place.part == Part.DESK:
        desk = Unit.objects.existing(ground.on).filter(parent=agency, kind=Unit.Kind.ONE_STOP).order_by("pk").first()
        return Hands(desk or agency)
    if place.part == Part.DIVISION:
        return Hands(*handler(agency, sector, ground.on))
    return Hands(agency)


def _agency(place: Place, ground: Ground, sector: str) -> Unit:
    if place.agency == Agency.RECEIVING:
        return ground.receiving
    if place.agency == Agency.COMPETENT:
        return ground.competent
    if place.agency == Agency.PROVINCE:
        return province(ground.on)
    if place.agency == Agency.DEPARTMENT:
        return handler(province(ground.on), sector, ground.on)[0]
    commune = commune_of(ground.area, ground.on)
    return commune if place.agency == Agency.COMMUNE or commune.parent is None else commune.parent


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
