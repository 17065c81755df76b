"""Into the book: registering, correcting, voiding."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from lienthong.documents import policies
from lienthong.documents.deliveries import Registered, tell_registered
from lienthong.documents.doubles import symbol_key
from lienthong.documents.models import Book, IncomingDocument, IncomingReader, Intake, SecretArrival
from lienthong.documents.operations.indexing import index_document
from lienthong.documents.operations.readers import reader_of
from lienthong.documents.operations.waiting import begin
from lienthong.documents.particulars import Particulars, checked, columns
from lienthong.documents.queries.doubles import before, same_bytes
from lienthong.files.models import StoredFile
from lienthong.files.operations import attach
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.numbering import operations as numbering
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit

NOT_IN_HERE = "Văn bản mật không được nhập vào hệ thống này. Hãy đăng ký vào sổ mật bằng giấy và xử lý ngoài hệ thống."


@transaction.atomic
def open_book(agency: Unit, *, name: str, is_default: bool, actor: Actor | None, at: dt.datetime) -> Book:
    """Open a book of incoming documents for an agency. Refuses a unit without a seal, and a name that is taken.

    ``is_default`` makes it the book in which the agency's clerks usually register, in the place of another.
    """
    if actor is not None and not policies.can_open_books(actor):
        raise Forbidden("Chỉ quản trị viên mở sổ văn bản.")
    if not agency.is_agency:
        raise Refusal(f"{agency} không có con dấu và sổ riêng.", field="agency")
    if Book.objects.filter(agency=agency, name=name).exists():
        raise Refusal(f"Đã có sổ tên “{name}”. Hãy đặt tên khác.", field="name")
    if is_default:
        Book.objects.filter(agency=agency, is_default=True).update(is_default=False)
    series = numbering.open_series(f"incoming:{agency.pk}:{Book.objects.count() + 1}", name=f"{name}, {agency}")
    book = Book.objects.create(agency=agency, name=name, series=series, is_default=is_default, opened_at=at)
    record(Subject("book", book.pk), "book.opened", actor=actor, at=at, particulars={"name": name}, is_new=True)
    return book


@transaction.atomic
def register(
    book: Book,
    particulars: Particulars,
    *,
    files: Sequence[StoredFile] = (),
    intake: Intake | None = None,
    arrival_date: dt.date | None = None,
    secrecy: str = "normal",
    accepts_double: bool = False,
    request_key: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> IncomingDocument:
    """Register a document in a book under the next number (NĐ 30/2020 Điều 22).

    The same ``request_key`` again returns what was registered the first time. Refuses: no right in this book; secrecy
    above normal; missing or impossible particulars; a probable double, by symbol or by
    the bytes of a file, unless ``accepts_double``.
    """
    if not policies.can_register(actor, book):
        raise Forbidden("Chỉ văn thư của cơ quan được vào sổ này.")
    request_key = request_key or uuid.uuid4()
    if secrecy != "normal" or (intake and intake.secrecy_mark):
        raise Refusal(NOT_IN_HERE, field="secrecy")
    arrival_date = arrival_date or local_date(at)
    particulars = checked(particulars, arrival_date=arrival_date, today=local_date(at))
    earlier = before(book.agency_id, particulars, request_key=request_key)
    if earlier.done:
        return earlier.done
    if not accepts_double:
        _refuse_double(earlier.double, same_bytes(book.agency_id, files))
    document = IncomingDocument.objects.create(
        agency=book.agency,
        book=book,
        year=arrival_date.year,
        arrival_date=arrival_date,
        symbol_key=symbol_key(particulars.symbol),
        registered_by=actor.post,
        registered_at=at,
        request_key=request_key,
        **columns(particulars),
    )
    audiences = sorted({book.agency.audience, actor.audience})
    IncomingReader.objects.bulk_create(reader_of(document, audience) for audience in audiences)
    if files:
        jobs.configure_task("lienthong.documents.jobs.index_texts", queue="files").defer(document_id=document.pk)
    for file in files:
        attach(file, document.subject, actor=actor, at=at, tell=False)
    if intake:
        intake.state, intake.document = Intake.State.REGISTERED, document
        intake.save(update_fields=["state", "document"])
    index_document(document, audiences, at=at)
    begin(document, at=at)
    document.arrival_number = numbering.take(book.series, period=document.year, subject=document.subject, at=at)
    document.save(update_fields=["arrival_number"])
    if intake:
        what = Registered(document.pk, document.arrival_number, arrival_date)
        tell_registered(intake.sender, what, at)
    event: dict[str, object] = {"number": document.arrival_number, "book": book.name, "symbol": document.symbol}
    if files:
        event["files"] = [file.name for file in files]
    record(document.subject, "incoming.registered", actor=actor, at=at, particulars=event, is_new=True)
    return document


@transaction.atomic
def amend(
    document: IncomingDocument, particulars: Particulars, *, reason: str, actor: Actor, at: dt.datetime
) -> IncomingDocument:
    """Correct what was registered; the journal keeps both wordings. Refuses without a reason or a change."""
    document = (
        IncomingDocument.objects.select_for_update(of=("self",)).select_related("document_type").get(pk=document.pk)
    )
    if not policies.can_amend(actor, document):
        raise Forbidden("Chỉ văn thư của cơ quan được sửa thông tin văn bản này.")
    if not reason.strip():
        raise Refusal("Hãy ghi lý do sửa.", field="reason")
    particulars = checked(particulars, arrival_date=document.arrival_date, today=local_date(at))
    new = columns(particulars)
    changes = {
        name: [_plain(getattr(document, name)), _plain(value)]
        for name, value in new.items()
        if getattr(document, name) != value
    }
    if not changes:
        raise Refusal("Chưa có thông tin nào thay đổi.")
    for name, value in new.items():
        setattr(document, name, value)
    document.symbol_key = symbol_key(document.symbol)
    document.save(update_fields=[*new, "symbol_key"])
    is_urgent = document.urgency != IncomingDocument.Urgency.NORMAL
    document.readers.update(is_urgent=is_urgent)
    index_document(document, document.readers.values_list("audience", flat=True), at=at)
    event = {"changes": changes, "reason": reason.strip()}
    record(document.subject, "incoming.amended", actor=actor, at=at, particulars=event)
    return document


@transaction.atomic
def record_secret_arrival(agency: Unit, *, arrival_date: dt.date, actor: Actor, at: dt.datetime) -> SecretArrival:
    """Note that a secret document arrived and is handled outside the system: the day, and nothing else."""
    if not actor.can("incoming.register") or agency.pk != actor.post.unit.agency_id:
        raise Forbidden("Chỉ văn thư của cơ quan được ghi nhận văn bản mật.")
    if arrival_date > local_date(at):
        raise Refusal("Ngày đến không thể ở sau hôm nay.", field="arrival_date")
    stub = SecretArrival.objects.create(
        agency=agency, arrival_date=arrival_date, recorded_by=actor.post, recorded_at=at
    )
    record(Subject("secret", stub.pk), "secret.arrived", actor=actor, at=at, is_new=True)
    return stub


def _refuse_double(double: IncomingDocument | None, same_file: IncomingDocument | None) -> None:
    found = double or same_file
    if found is None:
        return
    like = f"cũng là {found.symbol} của {found.issuer}" if double else "có tệp nội dung giống hệt"
    raise Refusal(
        f"Có thể đã vào sổ: số đến {found.arrival_number} ngày {found.arrival_date:%d/%m/%Y} {like}. "
        "Nếu vẫn là văn bản khác, hãy đánh dấu “Vẫn vào sổ”.",
        field="accepts_double",
    )


def _plain(value: object) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)
