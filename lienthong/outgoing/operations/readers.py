"""The shadows of a draft: its state, who may read it, by what it is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from lienthong.outgoing.models import Draft, DraftReader
from lienthong.search.operations import index_entry, reindex_audiences, set_state
from lienthong.search.sources import Entry


def locked(draft: Draft) -> Draft:
    """Return the draft with its row held until the transaction ends."""
    return (
        Draft.objects.select_for_update(of=("self",))
        .select_related("agency", "unit", "author__officer", "document_type", "authority__post__officer")
        .get(pk=draft.pk)
    )


def enter(draft: Draft, state: str, *, holder: int | None) -> None:
    """Let a locked draft enter a state, in somebody's hands: the row, the shadows and the search index."""
    draft.state, draft.holder_id = state, holder
    draft.save(update_fields=["state", "holder"])
    draft.readers.update(state=state)
    set_state(draft.subject, state)


def open_to(draft: Draft, audiences: Iterable[int]) -> None:
    """Open a draft to more audiences; nothing is written when all of them read it already."""
    known = set(draft.readers.values_list("audience", flat=True))
    fresh = sorted(set(audiences) - known)
    if not fresh:
        return
    DraftReader.objects.bulk_create(
        (DraftReader(draft=draft, audience=audience, state=draft.state) for audience in fresh), ignore_conflicts=True
    )
    reindex_audiences(draft.subject, known | set(fresh))


def index_draft(draft: Draft, audiences: Iterable[int], *, body: str, at: dt.datetime) -> None:
    """Write what a draft is found by."""
    index_entry(entry_of(draft, audiences, body=body, at=at))


def entry_of(draft: Draft, audiences: Iterable[int], *, body: str, at: dt.datetime) -> Entry:
    """Return the search entry of a draft."""
    return Entry(
        subject=draft.subject,
        title=f"Dự thảo {draft.document_type.name} {draft.abstract}",
        symbol="",
        body=body,
        kind="draft",
        unit_id=draft.agency_id,
        year=at.year,
        state=draft.state,
        audiences=audiences,
        at=at,
    )
