"""An answer to a decision: through three reviewers and back, signed by a deputy, numbered, sent, returned, recalled."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from lienthong.documents.models import Book, IncomingDocument, Intake
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.intake import discard
from lienthong.documents.operations.registration import open_book, register
from lienthong.documents.particulars import Particulars
from lienthong.documents.proposals import initial_values
from lienthong.documents.queries.books import follow_up_rows
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.journal.queries import timeline
from lienthong.journal.verification import verify
from lienthong.numbering.queries import balance
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, OutgoingDocument, ReviewStep
from lienthong.outgoing.operations.dispatching import note_sent
from lienthong.outgoing.operations.drafting import Source, save
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.reviewing import Station, agree, send_back
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.tests.builders import WORDING, make_draft, open_books, put_before
from lienthong.outgoing.wording import Wording
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item
from lienthong.tasks.operations import verify as confirm
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db
MENDED = Wording(abstract=WORDING.abstract, addressees=WORDING.addressees, body=WORDING.body.replace("214", "215"))


def after(**time: float) -> dt.datetime:
    return AT + dt.timedelta(**time)


def turn(draft: Draft, actor: Actor) -> ReviewStep:
    return draft.steps.get(state="current", post=actor.post)


def task_on(cast: Cast, document: IncomingDocument) -> Task:
    due = Due.on(dt.date(2014, 3, 20))
    item = Item(title="Báo cáo rà soát", lead_unit=cast.cntt, lead_post=cast.specialist.post, due=due)
    text = "Phòng CNTT tham mưu báo cáo"
    (task,) = instruct(document, text=text, items=[item], key=uuid.uuid4(), actor=cast.leader, at=AT)
    return task


def sent_answer(cast: Cast, sources: list[Source]) -> OutgoingDocument:
    """The answer from its first line to the counters of four agencies."""
    draft = make_draft(cast.specialist, sources=sources)
    agencies = [cast.ubnd, cast.soyte, cast.district, cast.commune]
    lines = [Line(line=agency.name, way="system", unit=agency) for agency in agencies]
    lines += [
        Line(line="Công ty cổ phần Mẫu", way="post", address="12 Trần Hưng Đạo, Phan Thiết"),
        Line(line="Hội Tin học (hư cấu)", way="email", email="hoi@example.com"),
        Line(line="Lưu: VT, CNTT", way="file"),
    ]
    set_recipients(draft, lines, actor=cast.specialist, at=AT)
    way = [
        Station(1, cast.division_head.post),
        Station(2, cast.second_division_head.post, ReviewStep.Purpose.OPINION),
        Station(3, cast.clerk.post, ReviewStep.Purpose.FORM),
    ]
    put_before(cast, draft, cast.deputy_leader, *way, actor=cast.specialist)
    agree(turn(draft, cast.division_head), actor=cast.division_head, at=after(hours=1))
    agree(
        turn(draft, cast.second_division_head), opinion="Nhất trí", actor=cast.second_division_head, at=after(hours=2)
    )
    send_back(turn(draft, cast.clerk), reason="Số liệu mục 1", actor=cast.clerk, at=after(hours=3))
    save(draft, MENDED, number=1, revision=1, actor=cast.specialist, at=after(hours=4))
    put_before(cast, draft, cast.deputy_leader, *way, actor=cast.specialist)
    for actor in (cast.division_head, cast.second_division_head, cast.clerk):
        agree(turn(draft, actor), actor=actor, at=after(hours=5))
    sign(draft, version=2, actor=cast.deputy_leader, at=after(hours=6))
    document = issue(draft, actor=cast.clerk, at=after(hours=6))
    return publish(document, at=after(hours=6))


def test_an_answer_goes_its_whole_way_and_each_timeline_tells_it(cast: Cast) -> None:
    open_books(cast)
    book: Book = make_book(cast)
    incoming = make_document(book, cast.clerk)
    task = task_on(cast, incoming)
    document = sent_answer(cast, [Source("answers", incoming.subject), Source("closes", task.subject)])

    assert document.symbol == "01/BC-STTTT"
    assert (document.signer, document.signature.lines) == ("Trần Thị Thu Hà", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"])
    (row,) = follow_up_rows(book, since=MONDAY, until=MONDAY)
    assert row.cells[5] == document.symbol
    confirm(Task.objects.get(pk=task.pk), actor=cast.leader, at=after(hours=7))
    incoming.refresh_from_db()
    assert incoming.state == IncomingDocument.State.SETTLED

    intake = Intake.objects.get(agency=cast.ubnd)
    theirs = open_book(cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT)
    particulars = Particulars(**initial_values(intake.proposals, on=MONDAY))
    register(theirs, particulars, intake=intake, actor=cast.province_clerk, at=after(hours=7))
    wrong = Intake.objects.get(agency=cast.soyte)
    discard(wrong, reason="Không thuộc thẩm quyền", actor=cast.health_clerk, at=after(hours=7))
    note_sent(document.dispatches.get(recipient__way="post"), actor=cast.clerk, at=after(hours=7))
    recall(document, reason="Sai số liệu", actor=cast.leader, at=after(hours=8))
    states = {one.recipient.line: one.state for one in document.dispatches.select_related("recipient")}
    assert states[cast.ubnd.name] == "registered"
    assert states[cast.soyte.name] == "returned"
    assert states[cast.district.name] == states[cast.commune.name] == "withdrawn"

    told = [entry.sentence for entry in timeline(document.draft.subject, limit=50)]
    for words in ("bắt đầu soạn", "trả lại cho Phạm Ngọc Ánh", "ký phiên bản 2", "cấp số 01/BC-STTTT", "thu hồi"):
        assert any(words in sentence for sentence in told), words
    assert any("01/BC-STTTT" in entry.sentence for entry in timeline(incoming.subject, limit=50))
    assert any("01/BC-STTTT" in entry.sentence for entry in timeline(task.subject, limit=50)) or task.reports.exists()
    assert balance() == []
    assert list(verify()) == []
