"""Putting documents into a file, ordering them, taking them out."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max

from lienthong.files.models import StoredFile
from lienthong.files.operations import attach
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject, is_visible
from lienthong.organisation.actor import Actor
from lienthong.organisation.rules import required, short_enough
from lienthong.workfiles.models import Filing, WorkFile
from lienthong.workfiles.operations.files import require_keeper
from lienthong.workfiles.operations.readers import locked
from lienthong.workfiles.queries.particulars import KINDS, particulars_of

MOST = 9999
"""DocTotal has four digits (NĐ 30/2020 Phụ lục VI)."""


@transaction.atomic
def file_subject(file: WorkFile, subject: Subject, *, actor: Actor, at: dt.datetime) -> Filing:
    """Put a document, draft or task into a file, after what lies there.

    Refuses what the actor may not see, what lies in the file already, and a closed file.
    """
    file = locked(file)
    require_keeper(actor, file)
    if subject.kind not in KINDS or subject.kind == "stored_file" or not is_visible(actor, subject):
        raise Forbidden("Chỉ đưa vào hồ sơ văn bản, nhiệm vụ mà bạn được xem.")
    return _file(file, subject, actor=actor, at=at)


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
    """Take something out of an open file; the row stays with the reason. Refuses without one, and a second time."""
    file = locked(filing.file)
    require_keeper(actor, file)
    filing = standing(filing)
    filing.removal_reason = required(reason, what="lý do đưa ra", field="reason", longest=300)
    filing.removed_by, filing.removed_at = actor.post, at
    filing.save(update_fields=["removal_reason", "removed_by", "removed_at"])
    event = named(filing) | {"reason": filing.removal_reason}
    record(file.subject, "work_file.taken_out", actor=actor, at=at, particulars=event)
    return filing


@transaction.atomic
def put_back(filing: Filing, *, actor: Actor, at: dt.datetime) -> Filing:
    """Put what was taken out back at its place, under the words it had. Refuses what lies in the file."""
    file = locked(filing.file)
    require_keeper(actor, file)
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    same = file.filings.filter(subject_kind=filing.subject_kind, subject_id=filing.subject_id, removed_at=None)
    if same.exists():
        raise Refusal(f"“{filing.symbol or filing.title}” đã có trong hồ sơ {file.code}.")
    filing.removal_reason, filing.removed_by, filing.removed_at = "", None, None
    filing.save(update_fields=["removal_reason", "removed_by", "removed_at"])
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


@transaction.atomic
def move(filing: Filing, *, up: bool, actor: Actor, at: dt.datetime) -> None:
    """Move a document one place up or down; at the end of the list nothing changes."""
    file = locked(filing.file)
    require_keeper(actor, file)
    filing = standing(filing)
    others = file.filings.filter(removed_at=None)
    beside = (
        others.filter(order__lt=filing.order).order_by("-order").first()
        if up
        else others.filter(order__gt=filing.order).order_by("order").first()
    )
    if beside is None:
        return
    filing.order, beside.order = beside.order, filing.order
    Filing.objects.bulk_update([filing, beside], ["order"])
    record(file.subject, "work_file.reordered", actor=actor, at=at, particulars=named(filing))


@transaction.atomic
def order_by_date(file: WorkFile, *, actor: Actor, at: dt.datetime) -> None:
    """Put what lies in a file into the order of its dates; what has none comes last."""
    file = locked(file)
    require_keeper(actor, file)
    rows = list(file.filings.filter(removed_at=None).order_by("order", "pk"))
    rows.sort(key=lambda one: (one.date is None, one.date or dt.date.min, one.order))
    for place, one in enumerate(rows, start=1):
        one.order = place
    Filing.objects.bulk_update(rows, ["order"])
    record(file.subject, "work_file.reordered", actor=actor, at=at, particulars={"document": "tất cả, theo ngày"})


def named(filing: Filing) -> dict[str, str]:
    """Return what an event tells of a filing: its words, and its subject, by which its page knows who may read them."""
    return {"document": f"{filing.symbol} {filing.title}".strip(), "subject": str(filing.subject)}


def standing(filing: Filing) -> Filing:
    """Return the filing with its row held; refuses what was taken out."""
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    if filing.removed_at is not None:
        raise Refusal("Tài liệu này đã được đưa ra khỏi hồ sơ. Hãy tải lại trang.")
    return filing
