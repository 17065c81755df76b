"""Putting documents and cases into a file, taking them out, saying what they are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from lienthong.files.models import StoredFile
from lienthong.files.operations import attach
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject, is_visible
from lienthong.organisation.actor import Actor
from lienthong.organisation.rules import required, short_enough
from lienthong.workfiles import fileable
from lienthong.workfiles.fileable import Part
from lienthong.workfiles.models import Filing, WorkFile
from lienthong.workfiles.operations.files import require_keeper
from lienthong.workfiles.operations.readers import locked
from lienthong.workfiles.queries.particulars import particulars_of

MOST = 9999
"""DocTotal has four digits (NĐ 30/2020 Phụ lục VI)."""


@transaction.atomic
def file_subject(file: WorkFile, subject: Subject, *, actor: Actor, at: dt.datetime) -> Filing:
    """Put a document, draft, task or ended case into a file, after what lies there; a case with all its papers.

    Refuses what the actor may not see, what lies in the file already, a case that still runs, and a closed file.
    """
    file = locked(file)
    require_keeper(actor, file)
    kind = fileable.find(subject.kind)
    if kind is None or not kind.is_chosen or not is_visible(actor, subject):
        raise Forbidden("Chỉ đưa vào hồ sơ văn bản, nhiệm vụ, hồ sơ một cửa mà bạn được xem.")
    if why := kind.refused([subject.pk]).get(subject.pk):
        raise Refusal(why)
    filing = _file(file, subject, actor=actor, at=at)
    add_parts(filing, kind.parts([subject.pk]).get(subject.pk, ()), actor=actor, at=at)
    kind.changed([subject.pk])
    return filing


def add_parts(whole: Filing, parts: Sequence[Part], *, actor: Actor, at: dt.datetime) -> int:
    """Put papers of a case below its line, each with its day and pages; those that lie there stay. Return how many."""
    below = Filing.objects.filter(whole=whole)
    known = {one.subject for one in below.filter(removed_at=None)}
    fresh = [part for part in parts if part.subject not in known]
    if not fresh:
        return 0
    place = below.aggregate(last=Max("order"))["last"] or whole.order
    Filing.objects.filter(file=whole.file, order__gt=place).update(order=F("order") + len(fresh))
    Filing.objects.bulk_create(
        _part(whole, part, place + number, actor=actor, at=at) for number, part in enumerate(fresh, start=1)
    )
    return len(fresh)


def _part(whole: Filing, part: Part, order: int, *, actor: Actor, at: dt.datetime) -> Filing:
    columns = part.particulars.columns()
    kind = fileable.find(part.subject.kind)
    if columns["pages"] is None and kind is not None:
        columns["pages"] = kind.measured(part.subject.pk)
    return Filing(
        file=whole.file,
        whole=whole,
        subject_kind=part.subject.kind,
        subject_id=part.subject.pk,
        order=order,
        filed_by=actor.post,
        filed_at=at,
        **columns,
    )


@transaction.atomic
def file_upload(file: WorkFile, upload: StoredFile, *, actor: Actor, at: dt.datetime) -> Filing:
    """Put an uploaded file into a work file; whoever reads the work file may open it."""
    file = locked(file)
    require_keeper(actor, file)
    attach(upload, file.subject, actor=actor, at=at, tell=False)
    return _file(file, Subject("stored_file", upload.pk), actor=actor, at=at)


def _file(file: WorkFile, subject: Subject, *, actor: Actor, at: dt.datetime) -> Filing:
    told = particulars_of(subject)
    if told is None:
        raise Refusal("Văn bản này không còn trên hệ thống. Hãy tải lại trang.")
    last = file.filings.aggregate(last=Max("order"))["last"] or 0
    if last >= MOST:
        raise Refusal(f"Một hồ sơ có nhiều nhất {MOST} văn bản. Hãy mở hồ sơ tiếp theo.")
    filing = Filing(
        file=file,
        subject_kind=subject.kind,
        subject_id=subject.pk,
        order=last + 1,
        filed_by=actor.post,
        filed_at=at,
        **told.columns(),
    )
    try:
        with transaction.atomic():
            filing.save(force_insert=True)
    except IntegrityError:
        raise Refusal(f"“{told.symbol or told.title}” đã có trong hồ sơ {file.code}.") from None
    record(file.subject, "work_file.filed", actor=actor, at=at, particulars=named(filing))
    return filing


@transaction.atomic
def take_out(filing: Filing, *, reason: str, actor: Actor, at: dt.datetime) -> Filing:
    """Take something out of an open file, a case with its papers; the row stays with the reason.

    Refuses without one, and a second time.
    """
    file = locked(filing.file)
    require_keeper(actor, file)
    filing = standing(filing)
    filing.removal_reason = required(reason, what="lý do đưa ra", field="reason", longest=300)
    filing.removed_by, filing.removed_at = actor.post, at
    filing.save(update_fields=["removal_reason", "removed_by", "removed_at"])
    gone = {"removal_reason": filing.removal_reason, "removed_by": actor.post, "removed_at": at}
    filing.parts.filter(removed_at=None).update(**gone)
    _told_of(filing)
    event = named(filing) | {"reason": filing.removal_reason}
    record(file.subject, "work_file.taken_out", actor=actor, at=at, particulars=event)
    return filing


@transaction.atomic
def put_back(filing: Filing, *, actor: Actor, at: dt.datetime) -> Filing:
    """Put what was taken out back at its place, under the words it had, a case with the papers that went with it.

    Refuses what lies in the file, and a paper whose case is not in it any more.
    """
    file = locked(filing.file)
    require_keeper(actor, file)
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    same = file.filings.filter(subject_kind=filing.subject_kind, subject_id=filing.subject_id, removed_at=None)
    if same.exists():
        raise Refusal(f"“{filing.symbol or filing.title}” đã có trong hồ sơ {file.code}.")
    if filing.whole is not None and filing.whole.removed_at is not None:
        raise Refusal(f"Giấy tờ này thuộc {filing.whole.symbol}. Hãy đưa trở lại cả hồ sơ đó.")
    filing.parts.filter(removed_at=filing.removed_at).update(removal_reason="", removed_by=None, removed_at=None)
    filing.removal_reason, filing.removed_by, filing.removed_at = "", None, None
    filing.save(update_fields=["removal_reason", "removed_by", "removed_at"])
    _told_of(filing)
    record(file.subject, "work_file.put_back", actor=actor, at=at, particulars=named(filing))
    return filing


@transaction.atomic
def describe_filing(
    filing: Filing,
    *,
    symbol: str,
    title: str,
    issuer: str,
    date: dt.date | None,
    pages: int | None,
    note: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Filing:
    """Say what a filed document is called in the list of documents. Refuses no title."""
    file = locked(filing.file)
    require_keeper(actor, file)
    filing = standing(filing)
    columns = {
        "symbol": short_enough(symbol, what="số, ký hiệu", field="symbol", longest=60),
        "title": required(title, what="tên loại và trích yếu", field="title", longest=500),
        "issuer": short_enough(issuer, what="tác giả", field="issuer", longest=200),
        "note": short_enough(note, what="ghi chú", field="note", longest=300),
        "date": date,
        "pages": pages,
    }
    for name, value in columns.items():
        setattr(filing, name, value)
    filing.save(update_fields=list(columns))
    record(file.subject, "work_file.described", actor=actor, at=at, particulars=named(filing))
    return filing


def _told_of(filing: Filing) -> None:
    kind = fileable.find(filing.subject_kind)
    if kind is not None and filing.whole_id is None:
        kind.changed([filing.subject_id])


def named(filing: Filing) -> dict[str, str]:
    """Return what an event tells of a filing: its words, and its subject, by which its page knows who may read them."""
    return {"document": f"{filing.symbol} {filing.title}".strip(), "subject": str(filing.subject)}


def standing(filing: Filing) -> Filing:
    """Return the filing with its row held; refuses what was taken out."""
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    if filing.removed_at is not None:
        raise Refusal("Tài liệu này đã được đưa ra khỏi hồ sơ. Hãy tải lại trang.")
    return filing
