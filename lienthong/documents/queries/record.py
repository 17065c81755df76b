"""What a document's page shows beside the document: a fixed number of queries."""

from __future__ import annotations

from django.db.models import Max

from lienthong.documents.models import Forwarding, IncomingDocument, Instruction
from lienthong.tasks.models import Task


def instructions_of(document: IncomingDocument) -> list[Instruction]:
    """Return what leaders wrote on a document, oldest first (one query)."""
    rows = document.instructions.select_related("post__officer", "officer", "rule").order_by("at", "pk")
    names = ("post__title", "post__officer__full_name", "officer__full_name", "rule__name")
    return list(rows.only("text", "at", "document", *names))


def newest_instruction(document: IncomingDocument) -> int:
    """Return the key of the newest instruction on a document, 0 where there is none (one query)."""
    return document.instructions.aggregate(newest=Max("pk"))["newest"] or 0


def hands_of(document: IncomingDocument) -> list[Forwarding]:
    """Return through whose hands a document went, oldest first (one query)."""
    related = ("giver__officer", "taker__officer", "taker_unit")
    rows = document.forwardings.select_related(*related).order_by("at", "pk")
    names = ("giver__officer__full_name", "taker__officer__full_name", "taker_unit__short_name")
    return list(rows.only("at", "taken_at", "note", "document", *names))


def tasks_of(document: IncomingDocument) -> list[Task]:
    """Return the tasks that were given on a document, with who leads them (one query)."""
    rows = Task.objects.of(document.subject).top().select_related("lead_unit", "lead_post__officer").order_by("pk")
    names = ("lead_unit__name", "lead_unit__short_name", "lead_post__officer__full_name")
    return list(rows.only("title", "state", "percent", "due_at", "finished_at", *names))
