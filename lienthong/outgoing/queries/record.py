"""What the pages of one draft and of one outgoing document show."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Counting
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import IncomingDocument
from lienthong.formatting.checking import Finding, check
from lienthong.formatting.official import Official
from lienthong.formatting.reading.measure_text import measure_official
from lienthong.formatting.setting import set_pages
from lienthong.kernel.clock import at_local
from lienthong.kernel.subjects import Described, describe
from lienthong.kernel.vietnamese import fold
from lienthong.numbering.models import Counter
from lienthong.organisation.models import Unit
from lienthong.organisation.queries import successors
from lienthong.outgoing.models import (
    Dispatch,
    Draft,
    DraftComment,
    DraftSource,
    DraftVersion,
    OutgoingBook,
    Recipient,
    ReviewStep,
)
from lienthong.outgoing.paragraphs import Place, follow, paragraphs, shown

MOST_PARAGRAPHS = 600


@dataclass(frozen=True, slots=True)
class ShownSource:
    """What a draft is for, as it is mentioned."""

    relation: str
    described: Described


@dataclass(frozen=True, slots=True)
class Gone:
    """A recipient that is no more, and who took over from it."""

    recipient: Recipient
    heirs: list[Unit]


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A remark, where its paragraph stands in the newest wording, and the words that it was made on."""

    comment: DraftComment
    line: int | None
    is_changed: bool
    quote: str


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph to remark on, and how many open remarks there are on it."""

    number: int
    text: str
    remarks: int


def steps_of(draft: Draft) -> list[ReviewStep]:
    """Return the way of every round, the newest round first (one query)."""
    related = ("post__officer", "done_by__officer", "version")
    return list(draft.steps.select_related(*related).order_by("-round", "order", "pk"))


def comments_of(draft: Draft) -> list[DraftComment]:
    """Return the remarks on every version, those still open first (one query)."""
    found = DraftComment.objects.filter(version__draft=draft).select_related("post__officer", "version", "resolved_by")
    return sorted(found, key=lambda one: (one.resolved_at is not None, -one.pk))


def place_comments(comments: Sequence[DraftComment], newest: DraftVersion) -> list[PlacedComment]:
    """Return remarks with their places in the newest wording: they survive a new version (no query)."""
    now = paragraphs(newest.body)
    before: dict[int, tuple[list[str], list[Place]]] = {}
    placed = []
    for one in comments:
        if one.line is None:
            placed.append(PlacedComment(one, None, is_changed=False, quote=""))
            continue
        if one.version_id not in before:
            old = paragraphs(one.version.body)
            before[one.version_id] = (old, follow(old, now))
        old, places = before[one.version_id]
        known = one.line <= len(old)
        place = places[one.line - 1] if known else Place(None, is_changed=True)
        quote = shown(old[one.line - 1]) if known else ""
        placed.append(PlacedComment(one, place.line, place.is_changed, quote))
    return placed


def paragraphs_to_remark(newest: DraftVersion, placed: Sequence[PlacedComment]) -> list[ShownParagraph]:
    """Return the first ``MOST_PARAGRAPHS`` paragraphs of the newest wording with their open remarks."""
    count = Counting(one.line for one in placed if one.line and one.comment.resolved_at is None)
    lines = paragraphs(newest.body)[:MOST_PARAGRAPHS]
    return [ShownParagraph(number, shown(text), count[number]) for number, text in enumerate(lines, start=1)]


def sources_of(draft: Draft) -> list[ShownSource]:
    """Return what a draft is for: one query, and one for each kind of subject."""
    rows = list(draft.sources.order_by("pk"))
    known = describe(row.subject for row in rows)
    return [
        ShownSource(DraftSource.Relation(row.relation).label, known[row.subject])
        for row in rows
        if row.subject in known
    ]


def dispatches_of(document_pk: int) -> list[Dispatch]:
    """Return every line of the list of recipients with how far it came (one query)."""
    rows = Dispatch.objects.filter(document=document_pk)
    return list(rows.select_related("recipient__unit", "recipient__post").order_by("recipient__order"))


def gone_recipients(draft: Draft, *, on: dt.date) -> list[Gone]:
    """Return the recipients that no longer exist on a day, with their successors."""
    rows = draft.recipients.select_related("unit").filter(unit__valid_to__lte=on).order_by("order")
    return [Gone(row, successors(row.unit, on)) for row in rows if row.unit]


def expected_number(book: OutgoingBook, *, year: int) -> int:
    """Return the number that a book would give next; somebody else may take it first."""
    counter = Counter.objects.filter(series=book.series_id, period=year).first()
    return counter.highest + 1 if counter else 1


def findings_of(official: Official, *, on: dt.date, type_code: str) -> Sequence[Finding]:
    """Return what is not as the rules of form ask, of the pages that the system sets."""
    return _findings(official, on, type_code, tuple(sorted(_abbreviations(on).items())))


@lru_cache(maxsize=32)
def pdf_of(official: Official, created: dt.datetime) -> bytes:
    """Return the pages as they would be set now; the same pages are set once for all their pictures."""
    return set_pages(official, created=created)


@lru_cache(maxsize=32)
def _findings(
    official: Official, on: dt.date, type_code: str, abbreviations: tuple[tuple[str, str], ...]
) -> Sequence[Finding]:
    made = at_local(on, dt.time(12))  # the sheet of a draft is that of the day
    measured = measure_official(official, created=made)
    return check(measured, on=on, type_code=type_code, abbreviations=dict(abbreviations))


def _abbreviations(on: dt.date) -> dict[str, str]:
    rows = DocumentType.objects.in_force(on).exclude(abbreviation="").values_list("name", "abbreviation")
    return {fold(name): abbreviation for name, abbreviation in rows}


def remarks_on(draft: Draft) -> QuerySet[DraftComment]:
    """Return the remarks on every version of a draft."""
    return DraftComment.objects.filter(version__draft=draft)


def issuer_answered(draft: Draft) -> Unit | None:
    """Return the agency of the system whose document a draft answers; None where that is outside, or itself."""
    answered = draft.sources.filter(relation="answers", subject_kind="incoming").first()
    incoming = IncomingDocument.objects.filter(pk=answered.subject_id).first() if answered else None
    if incoming is None:
        return None
    agencies = Unit.objects.agencies().filter(name__iexact=incoming.issuer, valid_to=None)
    return agencies.exclude(pk=draft.agency_id).first()


def recipients_before(draft: Draft) -> list[Recipient]:
    """Return to whom the document went that a draft of the same agency corrects or replaces: they must hear of it."""
    changed = draft.sources.filter(relation__in=("corrects", "replaces"), subject_kind="outgoing").first()
    if changed is None:
        return []
    rows = Recipient.objects.filter(draft__document=changed.subject_id, draft__agency=draft.agency_id)
    return list(rows.order_by("order"))
