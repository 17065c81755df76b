"""How drafts and outgoing documents are shown where they are only mentioned, and who sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from lienthong.kernel.subjects import Described
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, OutgoingDocument


def describe_drafts(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe drafts by type and abstract (one query)."""
    rows = Draft.objects.filter(pk__in=list(pks)).select_related("document_type")
    return {row.pk: Described(f"Dự thảo {row}", reverse("outgoing:draft", args=[row.pk])) for row in rows}


def sees_draft(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see a draft."""
    return Draft.objects.visible_to(actor).filter(pk=pk).exists()


def describe_documents(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe outgoing documents by symbol and abstract (one query)."""
    rows = OutgoingDocument.objects.filter(pk__in=list(pks)).only("pk", "symbol", "abstract")
    return {row.pk: Described(str(row), reverse("outgoing:document", args=[row.pk])) for row in rows}


def sees_document(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see an outgoing document."""
    return OutgoingDocument.objects.visible_to(actor).filter(pk=pk).exists()
