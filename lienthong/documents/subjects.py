"""How a document is mentioned elsewhere, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from lienthong.documents.models import IncomingDocument, Intake
from lienthong.kernel import subjects
from lienthong.kernel.subjects import Described, SubjectKind
from lienthong.organisation.actor import Actor
from lienthong.tasks import threads
from lienthong.tasks.threads import ThreadKind


def declare_subjects() -> None:
    """Declare incoming documents as subjects and as threads of tasks."""
    from lienthong.documents.operations import following  # noqa: PLC0415 - operations lie above this module

    subjects.declare(SubjectKind("incoming", "Văn bản đến", _describe, _is_visible))
    threads.declare(ThreadKind("incoming", following.admit, following.follow))


def _describe(pks: Iterable[int]) -> Mapping[int, Described]:
    rows = IncomingDocument.objects.filter(pk__in=list(pks)).values_list("pk", "symbol", "abstract")
    return {
        pk: Described(f"{symbol} {abstract}".strip(), reverse("documents:document", args=[pk]))
        for pk, symbol, abstract in rows
    }


def _is_visible(actor: Actor, pk: int) -> bool:
    return IncomingDocument.objects.visible_to(actor).filter(pk=pk).exists()


def waiting_at_the_counter(actor: Actor) -> int:
    """Count the intakes that wait to be registered (the menu's number)."""
    return Intake.objects.visible_to(actor).waiting().count()


def waiting_for_instruction(actor: Actor) -> int:
    """Count the documents that lie before this post for instruction: those of the list ``?waiting=1``."""
    return (
        IncomingDocument.objects.visible_to(actor)
        .filter(holder_post=actor.post, state=IncomingDocument.State.FORWARDED)
        .count()
    )
