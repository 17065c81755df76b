"""An entry no longer counts: revoked by a decision, or void because it should never have been entered."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.numbering import operations as numbering
from lienthong.organisation.actor import Actor
from lienthong.registers import policies
from lienthong.registers.models import Entry, EntryEnd
from lienthong.registers.operations.entering import locked, why
from lienthong.search.operations import set_state


@transaction.atomic
def revoke(entry: Entry, *, reason: str, basis: str = "", actor: Actor, at: dt.datetime) -> Entry:
    """Revoke what was granted; the entry and its number stay. Refuses who may not, twice, and no reason."""
    entry = locked(entry)
    if not policies.can_revoke(actor, entry):
        raise Forbidden("Chỉ lãnh đạo cơ quan giữ sổ thu hồi được, khi mục còn hiệu lực.")
    return _end(entry, Entry.State.REVOKED, why(reason), " ".join(basis.split())[:300], actor=actor, at=at)


@transaction.atomic
def void(
    subject: Subject, *, reason: str, went_out: bool = False, actor: Actor | None, at: dt.datetime
) -> Entry | None:
    """Void what entered of a subject, because what it came of was taken back; None where nothing stands.

    The number stays in the book with its reason. What went out already is revoked instead. Refuses what was revoked
    meanwhile, unless it went out.
    """
    found = Entry.objects.standing().filter(subject_kind=subject.kind, subject_id=subject.pk).first()
    if found is None:
        return None
    entry = locked(found)
    if entry.state == Entry.State.REVOKED and went_out:
        return entry
    if entry.state == Entry.State.REVOKED:
        raise Refusal(f"Mục {entry.symbol} trong {entry.book.name} đã thu hồi nên không hủy được.")
    said = why(reason)
    if went_out:
        return _end(entry, Entry.State.REVOKED, said, "", actor=actor, at=at)
    ended = _end(entry, Entry.State.VOID, said, "", actor=actor, at=at)
    _void_number(entry, said, actor=actor, at=at)
    return ended


def _void_number(entry: Entry, reason: str, *, actor: Actor | None, at: dt.datetime) -> None:
    key = f"register.{entry.book.register.key}.{entry.book.agency_id}"
    series = numbering.open_series(key, name=entry.book.name)
    numbering.void(series, period=entry.year, number=entry.number, reason=reason, actor=actor, at=at)


def _end(entry: Entry, kind: str, reason: str, basis: str, *, actor: Actor | None, at: dt.datetime) -> Entry:
    EntryEnd.objects.create(
        entry=entry, kind=kind, reason=reason, basis=basis, by=actor.post if actor else None, at=at
    )  # fmt: skip
    entry.state = kind
    entry.save(update_fields=["state"])
    entry.readers.update(state=kind)
    set_state(entry.subject, kind)
    event = {"symbol": entry.symbol, "register": entry.book.name, "reason": reason, "basis": basis}
    word = "register.revoked" if kind == Entry.State.REVOKED else "register.voided"
    record(entry.subject, word, actor=actor, at=at, particulars=event, thread=entry.came_of)
    return entry
