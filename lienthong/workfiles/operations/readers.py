"""The shadows of a file: its state, who may read it, by what it is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from lienthong.search.operations import index_entry, reindex_audiences, set_state
from lienthong.search.sources import Entry
from lienthong.workfiles.models import WorkFile, WorkFileReader

BATCH = 500


def locked(file: WorkFile) -> WorkFile:
    """Return the file with its row held until the transaction ends."""
    rows = WorkFile.objects.select_for_update(of=("self",)).select_related("agency", "unit", "post__officer", "heading")
    return rows.get(pk=file.pk)


def enter(file: WorkFile, state: str, **also: object) -> None:
    """Let a locked file enter a state: the shadows first, for what is handed over takes no change after."""
    file.readers.update(state=state, is_due=False)
    set_state(file.subject, state)
    for name, value in {"state": state, **also}.items():
        setattr(file, name, value)
    file.save(update_fields=["state", *also])


def open_to(file: WorkFile, audiences: Iterable[int]) -> None:
    """Open a file to more audiences; nothing is written when all of them read it already."""
    known = set(file.readers.values_list("audience", flat=True))
    fresh = sorted(set(audiences) - known)
    if not fresh:
        return
    WorkFileReader.objects.bulk_create(
        (WorkFileReader(file=file, audience=audience, year=file.year, state=file.state) for audience in fresh),
        ignore_conflicts=True,
    )
    reindex_audiences(file.subject, known | set(fresh))


def index_file(file: WorkFile, audiences: Iterable[int], *, at: dt.datetime) -> None:
    """Write what a file is found by."""
    index_entry(entry_of(file, audiences, at=at))


def entry_of(file: WorkFile, audiences: Iterable[int], *, at: dt.datetime) -> Entry:
    """Return the search entry of a file."""
    return Entry(
        subject=file.subject,
        title=f"Hồ sơ {file.title}",
        symbol=file.code,
        body=file.description,
        kind="work_file",
        unit_id=file.agency_id,
        year=file.year,
        state=file.state,
        audiences=audiences,
        at=at,
    )


def entries() -> Iterator[Entry]:
    """Yield the entry of every file, oldest first (for a rebuilt index)."""
    for file in WorkFile.objects.prefetch_related("readers").order_by("pk").iterator(chunk_size=BATCH):
        yield entry_of(file, [reader.audience for reader in file.readers.all()], at=file.opened_at)
