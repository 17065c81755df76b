"""What was granted enters the book; a mistake in it is corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lienthong.applicants.models import Applicant
from lienthong.fields.checking import text_of
from lienthong.fields.kind import Context
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import fold, words
from lienthong.numbering import operations as numbering
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.queries.communes import Communes
from lienthong.registers import policies
from lienthong.registers.definition import Definition
from lienthong.registers.models import Entry, EntryReader, RegisterBook, version_on
from lienthong.search.operations import index_entry
from lienthong.search.sources import Entry as Found

KINDS = {
    "commune": Unit.Kind.COMMUNE, "district": Unit.Kind.DISTRICT, "department": Unit.Kind.DEPARTMENT,
    "province": Unit.Kind.PROVINCE_COMMITTEE,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """What enters: of which subject and in whose thread, decided by which agency, as what was said in a procedure.

    ``said`` are the values of the procedure's form; the register takes from them what it keeps. ``readers`` may read
    the entry besides the agency that keeps the book. ``paper`` is the symbol of the paper that was handed out.
    """

    subject: Subject
    thread: Subject
    agency: Unit
    procedure: str
    result: str
    said: Mapping[str, Any]
    holder: Applicant | None = None
    origin: str = ""
    paper: str = ""
    readers: Iterable[int] = ()


@transaction.atomic
def enter(key: str, what: Entering, *, actor: Actor | None, at: dt.datetime) -> Entry:
    """Enter a result into the register of a key: the next number of its book, exactly once for its subject.

    What stands there already is returned as it is. Refuses a register that has no version of that day.
    """
    done = _standing(what.subject)
    if done is not None:
        return done
    on = local_date(at)
    version = version_on(key, on)
    if version is None:
        raise Refusal(f"Chưa có quy định về sổ “{key}” cho ngày {on:%d/%m/%Y}. Hãy báo người quản trị nạp danh mục.")
    definition = version.definition
    book, _ = RegisterBook.objects.get_or_create(
        register=version.register, agency=keeper_of(definition, what.agency)
    )  # fmt: skip
    values = definition.values_from(definition.origin_of(what.procedure, what.result), what.said)
    entry = Entry(
        book=book,
        version=version,
        year=on.year,
        subject_kind=what.subject.kind,
        subject_id=what.subject.pk,
        thread_kind=what.thread.kind,
        thread_id=what.thread.pk,
        origin=what.origin[:100],
        paper=what.paper[:60],
        holder=what.holder,
        holder_name=what.holder.name if what.holder else "",
        values=values,
        entered_on=on,
        valid_to=definition.ends_on(on),
        entered_by=actor.post if actor else None,
        entered_at=at,
    )
    entry.title = definition.title_of(values) or entry.holder_name or definition.entry
    entry.number = numbering.take_in(
        f"register.{key}.{book.agency_id}", name=f"{version.register.name}, {book.agency.short_name}"[:200],
        period=entry.year, subject=what.subject, at=at,
    )  # fmt: skip
    entry.symbol = definition.symbol_of(entry.number, entry.year)
    entry.folded = _folded(entry)
    entry.save(force_insert=True)
    _open(entry, {book.agency.audience, *what.readers, *({actor.post.unit.audience} if actor else ())}, at=at)
    event = {"register": version.register.name, "symbol": entry.symbol, "title": entry.title}
    record(entry.subject, "register.entered", actor=actor, at=at, particulars=event, thread=what.thread, is_new=True)
    return entry


def _standing(subject: Subject) -> Entry | None:
    rows = Entry.objects.standing().select_for_update(of=("self",)).select_related("book__agency", "book__register")
    return rows.filter(subject_kind=subject.kind, subject_id=subject.pk).first()


def keeper_of(definition: Definition, agency: Unit) -> Unit:
    """Return the agency that keeps the book: the one that decided, or the nearest above it of the level asked for."""
    kind, unit = KINDS.get(definition.keeper), agency
    while kind is not None and unit.kind != kind and unit.parent is not None:
        unit = unit.parent
    return unit if kind is None or unit.kind == kind else agency


def _folded(entry: Entry) -> str:
    said = f"{entry.symbol} {entry.paper} {entry.origin} {entry.holder_name} {entry.title}"
    return " ".join(words(fold(said)))


def _open(entry: Entry, audiences: Iterable[int], *, at: dt.datetime) -> None:
    """Open an entry to its readers and make it found (two statements)."""
    everyone = sorted(set(audiences))
    EntryReader.objects.bulk_create(
        EntryReader(entry=entry, audience=audience, book=entry.book, state=entry.state) for audience in everyone
    )
    index_entry(found_of(entry, everyone, at=at))


def found_of(entry: Entry, audiences: Iterable[int], *, at: dt.datetime) -> Found:
    """Return the search entry of an entry."""
    return Found(
        subject=entry.subject,
        title=f"{entry.book.register.name}: {entry.title}",
        symbol=entry.symbol,
        body=f"{entry.holder_name} {entry.paper} {entry.origin}",
        kind="register_entry",
        unit_id=entry.book.agency_id,
        year=entry.year,
        state=entry.state,
        audiences=audiences,
        at=at,
    )


@transaction.atomic
def correct(
    entry: Entry, values: Mapping[str, Any], *, reason: str, actor: Actor, at: dt.datetime
) -> tuple[Entry, dict[str, str]]:
    """Correct what stands in an entry; returns it with what is wrong by path (then nothing was changed).

    What stood there before stays in the journal, field by field. Refuses who does not keep the book, an entry that no
    longer counts, no reason, and nothing changed.
    """
    entry = locked(entry)
    if not policies.can_keep(actor, entry):
        raise Forbidden("Chỉ cán bộ của cơ quan giữ sổ cải chính được, khi mục còn hiệu lực.")
    said = why(reason)
    definition, context = entry.version.definition, context_of(entry)
    checked = definition.form.check(values, context=context)
    if checked.problems:
        return entry, checked.problems
    changes = _changes(entry, checked.values, context)
    if not changes:
        raise Refusal("Chưa sửa gì so với nội dung đang có trong sổ.")
    entry.values = checked.values
    entry.title = definition.title_of(checked.values) or entry.title
    entry.folded = _folded(entry)
    entry.corrections += 1
    entry.save(update_fields=["values", "title", "folded", "corrections"])
    index_entry(found_of(entry, entry.readers.values_list("audience", flat=True), at=at))
    event = {"symbol": entry.symbol, "reason": said, "changes": changes}
    record(entry.subject, "register.corrected", actor=actor, at=at, particulars=event, thread=entry.came_of)
    return entry, {}


def _changes(entry: Entry, values: Mapping[str, Any], context: Context) -> list[list[str]]:
    changed = []
    for one in entry.version.definition.form.fields:
        before, after = entry.values.get(one.key), values.get(one.key)
        if before != after:
            told = [text_of(one, value, context) if value is not None else "" for value in (before, after)]
            changed.append([one.label, *told])
    return changed


@transaction.atomic
def rename_paper(subject: Subject, paper: str, *, actor: Actor | None, at: dt.datetime) -> Entry | None:
    """Note that the paper of what entered has another symbol now; None where nothing entered, unchanged where it is."""
    entry = _standing(subject)
    if entry is None or entry.paper == paper:
        return entry
    was, entry.paper = entry.paper, paper[:60]
    entry.folded = _folded(entry)
    entry.save(update_fields=["paper", "folded"])
    event = {"symbol": entry.symbol, "was": was, "paper": entry.paper}
    record(entry.subject, "register.paper_changed", actor=actor, at=at, particulars=event, thread=entry.came_of)
    return entry


def locked(entry: Entry) -> Entry:
    """Return an entry with its row held, its book and version."""
    rows = Entry.objects.select_for_update(of=("self",))
    return rows.select_related("book__agency", "book__register", "version").get(pk=entry.pk)


def context_of(entry: Entry) -> Context:
    """Return in which context the values of an entry are checked and shown: the day on which it was entered."""
    return Context(entry.entered_on, {}, Communes())


def why(reason: str) -> str:
    """Return a reason, trimmed; refuse an empty one."""
    said = " ".join(reason.split())[:1000]
    if not said:
        raise Refusal("Cần ghi lý do.", field="reason")
    return said
