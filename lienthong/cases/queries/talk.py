"""The thread of a case, and the cases in which somebody waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from lienthong.cases.models import Case, Message
from lienthong.files.models import Attachment
from lienthong.files.queries import attachments_of
from lienthong.organisation.actor import Actor

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Said:
    """A message with its files."""

    message: Message
    files: list[Attachment]


def thread_of(case: Case) -> list[Said]:
    """Return the last messages of a case, the oldest first, those taken back left out (two queries; one of none)."""
    rows = list(case.messages.standing().select_related("unit", "officer").order_by("-pk")[:SHOWN])[::-1]
    files = attachments_of("case_message", [row.pk for row in rows]) if rows else {}
    return [Said(row, files.get(row.pk, [])) for row in rows]


def unanswered(actor: Actor) -> QuerySet[Case]:
    """Return the cases in the actor's hands or received at their desk in which the applicant wrote, unseen."""
    unread = Message.objects.unread_by(office=True).filter(case=OuterRef("pk"))
    mine = Q(holder__in=actor.work_audiences)
    if actor.can("cases.receive"):
        mine |= Q(receiving_unit__in=[actor.post.unit_id, *(key for key in actor.inherited_audiences if key > 0)])
    return Case.objects.filter(mine, Exists(unread))
