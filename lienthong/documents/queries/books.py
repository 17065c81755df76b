"""The statutory books as rows: incoming (ten columns) and follow-up (seven columns), NĐ 30/2020 Phụ lục IV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, Q, QuerySet

from lienthong.documents.models import Book, Forwarding, IncomingDocument
from lienthong.exports.books import Row
from lienthong.kernel.clock import local, local_date
from lienthong.tasks.models import Task

INCOMING_COLUMNS = (
    "Ngày đến",
    "Số đến",
    "Tác giả",
    "Số, ký hiệu",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung",
    "Đơn vị hoặc người nhận",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
FOLLOW_UP_COLUMNS = (
    "Số đến",
    "Tên loại, số, ký hiệu, ngày tháng và tên cơ quan, tổ chức ban hành",
    "Đơn vị hoặc người nhận",
    "Thời hạn giải quyết",
    "Tiến độ giải quyết",
    "Số, ký hiệu văn bản trả lời",
    "Ghi chú",
)
BATCH = 500


def every_book() -> list[Book]:
    """Return the books of every agency, for who opens them: names only, nothing that stands in them (one query)."""
    return list(Book.objects.select_related("agency").order_by("agency__order", "agency__name", "-is_default", "name"))


def incoming_rows(book: Book, *, since: dt.date, until: dt.date, after: str = "") -> Iterator[Row]:
    """Yield the incoming book of a period in the order of the numbers; void numbers stand with their reason."""
    for documents in _batches(_with_hands(_behind(_registered(book, since, until), after))):
        tasks = _tasks_of([document for document in documents if not document.forwardings.all()])
        for document in documents:
            yield Row(document.pk, _incoming_cells(document, tasks.get(document.pk, [])), _place(document))


def incoming_total(book: Book, *, since: dt.date, until: dt.date) -> int:
    """Return how many lines the incoming book of a period has."""
    return _registered(book, since, until).count()


def follow_up_rows(book: Book, *, since: dt.date, until: dt.date, after: str = "") -> Iterator[Row]:
    """Yield the follow-up book of a period: who settles what by when, how far it is, and with what it was answered."""
    for documents in _batches(_behind(_worked_on(book, since, until), after).select_related("document_type")):
        tasks = _tasks_of(documents)
        for document in documents:
            yield Row(document.pk, _follow_up_cells(document, tasks.get(document.pk, [])), _place(document))


def follow_up_total(book: Book, *, since: dt.date, until: dt.date) -> int:
    """Return how many lines the follow-up book of a period has."""
    return _worked_on(book, since, until).count()


def _registered(book: Book, since: dt.date, until: dt.date) -> QuerySet[IncomingDocument]:
    return book.documents.filter(arrival_date__gte=since, arrival_date__lte=until)


def _worked_on(book: Book, since: dt.date, until: dt.date) -> QuerySet[IncomingDocument]:
    state = IncomingDocument.State
    return _registered(book, since, until).exclude(state__in=(state.FILED, state.VOID, state.RETURNED))


def _behind(documents: QuerySet[IncomingDocument], place: str) -> QuerySet[IncomingDocument]:
    ordered = documents.order_by("year", "arrival_number")
    year, _, number = place.partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(place) < 20):
        return ordered
    return ordered.filter(Q(year=int(year), arrival_number__gt=int(number)) | Q(year__gt=int(year)))


def _place(document: IncomingDocument) -> str:
    return f"{document.year}-{document.arrival_number}"


def _with_hands(documents: QuerySet[IncomingDocument]) -> QuerySet[IncomingDocument]:
    hands = Forwarding.objects.select_related("taker__officer", "taker_unit").order_by("at", "pk")
    return documents.select_related("document_type").prefetch_related(Prefetch("forwardings", hands))


def _batches(documents: QuerySet[IncomingDocument]) -> Iterator[list[IncomingDocument]]:
    batch: list[IncomingDocument] = []
    for document in documents.iterator(chunk_size=BATCH):
        batch.append(document)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _tasks_of(documents: Iterable[IncomingDocument]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    tasks = (
        Task.objects.filter(subject_kind="incoming", subject_id__in=[document.pk for document in documents])
        .top()
        .exclude(state=Task.State.CANCELLED)
        .select_related("lead_unit", "lead_post__officer")
        .order_by("pk")
    )
    for task in tasks:
        found.setdefault(task.subject_id, []).append(task)
    return found


def _incoming_cells(document: IncomingDocument, tasks: list[Task]) -> tuple[str, ...]:
    """Return the ten columns; what a rule gave straight on passed through no hand, so its ``tasks`` say to whom."""
    hands = list(document.forwardings.all())
    names = [_name(hand) for hand in hands] or [_lead(task) for task in tasks]
    moved = [hand.at for hand in hands] or [task.assigned_at for task in tasks]
    taken = next((hand for hand in reversed(hands) if hand.taken_at and hand.taker), None)
    return (
        _day(document.arrival_date),
        str(document.arrival_number or ""),
        document.issuer,
        document.symbol,
        _day(document.document_date),
        document.title,
        "; ".join(dict.fromkeys(names)),
        _day(local_date(moved[0])) if moved else "",
        f"{taken.taker.officer.full_name} {_moment(taken.taken_at)}" if taken and taken.taker else "",
        _remark(document),
    )


def _follow_up_cells(document: IncomingDocument, tasks: list[Task]) -> tuple[str, ...]:
    kind = document.document_type.name if document.document_type else "Văn bản"
    dues = [task.due_at for task in tasks if task.due_at]
    return (
        str(document.arrival_number or ""),
        " ".join(
            filter(
                None,
                [
                    kind,
                    document.symbol and f"số {document.symbol}",
                    _of_the(document.document_date),
                    f"của {document.issuer}",
                ],
            )
        ),
        "; ".join(dict.fromkeys(_lead(task) for task in tasks)),
        "; ".join(dict.fromkeys(_day(local_date(due)) for due in dues)),
        "; ".join(f"{_lead(task)}: {_progress(task)}" for task in tasks) or document.get_state_display(),
        document.answer_symbol,
        _remark(document),
    )


def _remark(document: IncomingDocument) -> str:
    state = document.State(document.state)
    marked = state in (IncomingDocument.State.VOID, IncomingDocument.State.RETURNED)
    return "; ".join(filter(None, [state.label if marked else "", document.note]))


def _progress(task: Task) -> str:
    if task.state == Task.State.DONE and task.finished_at:
        return f"xong {_day(local_date(task.finished_at))}"
    return f"{task.get_state_display().lower()} {task.percent}%"


def _lead(task: Task) -> str:
    return task.lead_post.officer.full_name if task.lead_post else task.lead_unit.short_name


def _name(hand: Forwarding) -> str:
    return hand.taker.officer.full_name if hand.taker else hand.taker_unit.short_name


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _of_the(day: dt.date | None) -> str:
    return f"ngày {_day(day)}" if day else ""


def _moment(at: dt.datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else ""
