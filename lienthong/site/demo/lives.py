"""What happens to a document and to the tasks on it; each ``yield`` waits some working hours."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.operations.answer import note_answer
from lienthong.documents.operations.arrival import Arrival, arrive
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.routing import file_away, forward, send_back
from lienthong.documents.particulars import Particulars
from lienthong.documents.proposals import initial_values
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import OutgoingDocument
from lienthong.outgoing.operations.drafting import Source
from lienthong.site.demo.content import documents_file
from lienthong.site.demo.days import Days, Life
from lienthong.site.demo.papers import FRESH, letter_file
from lienthong.site.demo.province import Division, Office
from lienthong.site.demo.sending import intakes_of, paper_life
from lienthong.site.demo.writing import Paper, answer_to
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import (
    Item,
    accept,
    cancel,
    decide_extension,
    finish,
    pass_on,
    report,
    request_extension,
    resume,
    return_work,
    suspend,
    verify,
)
from lienthong.tasks.operations import forward as forward_task
from lienthong.tasks.operations import send_back as send_back_task

ANSWERED = 0.4
"""Which share of what asks for an answer and is settled by a specialist is answered by a document issued here."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A document on its way to an office: what it says, who should settle it, and in how many working days."""

    particulars: Particulars
    lead: str
    working_days: int


def document_life(days: Days, office: Office, letter: Letter) -> Life:
    """Register a letter, put it before a leader, let the instruction become a task."""
    rng = days.rng
    at = yield 0
    leader = rng.choice(office.leaders)
    at_once = rng.random() < 0.85
    is_fresh = days.until - at < FRESH
    files = [letter_file(letter.particulars, rng=rng, actor=office.clerk, at=at)] if is_fresh else []
    arrival = Arrival(
        particulars=letter.particulars,
        files=files,
        leader=leader.post if at_once else None,
        request_key=uuid.UUID(int=rng.getrandbits(128), version=4),
    )
    document = arrive(office.book, arrival, actor=office.clerk, at=at)
    if document.state == IncomingDocument.State.IN_PROGRESS:
        yield from _by_rule(days, document, office)
        return
    if not at_once:
        at = yield rng.uniform(1, 12)
        if _is_stray(rng):
            send_back(document, reason="Gửi nhầm nơi nhận", actor=office.clerk, at=at)
            return
        forward(document, leader.post, actor=office.clerk, at=at)
    at = yield rng.uniform(1, 18)
    division = office.divisions.get(letter.lead)
    if division is None or letter.working_days == 0:
        file_away(document, reason="Để biết", actor=leader, at=at)
        return
    task = _instructed(document, office, division, letter, leader, rng, at)
    at = yield rng.uniform(0.5, 6)
    yield from task_life(days, task, document, division, leader, at)


def piece_life(days: Days, paper: Paper, division: Division) -> Life:
    """Let an office write something by itself, and the receivers register it."""
    at = yield 0
    document = yield from paper_life(days, paper, division, days.rng.choice(division.specialists), at)
    hand_over(days, document, division.office)


def hand_over(days: Days, document: OutgoingDocument, office: Office) -> None:
    """Let the receivers on the system find a document at their counters."""
    receivers = {one.unit.pk: one for one in office.neighbours.values()}
    for intake in intakes_of(document):
        days.begin(receiving_life(days, receivers[intake.agency_id], intake), document.issued_at)


def receiving_life(days: Days, office: Office, intake: Intake) -> Life:
    """Register what another office delivered, without retyping; a leader reads it or gives it to a division."""
    rng = days.rng
    yield 0
    at = yield rng.uniform(0.5, 5)
    leader = rng.choice(office.leaders)
    arrival = Arrival(
        particulars=Particulars(**initial_values(intake.proposals, on=local_date(at))),
        files=[intake.file] if intake.file else [],
        intake=intake,
        accepts_double=True,
        leader=leader.post,
        request_key=uuid.UUID(int=rng.getrandbits(128), version=4),
    )
    document = arrive(office.book, arrival, actor=office.clerk, at=at)
    at = yield rng.uniform(1, 12)
    document.refresh_from_db()
    if document.recalled_at or document.state != IncomingDocument.State.FORWARDED:
        return
    if not office.divisions or rng.random() < 0.6:
        file_away(document, reason="Để biết", actor=leader, at=at)
        return
    name = rng.choice(sorted(office.divisions))
    letter = Letter(arrival.particulars, name, rng.randrange(4, 12))
    task = _instructed(document, office, office.divisions[name], letter, leader, rng, at)
    at = yield rng.uniform(0.5, 6)
    yield from task_life(days, task, None, office.divisions[name], leader, at)


def task_life(
    days: Days, task: Task, document: IncomingDocument | None, division: Division, leader: Actor, at: dt.datetime
) -> Generator[float, dt.datetime, None]:
    """Let a division head take a task, a specialist work on it, and the leader verify it; not always in time."""
    rng, words = days.rng, documents_file()["words"]
    specialist = rng.choice(division.specialists)
    if rng.random() < 0.03:
        send_back_task(task, reason="Không thuộc nhiệm vụ của phòng", actor=division.head, at=at)
        at = yield rng.uniform(2, 30)
        forward_task(task, to=division.unit, reason="Vẫn giao phòng theo quy chế làm việc", actor=leader, at=at)
        at = yield rng.uniform(1, 6)
    if rng.random() < 0.015:
        cancel(task, reason="Nội dung đã gộp vào việc khác", actor=leader, at=at)
        return
    accept(task, actor=division.head, at=at)
    doer = division.head
    if rng.random() < 0.8:
        at = yield rng.uniform(0.5, 4)
        task = pass_on(task, to=specialist.post, actor=division.head, at=at)
        at = yield rng.uniform(0.5, 6)
        accept(task, actor=specialist, at=at)
        doer = specialist
    at = yield rng.uniform(3, 20)
    report(task, text=rng.choice(words["notes"]), percent=rng.choice((20, 30, 50, 60, 80)), actor=doer, at=at)
    if rng.random() < 0.03:
        suspend(task, reason="Chờ ý kiến của cơ quan cấp trên", actor=leader, at=at)
        at = yield rng.uniform(16, 60)
        resume(task, actor=leader, at=at)
        task.refresh_from_db()
    if task.due_at and rng.random() < 0.12 and at < task.due_at:
        at = yield from _extend(days, task, doer, leader, at)
    at = yield _hours_to_the_end(days, task, at, rng)
    if document and _asks(document) and task.lead_post_id == doer.post.pk and rng.random() < ANSWERED:
        at = yield from _answer(days, document, task, division, doer, at)
        verify(task, actor=leader, at=at)
        return
    late = bool(task.due_at and at > task.due_at)
    reason = rng.choice(words["delays"]) if late else ""
    finish(task, text=rng.choice(words["results"]), delay_reason=reason, actor=doer, at=at)
    at = yield rng.uniform(1, 16)
    if rng.random() < 0.07:
        return_work(task, reason="Bổ sung số liệu của các huyện", actor=leader, at=at)
        at = yield rng.uniform(4, 16)
        late = bool(task.due_at and at > task.due_at)
        finish(task, text="Đã bổ sung", delay_reason="Phải bổ sung số liệu" if late else "", actor=doer, at=at)
        at = yield rng.uniform(1, 8)
    if document and task.lead_post_id == doer.post.pk:
        answer = f"{rng.randrange(40, 900)}/{document.agency.symbol}-{division.unit.symbol}"
        note_answer(document, symbol=answer, actor=doer, at=at)
    verify(task, actor=leader, at=at)


def _asks(document: IncomingDocument) -> bool:
    """Tell whether a document is of a type that asks for an answer."""
    return document.document_type is not None and document.document_type.code in ("cong-van", "to-trinh")


def _answer(
    days: Days, document: IncomingDocument, task: Task, division: Division, doer: Actor, at: dt.datetime
) -> Generator[float, dt.datetime, dt.datetime]:
    """Write the answer to a document: its issue finishes the task."""
    sources = [Source("answers", document.subject), Source("closes", task.subject)]
    paper = answer_to(document, division, sources, days.rng)
    answer = yield from paper_life(days, paper, division, doer, at)
    hand_over(days, answer, division.office)
    return (yield days.rng.uniform(1, 16))


def _by_rule(days: Days, document: IncomingDocument, office: Office) -> Generator[float, dt.datetime, None]:
    """Go on with a document that a standing rule has sent to a division already."""
    task = Task.objects.select_related("lead_unit").get(subject_kind="incoming", subject_id=document.pk)
    division = next(one for one in office.divisions.values() if one.unit.pk == task.lead_unit_id)
    at = yield days.rng.uniform(0.5, 6)
    yield from task_life(days, task, document, division, office.leaders[0], at)


def _is_stray(rng: random.Random) -> bool:
    return rng.random() < 0.12


def _instructed(
    document: IncomingDocument,
    office: Office,
    division: Division,
    letter: Letter,
    leader: Actor,
    rng: random.Random,
    at: dt.datetime,
) -> Task:
    others = [other.unit for name, other in office.divisions.items() if name != letter.lead]
    helpers = rng.sample(others, k=1) if others and rng.random() < 0.3 else []
    text = rng.choice(documents_file()["words"]["instructions"]).format(lead=division.unit.short_name)
    due = Due.within(max(2, letter.working_days + rng.randrange(-2, 4)))
    item = Item(
        title=sentence(document.abstract.removeprefix("V/v "))[:500],
        lead_unit=division.unit,
        due=due,
        co_workers=helpers,
        product="Văn bản trả lời" if rng.random() < 0.6 else "",
    )
    key = uuid.UUID(int=rng.getrandbits(128), version=4)
    return instruct(document, text=text, items=[item], key=key, actor=leader, at=at)[0]


def _extend(
    days: Days, task: Task, doer: Actor, leader: Actor, at: dt.datetime
) -> Generator[float, dt.datetime, dt.datetime]:
    assert task.due_at is not None  # noqa: S101 - asked by the caller
    until = local_date(task.due_at) + dt.timedelta(days=7)
    asked = request_extension(task, until=until, reason="Chờ ý kiến các huyện", actor=doer, at=at)
    at = yield days.rng.uniform(1, 6)
    granted = days.rng.random() < 0.8
    decide_extension(asked, granted=granted, note="" if granted else "Giữ thời hạn đã giao", actor=leader, at=at)
    task.refresh_from_db()
    return at


def _hours_to_the_end(days: Days, task: Task, at: dt.datetime, rng: random.Random) -> float:
    """Return when it will be finished: mostly before the deadline, sometimes after, now and then long after."""
    if task.due_at is None:
        return rng.uniform(20, 80)
    left = max(2.0, days.hours_between(at, task.due_at))
    share = rng.choices((0.35, 0.6, 0.75, 1.6, 3.5), weights=(18, 26, 26, 20, 10))[0]
    return left * share


def sentence(text: str) -> str:
    """Return a text with a capital first letter, proper names left as they are."""
    return text[:1].upper() + text[1:]


def letters_of(
    stream: dict[str, Any], rng: random.Random, day: dt.date, types: dict[str, DocumentType]
) -> list[Letter]:
    """Invent the letters that reach an office on a day."""
    count = int(stream["per_day"]) + (rng.random() < stream["per_day"] % 1)
    return [_letter(stream, rng, day, types) for _ in range(count)]


def _letter(stream: dict[str, Any], rng: random.Random, day: dt.date, types: dict[str, DocumentType]) -> Letter:
    issuer, symbol = rng.choice(stream["issuers"])
    kind, abstract, lead, working_days = rng.choice(stream["subjects"])
    written = day - dt.timedelta(days=rng.randrange(1, 6))
    abbreviation = types[kind].abbreviation if kind in types else ""
    number = rng.randrange(1, 60 + written.timetuple().tm_yday * 4)
    place = rng.choice(documents_file()["words"]["places"])
    quarter = ("I", "II", "III", "IV")[(written.month - 1) // 3]
    urgency = rng.choices(IncomingDocument.Urgency.values, weights=(88, 8, 2, 2))[0]
    particulars = Particulars(
        symbol=f"{number:02}/{abbreviation}-{symbol}"
        if abbreviation
        else f"{number:02}/{symbol}-{rng.choice(('VX', 'TH', 'VP', 'KT'))}",
        issuer=issuer,
        document_date=written,
        document_type=types.get(kind),
        abstract=abstract.format(place=place, month=written.month, year=written.year, quarter=quarter),
        urgency=urgency,
        pages=rng.randrange(1, 12),
        channel=rng.choices(IncomingDocument.Channel.values, weights=(55, 20, 20, 5))[0],
    )
    return Letter(particulars, lead, working_days)
