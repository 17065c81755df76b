"""Which desks take in a case that comes from home, by the rule of the day: first that of the agency which decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lienthong.cases import places
from lienthong.cases.queries.desks import desks_for, open_desks
from lienthong.cases.reception import DeskRule, Desks, desk_rule_on
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Unit
from lienthong.procedures.definition import RECEIVING, Definition, Level

CHANNEL = "online"
NO_DESK = "{agency} chưa có Bộ phận Một cửa nhận hồ sơ trực tuyến vào ngày này. Hãy nộp trực tiếp tại cơ quan."
NO_DESKS = (
    "Chưa có Bộ phận Một cửa nào nhận trực tuyến thủ tục này vào hôm nay. Hãy nộp trực tiếp tại cơ quan giải quyết."
)
ENDED = "{agency} không còn hoạt động vào ngày này. Hãy xem lại địa chỉ, hoặc hỏi Bộ phận Một cửa gần nhất."


@dataclass(frozen=True, slots=True)
class Choice:
    """Nơi nhận hồ sơ trực tuyến: the desks among which the citizen may choose, who decides, and after which rule."""

    desks: tuple[Unit, ...]
    agency: Unit
    rule: DeskRule

    def chosen(self, pk: int | None) -> Unit:
        """Return the desk of a key where it is among them, else the first."""
        return next((one for one in self.desks if one.pk == pk), self.desks[0])


def choice_for(definition: Definition, values: Mapping[str, Any], commune: str, on: dt.date) -> Choice:
    """Return the desks for what was said (NĐ 118/2025 from 1 July 2025: any of the province).

    Refuses where no agency is found, where it ended, where no desk may take it in.
    """
    agency = _agency(definition, values, commune, on)
    if not Unit.objects.existing(on).filter(pk=agency.pk).exists():
        raise Refusal(ENDED.format(agency=agency.name))
    found = desks_for(definition, agency, channel=CHANNEL, on=on)
    if not found:
        raise Refusal(NO_DESK.format(agency=agency.name))
    return Choice(tuple(found), agency, desk_rule_on(on, CHANNEL))


def require_some_desk(definition: Definition, on: dt.date) -> None:
    """Refuse a procedure that no desk at all could take in today, before anybody fills anything in."""
    if not has_desk(definition, on):
        raise Refusal(NO_DESKS)


def has_desk(definition: Definition, on: dt.date) -> bool:
    """Tell whether some desk could take a procedure in today, whatever will be said in it."""
    level, rule = definition.competence.level, desk_rule_on(on, CHANNEL)
    if level in (Level.PROVINCE, Level.DEPARTMENT):
        try:
            agency = places.competent_agency(definition, area="", receiving=places.province(on), on=on)
        except Refusal:
            return False
        return bool(desks_for(definition, agency, channel=CHANNEL, on=on))
    rows = open_desks(on)
    if rule.desks != Desks.PROVINCE or definition.competence.area == RECEIVING:
        rows = rows.filter(parent__kind=places.DECIDING[level])
    return rows.exists()


def _agency(definition: Definition, values: Mapping[str, Any], commune: str, on: dt.date) -> Unit:
    level = definition.competence.level
    if definition.competence.area == RECEIVING and level in (Level.COMMUNE, Level.DISTRICT):
        home = places.commune_of(commune, on)
        return home if level == Level.COMMUNE or home.parent is None else home.parent
    area = places.area_of(definition, dict(values), commune)
    return places.competent_agency(definition, area=area, receiving=places.province(on), on=on)
