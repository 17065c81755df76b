"""A folder of real documents goes the whole way: in at the counter, into the book, to work, done, proved."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.operations.arrival import Arrival, arrive
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.intake import read, take_in
from lienthong.documents.particulars import Particulars
from lienthong.documents.printing import INCOMING
from lienthong.documents.proposals import initial_values
from lienthong.exports import tables
from lienthong.exports.books import table_of
from lienthong.files import integrity
from lienthong.files.models import StoredFile
from lienthong.files.operations import read_text, receive
from lienthong.journal.models import Event
from lienthong.journal.operations import seal
from lienthong.journal.verification import verify as verify_journal
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.numbering.queries import balance
from lienthong.site.stories.office import SmallOffice, found_small_office
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item, accept, finish, report, verify

UNKNOWN = "(chưa rõ)"
READABLE = (".txt", ".pdf", ".docx", ".html")
Summary = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """What the story counts on its way."""

    refused: list[list[str]] = field(default_factory=list)
    proposed: Counter[str] = field(default_factory=Counter)
    completed_by_hand: int = 0
    doubles: int = 0


def play(folder: Path, *, at: dt.datetime) -> Summary:
    """Play the story on every readable file of a folder, in the order of their names; return what came of it."""
    office = found_small_office(at=at)
    tally = Tally()
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in READABLE)
    if not files:
        raise Refusal(f"Trong {folder} không có tệp nào đọc được ({', '.join(READABLE)}).")
    minute = dt.timedelta(minutes=1)
    for number, path in enumerate(files):
        _one(office, path, tally, at=at + number * minute)
    _work(office, at=at + len(files) * minute)
    return {"files": len(files), **_told(tally), **_came_of_it(office, at=at + dt.timedelta(days=1))}


def _one(office: SmallOffice, path: Path, tally: Tally, *, at: dt.datetime) -> None:
    try:
        with path.open("rb") as file:
            stored = receive(iter(lambda: file.read(1 << 16), b""), name=path.name, actor=office.clerk, at=at)
        intake = read(take_in(stored, actor=office.clerk, at=at), read_text(stored, at=at))
        _register(office, intake, tally, at=at)
    except Refusal as refusal:
        tally.refused.append([path.name, refusal.message])


def _register(office: SmallOffice, intake: Intake, tally: Tally, *, at: dt.datetime) -> None:
    values = {name: value for name, value in initial_values(intake.proposals, on=local_date(at)).items() if value}
    tally.proposed.update(values.keys())
    if not {"issuer", "abstract"} <= values.keys():
        tally.completed_by_hand += 1
    particulars = Particulars(**{"issuer": UNKNOWN, "abstract": UNKNOWN, **values})
    arrival = Arrival(particulars=particulars, files=_files(intake), intake=intake)
    try:
        arrive(office.book, arrival, actor=office.clerk, at=at)
    except Refusal as refusal:
        if refusal.field != "accepts_double":
            raise
        tally.doubles += 1
        again = Arrival(particulars=particulars, files=_files(intake), intake=intake, accepts_double=True)
        arrive(office.book, again, actor=office.clerk, at=at)


def _files(intake: Intake) -> list[StoredFile]:
    return [intake.file] if intake.file else []


def _work(office: SmallOffice, *, at: dt.datetime) -> None:
    """The leader instructs what no rule took; the divisions work; the leader verifies."""
    waiting = IncomingDocument.objects.visible_to(office.leader).filter(state=IncomingDocument.State.REGISTERED)
    unit = next(iter(office.heads.values())).post.unit
    for document in waiting.order_by("pk"):
        item = Item(title=document.abstract[:500], lead_unit=unit, due=Due.within(5))
        instruct(document, text="Chuyển xử lý", items=[item], key=uuid.uuid4(), actor=office.leader, at=at)
    for task in Task.objects.filter(state=Task.State.ASSIGNED).order_by("pk"):
        head = office.heads[task.lead_unit_id]
        accept(task, actor=head, at=at)
        report(task, text="Đang thực hiện", percent=50, actor=head, at=at)
        finish(task, text="Đã giải quyết xong", actor=head, at=at)
        verify(task, actor=office.leader, at=at)


def _told(tally: Tally) -> Summary:
    return {
        "refused": tally.refused,
        "proposed": dict(sorted(tally.proposed.items())),
        "completed_by_hand": tally.completed_by_hand,
        "doubles": tally.doubles,
    }


def _came_of_it(office: SmallOffice, *, at: dt.datetime) -> Summary:
    documents = IncomingDocument.objects.visible_to(office.clerk)
    since, until = dt.date(local_date(at).year, 1, 1), local_date(at)
    book = table_of(INCOMING, office.book, since=since, until=until)
    sheet, pdf = io.BytesIO(), io.BytesIO()
    tables.write(book, "xlsx", sheet, lambda _: None)
    tables.write(book, "pdf", pdf, lambda _: None)
    seal(at=at)
    broken = [f"{one.where}: {one.what}" for one in verify_journal()]
    return {
        "registered": documents.count(),
        "settled": documents.filter(state=IncomingDocument.State.SETTLED).count(),
        "tasks": Task.objects.count(),
        "tasks_done": Task.objects.filter(state=Task.State.DONE).count(),
        "book": {"rows": book.total, "xlsx_bytes": sheet.tell(), "pdf_bytes": pdf.tell()},
        "journal": {
            "events": Event.objects.count(),
            "faults": broken,
        },
        "numbering": {"faults": [f"{one.series} {one.period}: {one.what}" for one in balance()]},
        "files_check": {"faults": [str(one) for one in integrity.check()]},
    }
