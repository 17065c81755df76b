"""Desks that may take a case in, by the rule of the day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from lienthong.cases import places
from lienthong.cases.reception import Desks, desk_rule_on
from lienthong.kernel.periods import in_force
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Post, Unit
from lienthong.procedures.definition import RECEIVING, Definition, Level
from lienthong.procedures.queries import handler

ELSEWHERE = "Theo quy tắc nơi nhận của ngày này, hồ sơ thuộc {agency} phải nộp tại Bộ phận Một cửa của cơ quan đó."


def open_desks(on: dt.date) -> QuerySet[Unit]:
    """Desks that exist on a day and have somebody at work."""
    staff = Post.objects.filter(in_force(on), unit=OuterRef("pk"))
    return Unit.objects.existing(on).filter(Exists(staff), kind=Unit.Kind.ONE_STOP)


def desks_for(definition: Definition, competent: Unit, *, channel: str, on: dt.date) -> list[Unit]:
    """Return the desks that may take in what an agency decides, its own first, then that above, then the others in
    their order (at most three queries).

    Empty where there is none. Where the receiving agency decides itself, only desks of its level come into question.
    """
    near = _near(definition, competent, on)
    rows = open_desks(on).filter(_within(desk_rule_on(on, channel).desks, competent, near))
    if definition.competence.area == RECEIVING and (kind := places.DECIDING.get(definition.competence.level)):
        rows = rows.filter(Q(parent__kind=kind) | Q(parent__in=near))
    places_of = {pk: place for place, pk in enumerate([*near, competent.parent_id])}
    return sorted(
        rows.select_related("agency", "parent"),
        key=lambda one: (places_of.get(one.parent_id, len(near) + 1), one.order, one.name),
    )


def _near(definition: Definition, competent: Unit, on: dt.date) -> list[int]:
    """Return the agencies whose desks are the competent one's own; for the province the department's that prepares."""
    near = [competent.pk]
    if definition.competence.level == Level.PROVINCE:
        unit = handler(competent, definition.competence.sector or definition.sector, on)[0]
        near.append(unit.agency_id or unit.pk)
    return near


def _within(desks: Desks, competent: Unit, near: list[int]) -> Q:
    if desks == Desks.PROVINCE:
        return Q()
    own = Q(parent__in=near)
    if desks == Desks.COMPETENT:
        return own
    top = competent.parent_id if competent.kind == Unit.Kind.DEPARTMENT else competent.pk
    ground = (Unit.Kind.COMMUNE, Unit.Kind.DISTRICT)
    below = Q(parent__parent=top) | Q(parent__parent__parent=top)
    return own | (below & Q(parent__kind__in=ground))


def require_desk(definition: Definition, desk: Unit, competent: Unit, *, channel: str, on: dt.date) -> None:
    """Refuse a desk that may not take in for an agency on a day. No query where all may, or it is the agency's own."""
    agency = desk.agency_id or desk.pk
    if agency == competent.pk or desk_rule_on(on, channel).desks == Desks.PROVINCE:
        return
    if all(one.pk != desk.pk for one in desks_for(definition, competent, channel=channel, on=on)):
        raise Refusal(ELSEWHERE.format(agency=competent.name), field="values")
