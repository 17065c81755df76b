"""Rebuilding the index from its sources, and proving that it agrees with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from lienthong.kernel.subjects import Subject
from lienthong.search import lexemes
from lienthong.search.models import SearchEntry
from lienthong.search.operations import index
from lienthong.search.sources import Entry, Source

BATCH = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """Sai lệch: a subject of which the index says something else than its source."""

    subject: Subject
    what: str


class _Indexed(NamedTuple):
    told: tuple[object, ...]
    readers: set[str]
    words: set[str]


def rebuild(sources: Iterable[Source], *, afresh: bool = False, tell: Callable[[int], None] = lambda _: None) -> int:
    """Index every entry of the sources again, oldest first, and drop what no source has; return how many there are.

    Search goes on meanwhile. ``afresh`` empties the index first, so that the slices follow the time again; until it is
    done less is found.
    """
    sources = list(sources)
    if afresh:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE search_searchentry RESTART IDENTITY")
    seen: dict[str, set[int]] = {source.kind: set() for source in sources}
    count = 0
    entries = merge(*(source.entries() for source in sources), key=lambda entry: entry.at)
    for batch in _batches(entries):
        with transaction.atomic():
            for entry in batch:
                _index(entry)
                seen[entry.subject.kind].add(entry.subject.pk)
        count += len(batch)
        tell(count)
    for kind, keys in seen.items():
        _drop_others(kind, keys)
    return count


def differences(sources: Iterable[Source]) -> Iterator[Difference]:
    """Yield every subject that is missing in the index, superfluous in it, or stands in it with something else."""
    for source in sources:
        keys: set[int] = set()
        for batch in _batches(source.entries()):
            keys.update(entry.subject.pk for entry in batch)
            yield from _batch_differences(source.kind, batch)
        for pk in SearchEntry.objects.filter(subject_kind=source.kind).values_list("subject_id", flat=True).iterator():
            if pk not in keys:
                yield Difference(Subject(source.kind, pk), "thừa trong chỉ mục")


def _batch_differences(kind: str, batch: list[Entry]) -> Iterator[Difference]:
    found = _indexed(kind, [entry.subject.pk for entry in batch])
    for entry in batch:
        there = found.get(entry.subject.pk)
        if there is None:
            yield Difference(entry.subject, "thiếu trong chỉ mục")
            continue
        told = (entry.kind or kind, entry.title, entry.symbol[:100], entry.unit_id, entry.year, entry.state)
        if there.told != told:
            yield Difference(entry.subject, "khác tiêu đề, ký hiệu, đơn vị, năm hoặc tình trạng")
        readers = {lexemes.audience_lexeme(key) for key in entry.audiences}
        if there.readers != readers:
            yield Difference(entry.subject, "khác người được xem")
        if not lexemes.title_lexemes(entry.title, entry.symbol) <= there.words:
            yield Difference(entry.subject, "thiếu từ của tiêu đề hoặc ký hiệu")


def _indexed(kind: str, pks: list[int]) -> dict[int, _Indexed]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT subject_id, kind, title, symbol, unit_id, year, state,
                   ARRAY(SELECT lexeme FROM unnest(ts_filter(tsv, '{b}')) WHERE lexeme LIKE '@%%'),
                   tsvector_to_array(ts_filter(tsv, '{a}'))
              FROM search_searchentry WHERE subject_kind = %s AND subject_id = ANY(%s)
            """,
            [kind, pks],
        )
        return {pk: _Indexed(tuple(told), set(readers), set(words)) for pk, *told, readers, words in cursor.fetchall()}


def _index(entry: Entry) -> None:
    index(
        entry.subject,
        title=entry.title,
        symbol=entry.symbol,
        body=entry.body,
        kind=entry.kind,
        unit_id=entry.unit_id,
        year=entry.year,
        state=entry.state,
        audiences=entry.audiences,
        at=entry.at,
    )


def _drop_others(kind: str, keys: set[int]) -> None:
    stored = SearchEntry.objects.filter(subject_kind=kind)
    superfluous = [pk for pk in stored.values_list("subject_id", flat=True).iterator() if pk not in keys]
    for start in range(0, len(superfluous), BATCH):
        stored.filter(subject_id__in=superfluous[start : start + BATCH]).delete()


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch
