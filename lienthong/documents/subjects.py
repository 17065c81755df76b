"""How a document is mentioned elsewhere, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lienthong.documents.models import IncomingDocument, IncomingReader, Intake, Wait
from lienthong.documents.queries.waiting import late_for
from lienthong.kernel import clock
from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described
from lienthong.organisation.actor import Actor


def describe(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe documents by their symbol and abstract (one query)."""
    rows = IncomingDocument.objects.filter(pk__in=list(pks)).values_list("pk", "symbol", "abstract")
    return {
        pk: Described(f"{symbol} {abstract}".strip(), address_of("documents:document", pk))
        for pk, symbol, abstract in rows
    }


def is_visible(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see a document."""
    return IncomingDocument.objects.visible_to(actor).filter(pk=pk).exists()


def describe_waits(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe waits by the document that waits (one query)."""
    rows = Wait.objects.filter(pk__in=list(pks)).select_related("document")
    return {
        row.pk: Described(
            f"{row.get_step_display()} {row.document.symbol} {row.document.abstract}",
            address_of("documents:document", row.document_id),
        )
        for row in rows
    }


def sees_wait(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see how long a document may wait."""
    return Wait.objects.visible_to(actor).filter(pk=pk).exists()


def late_address() -> str:
    """Return where the documents stand that wait too long."""
    return f"{reverse('documents:incoming')}?late=1"


def late_documents(actor: Actor) -> QuerySet[Wait]:
    """Return the documents that wait too long: those of the list ``?late=1``."""
    return late_for(actor, clock.now())


def describe_intakes(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe files at the counter by their names (one query)."""
    rows = Intake.objects.filter(pk__in=list(pks)).select_related("file")
    return {row.pk: Described(row.name, address_of("documents:intake_particulars", row.pk)) for row in rows}


def sees_intake(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see a file at the counter."""
    return Intake.objects.visible_to(actor).filter(pk=pk).exists()


def waiting_address() -> str:
    """Return where the documents stand that wait for the officer."""
    return f"{reverse('documents:incoming')}?waiting=1"


def counter_address() -> str:
    """Return where the counter is."""
    return reverse("documents:intake")


def registered_address() -> str:
    """Return where the documents stand that went nowhere yet."""
    return f"{reverse('documents:incoming')}?state={IncomingDocument.State.REGISTERED}"


def registered_only(actor: Actor) -> QuerySet[Any, Any]:
    """Return the documents that are in the book and went nowhere yet: those of the list ``?state=registered``."""
    registered = IncomingReader.objects.filter(state=IncomingDocument.State.REGISTERED)
    if actor.inherited_audiences:
        return registered.filter(audience__in=actor.audiences).values("document").distinct()
    return registered.filter(audience=actor.audience)


def waiting_at_the_counter(actor: Actor) -> QuerySet[Intake]:
    """Return the intakes that wait to be registered (the menu's number)."""
    return Intake.objects.visible_to(actor).waiting()


def waiting_for_instruction(actor: Actor) -> QuerySet[IncomingDocument]:
    """Return the documents that lie before this post for instruction: those of the list ``?waiting=1``."""
    return IncomingDocument.objects.visible_to(actor).filter(
        holder_post__in=actor.posts, state=IncomingDocument.State.FORWARDED
    )
