"""How drafts and outgoing documents are shown where they are only mentioned, and who sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.urls import reverse

from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described, Subject
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, OutgoingDocument
from lienthong.outgoing.operations.issuing import entry_of as document_entry
from lienthong.outgoing.operations.readers import entry_of as draft_entry
from lienthong.search.sources import Entry

BATCH = 200


def describe_drafts(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe drafts by type and abstract (one query)."""
    rows = Draft.objects.filter(pk__in=list(pks)).select_related("document_type")
    return {row.pk: Described(f"Dự thảo {row}", address_of("outgoing:draft", row.pk)) for row in rows}


def sees_draft(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see a draft."""
    return Draft.objects.visible_to(actor).filter(pk=pk).exists()


def describe_documents(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe outgoing documents by symbol and abstract (one query)."""
    rows = OutgoingDocument.objects.filter(pk__in=list(pks)).only("pk", "symbol", "abstract")
    return {row.pk: Described(str(row), address_of("outgoing:document", row.pk)) for row in rows}


def sees_document(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see an outgoing document."""
    return OutgoingDocument.objects.visible_to(actor).filter(pk=pk).exists()


def review_address() -> str:
    """Return where the drafts stand that wait for a look."""
    return f"{reverse('outgoing:drafts')}?for=review"


def signing_address() -> str:
    """Return where the drafts stand that wait for a signature."""
    return f"{reverse('outgoing:drafts')}?for=signing"


def issue_address() -> str:
    """Return where the signed drafts stand."""
    return reverse("outgoing:pending")


def draft_entries() -> Iterator[Entry]:
    """Yield the search entry of every draft that was not issued, oldest first (for a rebuilt index)."""
    last = 0
    rows = Draft.objects.exclude(state=Draft.State.ISSUED).select_related("document_type").order_by("pk")
    while batch := list(rows.filter(pk__gt=last).prefetch_related("readers", "versions")[:BATCH]):
        for draft in batch:
            body = next((one.body for one in draft.versions.all() if one.number == draft.version), "")
            audiences = [reader.audience for reader in draft.readers.all()]
            yield draft_entry(draft, audiences, body=body, at=draft.begun_at)
        last = batch[-1].pk


def document_entries() -> Iterator[Entry]:
    """Yield the search entry of every outgoing document with its text, oldest first (for a rebuilt index)."""
    last = 0
    rows = OutgoingDocument.objects.select_related("document_type", "signature__version").order_by("pk")
    while batch := list(rows.filter(pk__gt=last).prefetch_related("readers")[:BATCH]):
        for document in batch:
            audiences = [reader.audience for reader in document.readers.all()]
            body = document.signature.version.body
            yield document_entry(document, audiences, at=document.issued_at, body=body)
        last = batch[-1].pk


def may_answer(actor: Actor, subject: Subject) -> bool:
    """Tell whether an actor may begin a draft as the answer to a document or for a task."""
    return subject.kind in ("incoming", "task") and actor.can("drafts.write")


def answer_address(subject: Subject) -> str:
    """Return where a draft is begun for a document or a task."""
    return f"{reverse('outgoing:new')}?{subject.kind}={subject.pk}"
