"""The one door through which views reach drafts and documents."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, OutgoingDocument


def draft_of(actor: Actor, pk: int) -> Draft:
    """Return a draft with what its pages name; 404 for who may not see it."""
    rows = Draft.objects.visible_to(actor).select_related(
        "agency", "unit", "document_type", "author__officer", "holder__officer", "authority__post__officer"
    )
    return get_object_or_404(rows.distinct(), pk=pk)


def document_of(actor: Actor, pk: int) -> OutgoingDocument:
    """Return a document with what its pages name; 404 for who may not see it."""
    rows = OutgoingDocument.objects.visible_to(actor).select_related(
        "agency", "unit", "document_type", "book", "draft", "issued_by__officer", "pdf__blob"
    )
    return get_object_or_404(rows.distinct(), pk=pk)
