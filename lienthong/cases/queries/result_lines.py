"""The results of a case as its record shows them."""

from __future__ import annotations

from dataclasses import dataclass

from lienthong.cases.models import Case, ResultPaper
from lienthong.files.models import Attachment
from lienthong.files.queries import attachments_of
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, OutgoingDocument
from lienthong.registers.models import Entry
from lienthong.registers.queries.entries import entries_of


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A result, its files, the keys of its draft and document where the reader may open them, its entry."""

    paper: ResultPaper
    files: list[Attachment]
    draft: int | None
    document: int | None
    entry: Entry | None


def result_lines(case: Case, actor: Actor) -> list[ResultLine]:
    """Return the results of a case (one query; five at most where there are some)."""
    rows = list(case.results.order_by("pk"))
    if not rows:
        return []
    files = attachments_of("result", [row.pk for row in rows])
    drafts = _open(Draft, [row.draft_id for row in rows], actor)
    documents = _open(OutgoingDocument, [row.document_id for row in rows], actor)
    entries = {one.subject_id: one for one in entries_of(case.subject)} if actor.can("registers.read") else {}
    return [
        ResultLine(
            row,
            files.get(row.pk, []),
            row.draft_id if row.draft_id in drafts else None,
            row.document_id if row.document_id in documents else None,
            entries.get(row.pk),
        )
        for row in rows
    ]


def _open(model: type[Draft | OutgoingDocument], pks: list[int | None], actor: Actor) -> set[int]:
    wanted = [pk for pk in pks if pk]
    return set(model.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
