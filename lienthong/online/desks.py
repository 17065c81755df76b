"""Which desk takes in a case that comes from home: that of the agency which decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from lienthong.cases import places
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Unit
from lienthong.procedures.definition import RECEIVING, Definition, Level
from lienthong.procedures.queries import handler

NO_DESK = "{agency} chưa có Bộ phận Một cửa nhận hồ sơ trực tuyến vào ngày này. Hãy nộp trực tiếp tại cơ quan."
ENDED = "{agency} không còn hoạt động vào ngày này. Hãy xem lại địa chỉ, hoặc hỏi Bộ phận Một cửa gần nhất."


def desk_for(definition: Definition, values: Mapping[str, Any], commune: str, on: dt.date) -> Unit:
    """Return the desk for what was said. Refuses where no agency is found, where it ended, where it has no desk."""
    agency = _agency(definition, values, commune, on)
    if not Unit.objects.existing(on).filter(pk=agency.pk).exists():
        raise Refusal(ENDED.format(agency=agency.name))
    near = [agency.pk]
    if definition.competence.level == Level.PROVINCE:
        unit = handler(agency, definition.competence.sector or definition.sector, on)[0]
        near.append(unit.agency_id or unit.pk)
    desks = Unit.objects.existing(on).filter(parent__in=near, kind=Unit.Kind.ONE_STOP).select_related("agency")
    found = sorted(desks, key=lambda one: (near.index(one.parent_id or 0), one.pk))
    if not found:
        raise Refusal(NO_DESK.format(agency=agency.name))
    return found[0]


def _agency(definition: Definition, values: Mapping[str, Any], commune: str, on: dt.date) -> Unit:
    level = definition.competence.level
    if definition.competence.area == RECEIVING and level in (Level.COMMUNE, Level.DISTRICT):
        home = places.commune_of(commune, on)
        return home if level == Level.COMMUNE or home.parent is None else home.parent
    area = places.area_of(definition, dict(values), commune)
    return places.competent_agency(definition, area=area, receiving=places.province(on), on=on)
