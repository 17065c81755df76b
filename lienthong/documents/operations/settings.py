"""Keeping instruction templates and standing rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from lienthong.documents.models import InstructionTemplate, StandingRule
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.roles import roles


@transaction.atomic
def keep_template(
    template: InstructionTemplate, *, co_units: Iterable[Unit] = (), actor: Actor, at: dt.datetime
) -> InstructionTemplate:
    """Write a new or changed template of the actor's agency. Refuses a name that is taken there."""
    _allow(actor)
    template.agency_id = actor.post.unit.agency_id or 0
    same = InstructionTemplate.objects.filter(agency_id=template.agency_id, name=template.name).exclude(pk=template.pk)
    if same.exists():
        raise Refusal(f"Đã có mẫu tên “{template.name}”. Hãy đặt tên khác.", field="name")
    is_new = template.pk is None
    template.save()
    template.co_units.set(co_units)
    event = {"name": template.name, "text": template.text}
    record(
        Subject("instruction_template", template.pk),
        "template.kept",
        actor=actor,
        at=at,
        particulars=event,
        is_new=is_new,
    )
    return template


@transaction.atomic
def drop_template(template: InstructionTemplate, *, actor: Actor, at: dt.datetime) -> None:
    """Remove a template; what was written with it stays as written."""
    _allow(actor)
    event = {"name": template.name}
    record(Subject("instruction_template", template.pk), "template.dropped", actor=actor, at=at, particulars=event)
    template.delete()


@transaction.atomic
def keep_rule(rule: StandingRule, *, actor: Actor, at: dt.datetime) -> StandingRule:
    """Write a new or changed standing rule of the actor's agency.

    Refuses an authority that may not instruct or is of another agency, a rule without any condition, one that goes
    nowhere, and a period that ends before it begins.
    """
    _allow(actor)
    rule.agency_id = actor.post.unit.agency_id or 0
    if (
        rule.authority.unit.agency_id != rule.agency_id
        or "incoming.instruct" not in roles()[rule.authority.role].rights
    ):
        raise Refusal("Quy tắc phải theo ý kiến của một lãnh đạo cơ quan này.", field="authority")
    if not (rule.document_type_id or rule.issuer_words.strip() or rule.abstract_words.strip()):
        raise Refusal("Hãy nêu ít nhất một điều kiện: loại văn bản, nơi ban hành hoặc chữ trong trích yếu.")
    if not (rule.leader_id or rule.lead_unit_id):
        raise Refusal("Hãy chọn nơi văn bản được chuyển tới: lãnh đạo hoặc đơn vị chủ trì.", field="lead_unit")
    if rule.valid_to and rule.valid_to <= rule.valid_from:
        raise Refusal("Ngày thôi phải sau ngày bắt đầu.", field="valid_to")
    is_new = rule.pk is None
    rule.save()
    event = {"name": rule.name, "instruction": rule.instruction, "authority": str(rule.authority)}
    record(Subject("standing_rule", rule.pk), "rule.kept", actor=actor, at=at, particulars=event, is_new=is_new)
    return rule


def _allow(actor: Actor) -> None:
    if not actor.can("incoming.instruct"):
        raise Forbidden("Chỉ lãnh đạo, chánh văn phòng được lập mẫu bút phê và quy tắc chuyển.")
