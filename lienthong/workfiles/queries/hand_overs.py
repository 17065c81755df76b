"""Hand-overs as lists show them, and the files that wait for one."""

from __future__ import annotations

from django.db.models import Count, Q

from lienthong.organisation.actor import Actor
from lienthong.workfiles.models import HandOver, HandOverItem, WorkFile

MOST = 200


def hand_overs_of(actor: Actor, state: str = "") -> list[HandOver]:
    """Return the hand-overs that an actor sees, newest first, with how many files each brings (one query)."""
    rows = HandOver.objects.visible_to(actor).select_related("unit", "giver__officer", "receiver__officer")
    if state:
        rows = rows.filter(state=state)
    accepted = Count("items", filter=Q(items__state=HandOverItem.State.ACCEPTED))
    return list(rows.annotate(files=Count("items"), accepted=accepted).order_by("-pk")[:MOST])


def ready_files(actor: Actor) -> list[WorkFile]:
    """Return the closed files that wait for no archive, the most urgent first (one query)."""
    waiting = HandOverItem.objects.filter(state=HandOverItem.State.WAITING).values("file")
    rows = WorkFile.objects.visible_to(actor).filter(state=WorkFile.State.CLOSED).exclude(pk__in=waiting)
    return list(rows.select_related("post__officer", "unit").order_by("hand_over_due", "pk")[:MOST])
