"""A leader's instruction becomes tasks; a standing rule gives it without waiting."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from lienthong.documents.models import IncomingDocument, StandingRule
from lienthong.documents.operations.routing import forward, write_instruction
from lienthong.documents.queries.record import newest_instruction
from lienthong.documents.queries.rules import rule_for
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.queries import actor_for
from lienthong.organisation.roles import roles
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item, assign


@transaction.atomic
def instruct(
    document: IncomingDocument,
    *,
    text: str,
    items: Sequence[Item] = (),
    key: uuid.UUID,
    rule: StandingRule | None = None,
    seen: int | None = None,
    actor: Actor,
    at: dt.datetime,
) -> list[Task]:
    """Write an instruction and give the tasks that it names, in one transaction (NĐ 30/2020 Điều 23.4).

    The same ``key`` again gives the tasks already made and writes nothing. Refuses what ``write_instruction`` and
    ``tasks.assign`` refuse: then neither is done. ``seen`` is the newest instruction that the page showed: where a
    newer one stands by now, it is shown first.
    """
    given = list(Task.objects.of(document.subject).filter(assignment__key=key).order_by("pk"))
    if given:
        return given
    if seen is not None and seen < newest_instruction(document):
        _show_first(document)
    write_instruction(document, text=text, rule=rule, actor=actor, at=at)
    if not items:
        return []
    name = rule.name if rule else ""
    return assign(document.subject, items, key=key, actor=actor, at=at, instruction=text, rule=name)


def _show_first(document: IncomingDocument) -> None:
    newest = document.instructions.select_related("post__officer", "officer").latest("pk")
    words = newest.text[:200].rstrip(" .")
    raise Refusal(
        f"Trong lúc bạn viết, {newest.signature} đã cho ý kiến: “{words}”. Nếu vẫn giao thêm việc này, hãy bấm lại."
    )


@transaction.atomic
def apply_standing_rule(document: IncomingDocument, *, actor: Actor, at: dt.datetime) -> StandingRule | None:
    """Send a fresh document where a standing rule says; None, and nothing done, where no rule matches.

    The instruction is written in the name of the rule's authority, by the hand of the actor.
    """
    on = local_date(at)
    rule = rule_for(document, on=on)
    if rule is None:
        return None
    if rule.lead_unit is None:
        if rule.leader:
            forward(document, rule.leader, note=rule.name, actor=actor, at=at)
        return rule
    rights = roles()[rule.authority.role].rights
    in_the_name = actor_for(actor.own_post, on=on, acting_post=rule.authority, rights=rights)
    due = Due.within(rule.working_days) if rule.working_days else Due.ongoing()
    urgency = document.urgency if document.urgency in Task.Urgency.values else Task.Urgency.NORMAL
    item = Item(title=document.abstract[:500], lead_unit=rule.lead_unit, due=due, urgency=urgency)
    text = rule.instruction or rule.name
    key = uuid.uuid5(document.request_key, f"rule:{rule.pk}")
    instruct(document, text=text, items=[item], key=key, rule=rule, actor=in_the_name, at=at)
    return rule
