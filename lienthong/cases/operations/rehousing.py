"""A case that lies where nobody works any more is passed on by those above: same code, same step, same clock."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.cases.models import Case
from lienthong.cases.operations import writing
from lienthong.cases.places import Hands
from lienthong.cases.queries.stranded import stranded_cases, units_for
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit

NOT_STRANDED = "Hồ sơ này đã có nơi nhận, hoặc không thuộc phạm vi của bạn. Tải lại danh sách."


@transaction.atomic
def rehouse(case: Case, unit: Unit, *, reason: str, actor: Actor, at: dt.datetime) -> Case:
    """Pass a stranded case on to a unit that works; the step and its limit run on, nothing goes back to the applicant.

    Where it lay at a desk the new desk speaks with the applicant from now on (NĐ 118/2025: reception without
    boundaries). Refuses: who is neither administrator nor leads an agency above; a case that somebody can take; a unit
    that cannot take it; no reason.
    """
    case, day = writing.locked(case), local_date(at)
    if not stranded_cases(actor, day).filter(pk=case.pk).exists():
        raise Forbidden(NOT_STRANDED)
    if not units_for(case, day).filter(pk=unit.pk).exists():
        raise Refusal("Đơn vị này không nhận được hồ sơ. Chọn đơn vị trong danh sách.", field="unit")
    said, before = writing.said_why(reason)[:1000], case.holder_unit
    assert before is not None  # noqa: S101 - a unit holds it
    _, due_at = writing.leave(case, "rehoused", note=said, at=at)
    hands = Hands(unit)
    changed = ["holder_unit", "holder_post", "holder"]
    if unit.kind == Unit.Kind.ONE_STOP:
        case.receiving_unit, case.receiving_agency = unit, unit.agency or unit
        changed += ["receiving_unit", "receiving_agency"]
    writing.give(case, writing.step_of(case), hands, actor=actor, at=at, due_at=due_at)
    if case.paused_at is not None:
        writing.rest(case, at=at)
    writing.conclude(
        case, "rehoused", *changed, hands=hands, actor=actor, at=at,
        **{"from": before.short_name, "to": unit.short_name, "reason": said},
    )  # fmt: skip
    return case
