"""Proof: does every chain hold, and does every seal?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lienthong.journal.chain import GENESIS, link
from lienthong.journal.models import Event, Seal
from lienthong.journal.operations import digest_of


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the journal does not hold: which event or seal, and what is wrong with it."""

    where: str
    what: str


def verify() -> Iterator[Fault]:
    """Yield the first fault of every broken chain, then every broken seal; one walk over each, constant memory."""
    yield from _chains()
    yield from _seals()


def _chains() -> Iterator[Fault]:
    chain: tuple[str, int] | None = None
    previous, expected, broken = GENESIS, 1, False
    for event in Event.objects.order_by("subject_kind", "subject_id", "sequence").iterator(chunk_size=2000):
        if (event.subject_kind, event.subject_id) != chain:
            chain, previous, expected, broken = (event.subject_kind, event.subject_id), GENESIS, 1, False
        if broken:
            continue
        if event.sequence != expected:
            broken = True
            yield Fault(f"{event.subject} sự kiện {expected}", "thiếu trong chuỗi")
        elif bytes(event.hash) != link(previous, event.content()):
            broken = True
            yield Fault(f"{event.subject} sự kiện {expected} (id {event.pk})", "nội dung không khớp mã băm")
        previous, expected = bytes(event.hash), expected + 1


def _seals() -> Iterator[Fault]:
    previous: Seal | None = None
    for seal in Seal.objects.order_by("last_event_id"):
        count, digest = digest_of(previous, seal.last_event_id)
        if count != seal.events:
            yield Fault(f"niêm phong đến id {seal.last_event_id}", f"ghi {seal.events} sự kiện, nay còn {count}")
        elif digest != bytes(seal.hash):
            yield Fault(f"niêm phong đến id {seal.last_event_id}", "mã băm không khớp")
        previous = seal
