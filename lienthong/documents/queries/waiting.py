"""Who hears of a document that waits too long, what waits too long for an actor, and by which limits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from lienthong.documents.limits import standards_on
from lienthong.documents.models import AgencyLimit, IncomingDocument, Step, Wait
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles


def levels_of(wait: Wait, *, on: dt.date) -> list[list[Post]]:
    """Return who hears of a late wait, level by level: who holds it; who watches over it; the agency's leaders.

    Who watches: over the clerk, whoever leads the clerk's unit and may instruct; over a leader, the clerk who
    registered it (NĐ 30/2020 Điều 24: follow and urge). Nobody outside the agency hears of it, nobody twice.
    """
    agency_id = wait.document.agency_id
    instructing = [role.code for role in roles().values() if "incoming.instruct" in role.rights]
    heads = list(
        Post.objects.in_force(on)
        .filter(unit__agency_id=agency_id, role__in=instructing)
        .select_related("unit", "officer")
        .order_by("order", "pk")
    )
    if wait.step == Step.FORWARD:
        beside = [post for post in heads if post.unit_id == wait.document.registered_by.unit_id][:1]
    else:
        beside = [wait.document.registered_by]
    levels = [[wait.post], beside, heads[:1]]
    seen: set[int] = set()
    told: list[list[Post]] = []
    for level in levels:
        fresh = [post for post in level if post.pk not in seen]
        seen.update(post.pk for post in fresh)
        told.append(fresh)
    return [level for level in told if level]


def running_of(documents: list[IncomingDocument]) -> dict[int, Wait]:
    """Return the running wait of each document, by its key (one query)."""
    return {wait.document_id: wait for wait in Wait.objects.running().filter(document__in=documents)}


def late_for(actor: Actor, now: dt.datetime) -> QuerySet[Wait]:
    """Return what waits too long and the actor must see to: their own, and, for a clerk, all of the agency's."""
    late = Wait.objects.visible_to(actor).running().filter(due_at__lt=now)
    if actor.can("incoming.register"):
        return late.filter(document__agency_id=actor.post.unit.agency_id)
    return late.filter(post=actor.post)


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit as the page of settings shows it: the agency's own, else the common one."""

    step: str
    step_label: str
    urgency: str
    urgency_label: str
    limit: str
    source: str
    verified: bool
    is_own: bool


def limits_of(actor: Actor, on: dt.date) -> list[LimitLine]:
    """Return the limits that hold for the actor's agency (one query)."""
    own = {(one.step, one.urgency): one for one in AgencyLimit.objects.filter(agency_id=actor.post.unit.agency_id)}
    common = {(one.step, urgency): one for one in standards_on(on) for urgency in one.urgencies}
    lines = []
    for step in Step:
        for urgency in IncomingDocument.Urgency:
            mine, standard = own.get((step.value, urgency.value)), common.get((step.value, urgency.value))
            lines.append(
                LimitLine(
                    step.value,
                    step.label,
                    urgency.value,
                    urgency.label,
                    mine.limit if mine else str(standard.limit) if standard else "",
                    mine.source if mine else standard.source if standard else "",
                    bool(mine) or bool(standard and standard.verified),
                    bool(mine),
                )
            )
    return lines
