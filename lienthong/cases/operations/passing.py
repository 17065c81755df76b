"""A case that lies with the wrong agency goes on to the right one: one code, one clock, not back to the applicant."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.cases import figures, places, policies
from lienthong.cases.models import Case
from lienthong.cases.operations import writing
from lienthong.cases.operations.stepping import NOT_YOURS
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Phase


def may_decide(case: Case, unit: Unit, on: dt.date) -> bool:
    """Tell whether a unit is of a level that decides such cases on a day, and exists then."""
    return unit.kind in places.deciding(case, on) and unit.is_agency and not places.has_ended(unit, on)


@transaction.atomic
def pass_on(case: Case, agency: Unit, *, reason: str, actor: Actor, at: dt.datetime) -> Case:
    """Hand a received case to the agency that is competent; the legal clock runs on, its figures move along.

    Refuses: who does not hold it; a case that is not in work or stands still; an agency of another level, its own or
    one that ended; no reason.
    """
    case, day = writing.locked(case), local_date(at)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    if case.received_at is None or writing.step_of(case).phase != Phase.WORK or case.paused_at is not None:
        raise Refusal("Chỉ chuyển đúng thẩm quyền khi hồ sơ đang giải quyết, không tạm dừng.")
    if agency.pk == case.competent_agency_id:
        raise Refusal("Hồ sơ đang ở chính cơ quan này.", field="agency")
    if not may_decide(case, agency, day):
        raise Refusal("Thủ tục này không thuộc thẩm quyền của cơ quan đó. Chọn cơ quan cùng cấp.", field="agency")
    said = writing.said_why(reason)[:1000]
    before = case.competent_agency
    _move_figures(case, agency)
    case.competent_agency = agency
    start = case.version.definition.flow.start.move(Action.ACCEPT)
    assert start is not None  # noqa: S101 - a published flow accepts at its start
    step = case.version.definition.flow.step(start.to)
    writing.leave(case, "pass_on", note=said, at=at)
    hands = places.resolve(step.place, writing.ground_of(case, day))
    writing.give(case, step, hands, actor=actor, at=at)
    writing.show_to(case, [agency.audience])
    writing.conclude(
        case, "passed_on", "competent_agency", "step", "holder_unit", "holder_post", "holder", hands=hands, actor=actor,
        at=at, **{"from": before.short_name, "to": agency.short_name, "reason": said},
    )  # fmt: skip
    return case


def _move_figures(case: Case, agency: Unit) -> None:
    """Take what was counted for the old agency over to the new one: a case is counted once, where it is decided."""
    before = case.competent_agency
    assert case.received_at is not None  # noqa: S101 - the caller looked
    counted = [("received", case.received_at)]
    counted += [("supplemented", row.asked_at) for row in case.supplements.all()]
    counted += [("apologised", row.at) for row in case.apologies.all()]
    for by, where in ((-1, before), (1, agency)):
        case.competent_agency = where
        for measure, moment in counted:
            figures.add(case, measure, at=moment, by=by)
