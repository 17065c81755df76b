"""How entries are shown where they are only mentioned, who sees them, and how they are found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described
from lienthong.organisation.actor import Actor
from lienthong.registers.models import Entry
from lienthong.registers.operations.entering import found_of
from lienthong.search.sources import Entry as Found

BATCH = 200


def describe(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe entries by number and title (one query)."""
    rows = Entry.objects.filter(pk__in=list(pks)).values_list("pk", "symbol", "title")
    return {pk: Described(f"{symbol} · {title}", address_of("registers:entry", pk)) for pk, symbol, title in rows}


def is_visible(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may read an entry."""
    return Entry.objects.visible_to(actor).filter(pk=pk).exists()


def entries() -> Iterator[Found]:
    """Yield the search entry of every entry, oldest first (for a rebuilt index)."""
    last = 0
    rows = Entry.objects.select_related("book__register").order_by("pk")
    while batch := list(rows.filter(pk__gt=last).prefetch_related("readers")[:BATCH]):
        for one in batch:
            yield found_of(one, [reader.audience for reader in one.readers.all()], at=one.entered_at)
        last = batch[-1].pk
