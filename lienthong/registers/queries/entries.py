"""Entries: lists that walk the readers' index, one entry as its page shows it, what came of a subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lienthong.fields.form import Row
from lienthong.fields.kind import Context
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import fold, words
from lienthong.organisation.actor import Actor
from lienthong.organisation.queries.communes import Communes
from lienthong.registers.models import Entry, EntryReader, RegisterBook

PAGE = 25
RELATED = ("book__register", "book__agency", "holder")


@dataclass(frozen=True, slots=True)
class Filters:
    """To what a list of entries is narrowed: a book (0: all), a state, a year (0: all), words of what it says."""

    book: int = 0
    state: str = ""
    year: int = 0
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything narrows it."""
        return bool(self.book or self.state or self.year or self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of entries and where its neighbours begin (None where there are none)."""

    entries: list[Entry]
    newer: int | None
    older: int | None


def entry_page(actor: Actor, filters: Filters, *, after: int | None = None, before: int | None = None) -> Page:
    """Return a page of the entries that the actor may read, newest first (one query, whatever the size)."""
    rows = Entry.objects.filter(pk__in=_keys(actor, filters, after, before))
    ordered = rows.order_by("pk" if before else "-pk").select_related(*RELATED).defer("values", "folded")
    found = list(ordered[: PAGE + 1])
    has_more, shown = len(found) > PAGE, found[:PAGE]
    if before:
        shown.reverse()
    if not shown:
        return Page([], None, None)
    newer = shown[0].pk if (has_more if before else after) else None
    return Page(shown, newer, shown[-1].pk if (has_more or before) else None)


def _keys(actor: Actor, filters: Filters, after: int | None, before: int | None) -> QuerySet[EntryReader, Any]:
    """Return the keys of a page: a walk of the readers' index for each audience, no longer than the page."""
    readers = _narrowed(EntryReader.objects.all(), filters)
    if before:
        readers = readers.filter(entry__gt=before)
    elif after:
        readers = readers.filter(entry__lt=after)
    order = "entry" if before else "-entry"
    walks = [readers.filter(audience=key).order_by(order).values("entry")[: PAGE + 1] for key in actor.audiences]
    return walks[0].union(*walks[1:], all=True) if len(walks) > 1 else walks[0]


def _narrowed(readers: QuerySet[EntryReader], filters: Filters) -> QuerySet[EntryReader]:
    if filters.book:
        readers = readers.filter(book=filters.book)
    if filters.state:
        readers = readers.filter(state=filters.state)
    if filters.year:
        readers = readers.filter(entry__year=filters.year)
    said = words(fold(filters.words))[:8]
    return readers.filter(entry__in=Entry.objects.worded(said)) if said else readers


def books_of(actor: Actor) -> list[RegisterBook]:
    """Return the books in which the actor reads anything, by name (one query)."""
    rows = RegisterBook.objects.visible_to(actor).select_related("register", "agency")
    return list(rows.order_by("register__name", "agency__name"))


def entry_of(actor: Actor, pk: int) -> Entry | None:
    """Return an entry with what its page names; None for who may not read it."""
    rows = Entry.objects.visible_to(actor).select_related(
        *RELATED, "version", "entered_by__officer", "end__by__officer"
    )
    return rows.filter(pk=pk).first()


def said_of(entry: Entry) -> list[Row]:
    """Return what stands in an entry, line by line."""
    context = Context(entry.entered_on, {}, Communes())
    return entry.version.definition.form.shown(entry.values, context=context)


def entries_of(thread: Subject) -> list[Entry]:
    """Return what entered registers out of a record (a case), void entries too (one query)."""
    rows = Entry.objects.filter(thread_kind=thread.kind, thread_id=thread.pk).select_related(*RELATED)
    return list(rows.defer("values", "folded").order_by("pk"))
