"""Number and date in one transaction, and what follows from them."""

from __future__ import annotations

import datetime as dt
import uuid

import pypdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lienthong.documents.models import Book, IncomingDocument, Intake
from lienthong.documents.operations.delivery import confirm_destroyed
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.intake import discard
from lienthong.documents.operations.registration import open_book, register
from lienthong.documents.operations.routing import reopen, send_back
from lienthong.documents.particulars import Particulars
from lienthong.documents.proposals import initial_values
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.files.storage import storage
from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.numbering.queries import balance
from lienthong.organisation.models import Unit
from lienthong.organisation.operations import succeed
from lienthong.outgoing.models import Dispatch, Draft, OutgoingDocument
from lienthong.outgoing.operations.books import open_outgoing_book
from lienthong.outgoing.operations.dispatching import note_returned, note_sent
from lienthong.outgoing.operations.drafting import Source
from lienthong.outgoing.operations.issuing import issue, redirect_recipient
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.tests.builders import issued_document, make_draft, open_books, signed_draft
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item, accept, assign
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _books(cast: Cast) -> None:
    open_books(cast)


def text_of(document: OutgoingDocument) -> str:
    assert document.pdf is not None
    with storage().open(document.pdf.blob.path) as stream:
        return "".join(page.extract_text() for page in pypdf.PdfReader(stream).pages)


def intake_at(unit: Unit) -> Intake:
    return Intake.objects.get(agency=unit)


def test_the_clerk_gives_number_date_and_symbol(cast: Cast) -> None:
    document = issue(signed_draft(cast), copies=3, actor=cast.clerk, at=AT)
    assert (document.number, document.symbol, document.issue_date) == (1, "01/BC-STTTT", MONDAY)
    assert (document.signer, document.signer_title) == ("Nguyễn Hoàng Minh", "Giám đốc")
    assert document.draft.state == "issued"
    assert balance() == []


def test_a_letter_names_the_drafting_unit_in_its_symbol(cast: Cast) -> None:
    assert issue(signed_draft(cast, code="cong-van"), actor=cast.clerk, at=AT).symbol == "01/STTTT-CNTT"


def test_issuing_takes_at_most_twenty_queries(cast: Cast) -> None:
    draft = signed_draft(cast)
    with CaptureQueriesContext(connection) as asked:
        issue(draft, actor=cast.clerk, at=AT)
    queries = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(queries) <= 20, "\n".join(queries)


def test_two_clerks_who_issue_one_draft_make_one_document(cast: Cast) -> None:
    draft = signed_draft(cast)
    first = issue(draft, request_key=uuid.uuid4(), actor=cast.clerk, at=AT)
    assert issue(draft, request_key=uuid.uuid4(), actor=cast.clerk, at=AT) == first
    assert OutgoingDocument.objects.count() == 1


def test_nobody_but_a_clerk_of_the_agency_issues(cast: Cast) -> None:
    draft = signed_draft(cast)
    for actor in (cast.specialist, cast.health_clerk, cast.leader):
        with pytest.raises(Forbidden):
            issue(draft, actor=actor, at=AT)
    assert not OutgoingDocument.objects.exists()


def test_without_a_book_nothing_is_numbered(cast: Cast) -> None:
    draft = signed_draft(cast)
    cast.stttt.outgoing_books.update(closed_at=AT)
    with pytest.raises(Refusal, match="chưa mở sổ"):
        issue(draft, actor=cast.clerk, at=AT)


def test_a_type_with_a_book_of_its_own_has_numbers_of_its_own(cast: Cast) -> None:
    open_outgoing_book(cast.stttt, name="Sổ quyết định", types=["quyet-dinh"], actor=None, at=AT)
    issue(signed_draft(cast), actor=cast.clerk, at=AT)
    assert issue(signed_draft(cast, code="quyet-dinh"), actor=cast.clerk, at=AT).symbol == "01/QĐ-STTTT"
    assert issue(signed_draft(cast), actor=cast.clerk, at=AT).symbol == "02/BC-STTTT"


def test_numbers_begin_again_each_year(cast: Cast) -> None:
    issue(signed_draft(cast), actor=cast.clerk, at=AT)
    new_year = AT.replace(year=2015, month=1, day=5)
    assert issue(signed_draft(cast), actor=cast.clerk, at=new_year).symbol == "01/BC-STTTT"


def test_what_was_issued_never_changes(cast: Cast) -> None:
    document = issued_document(cast)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        OutgoingDocument.objects.filter(pk=document.pk).update(abstract="Khác")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        OutgoingDocument.objects.filter(pk=document.pk).update(pdf=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        document.delete()


def test_publishing_makes_the_pdf_once_and_delivers_it(cast: Cast) -> None:
    document = issued_document(cast)
    assert (document.state, document.pages) == ("published", 1)
    assert "01/BC-STTTT" in text_of(document)
    assert "ngày 10 tháng 3 năm 2014" in " ".join(text_of(document).split())
    before = document.pdf
    assert publish(document, at=AT + dt.timedelta(hours=1)).pdf == before
    assert Intake.objects.count() == 1
    assert {one.recipient.way: one.state for one in document.dispatches.all()} == {
        "system": "sent",
        "post": "waiting",
        "file": "kept",
    }
    told = [entry.sentence for entry in timeline(document.draft.subject)]
    assert "Hệ thống phát hành, gửi 1 nơi nhận, 1 nơi nhận chờ gửi ngoài hệ thống" in told
    assert document.dispatches.get(recipient__way="file").sent_at is None


def test_a_process_killed_between_number_and_send_loses_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    document = issue(signed_draft(cast), actor=cast.clerk, at=AT)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("lienthong.outgoing.operations.publishing.deliver", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(document, at=AT)
    document.refresh_from_db()
    assert (document.state, document.pdf is not None) == ("issued", True)
    assert publish(document, at=AT).state == "published"
    assert intake_at(cast.ubnd).sender is not None


def test_the_receiver_registers_it_without_retyping_and_the_sender_sees_the_number(cast: Cast) -> None:
    document = issued_document(cast)
    intake = intake_at(cast.ubnd)
    values = initial_values(intake.proposals, on=MONDAY)
    assert (values["symbol"], values["issuer"], values["channel"]) == (document.symbol, cast.stttt.name, "exchange")
    book = open_book(cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT)
    incoming = register(book, Particulars(**values), intake=intake, actor=cast.province_clerk, at=AT)
    (dispatch,) = document.dispatches.filter(recipient__way="system")
    assert (dispatch.state, dispatch.incoming_id, dispatch.arrival_number) == ("registered", incoming.pk, 1)


def test_a_receiver_who_sends_it_back_tells_why(cast: Cast) -> None:
    document = issued_document(cast)
    discard(intake_at(cast.ubnd), reason="Gửi nhầm nơi", actor=cast.province_clerk, at=AT)
    (dispatch,) = document.dispatches.filter(recipient__way="system")
    assert (dispatch.state, dispatch.reason) == ("returned", "Gửi nhầm nơi")
    told = Notice.objects.filter(kind="outgoing.came_back").values_list("post", flat=True)
    assert {cast.clerk.post.pk, cast.specialist.post.pk} <= set(told)


def test_what_goes_by_post_waits_for_the_clerk(cast: Cast) -> None:
    document = issued_document(cast)
    (dispatch,) = document.dispatches.filter(recipient__way="post")
    with pytest.raises(Forbidden):
        note_sent(dispatch, actor=cast.specialist, at=AT)
    assert note_sent(dispatch, tracking="RR123VN", actor=cast.clerk, at=AT).state == "sent"
    with pytest.raises(Refusal, match="trước đó"):
        note_sent(dispatch, actor=cast.clerk, at=AT)
    assert note_returned(dispatch, reason="Sai địa chỉ", actor=cast.clerk, at=AT).state == "returned"


def test_a_recalled_document_leaves_the_counter(cast: Cast) -> None:
    document = issued_document(cast)
    with pytest.raises(Forbidden):
        recall(document, reason="Sai", actor=cast.clerk, at=AT)
    with pytest.raises(Refusal):
        recall(document, reason=" ", actor=cast.leader, at=AT)
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    document.refresh_from_db()
    assert (document.state, intake_at(cast.ubnd).state) == ("recalled", "withdrawn")
    assert document.pdf is not None
    assert {one.state for one in Dispatch.objects.filter(document=document, recipient__way="system")} == {"withdrawn"}


def test_who_registered_a_recalled_document_destroys_the_copy_and_tells(cast: Cast) -> None:
    document = issued_document(cast)
    intake = intake_at(cast.ubnd)
    book = open_book(cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT)
    particulars = Particulars(**initial_values(intake.proposals, on=MONDAY))
    assert intake.file is not None
    incoming = register(book, particulars, files=[intake.file], intake=intake, actor=cast.province_clerk, at=AT)
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    incoming.refresh_from_db()
    with pytest.raises(Forbidden):
        confirm_destroyed(incoming, actor=cast.office_specialist, at=AT)
    confirm_destroyed(incoming, actor=cast.province_clerk, at=AT)
    incoming.refresh_from_db()
    assert incoming.state == IncomingDocument.State.RETURNED
    assert document.dispatches.get(recipient__way="system").state == "withdrawn"
    assert text_of(OutgoingDocument.objects.get(pk=document.pk))
    told = Notice.objects.filter(kind="outgoing.copy_destroyed").values_list("post", flat=True)
    assert set(told) == {cast.clerk.post.pk, cast.leader.post.pk}


def test_who_works_on_a_recalled_document_hears_of_it_and_it_stays_gone(cast: Cast) -> None:
    document = issued_document(cast)
    book = open_book(cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT)
    intake = intake_at(cast.ubnd)
    particulars = Particulars(**initial_values(intake.proposals, on=MONDAY))
    incoming = register(book, particulars, intake=intake, actor=cast.province_clerk, at=AT)
    item = Item(title="Xem xét", lead_unit=cast.vp, lead_post=cast.office_specialist.post, due=Due.on(MONDAY))
    (task,) = instruct(incoming, text="Xem xét", items=[item], key=uuid.uuid4(), actor=cast.province_leader, at=AT)
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    told = Notice.objects.filter(kind="incoming.recalled").values_list("post", flat=True)
    assert cast.office_specialist.post.pk in told
    confirm_destroyed(incoming, actor=cast.province_clerk, at=AT)
    accept(task, actor=cast.office_specialist, at=AT)
    incoming.refresh_from_db()
    assert incoming.state == IncomingDocument.State.RETURNED
    with pytest.raises(Forbidden):
        reopen(incoming, reason="Nhầm", actor=cast.province_clerk, at=AT)


def test_a_delivery_sent_back_by_mistake_stands_again_at_the_sender(cast: Cast) -> None:
    document = issued_document(cast)
    book = open_book(cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT)
    intake = intake_at(cast.ubnd)
    particulars = Particulars(**initial_values(intake.proposals, on=MONDAY))
    incoming = register(book, particulars, intake=intake, actor=cast.province_clerk, at=AT)
    send_back(incoming, reason="Gửi nhầm", actor=cast.province_clerk, at=AT)
    assert document.dispatches.get(recipient__way="system").state == "returned"
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    reopen(incoming, reason="Trả nhầm", actor=cast.province_clerk, at=AT)
    dispatch = document.dispatches.get(recipient__way="system")
    assert (dispatch.state, dispatch.reason) == ("registered", "")
    incoming.refresh_from_db()
    assert incoming.recalled_at is not None


def test_an_answer_stands_in_the_follow_up_book_and_finishes_the_task(cast: Cast) -> None:
    book: Book = make_book(cast)
    incoming = make_document(book, cast.clerk)
    item = Item(
        title="Báo cáo kết quả", lead_unit=cast.cntt, lead_post=cast.specialist.post, due=Due.on(dt.date(2014, 3, 20))
    )
    (task,) = assign(incoming.subject, [item], key=uuid.uuid4(), actor=cast.leader, at=AT)
    sources = [Source("answers", incoming.subject), Source("closes", task.subject)]
    draft = signed_draft(cast, sources=sources)
    assert draft.due_at == task.due_at
    document = publish(issue(draft, actor=cast.clerk, at=AT), at=AT)
    incoming.refresh_from_db()
    task.refresh_from_db()
    assert incoming.answer_symbol == document.symbol
    assert (task.state, task.is_late) == (Task.State.REPORTED, False)
    publish(document, at=AT)
    assert Task.objects.get(pk=task.pk).state == Task.State.REPORTED
    sentences = [entry.sentence for entry in timeline(incoming.subject)]
    assert any(document.symbol in sentence for sentence in sentences)


def test_a_correction_is_a_letter_and_a_replacement_takes_the_place(cast: Cast) -> None:
    wrong = issued_document(cast)
    issued_document(cast, code="cong-van", sources=[Source("corrects", wrong.subject)])
    wrong.refresh_from_db()
    assert (wrong.state, wrong.corrections.count()) == ("corrected", 1)
    issued_document(cast, sources=[Source("replaces", wrong.subject)])
    wrong.refresh_from_db()
    assert (wrong.state, wrong.replaced_by.new.symbol) == ("replaced", "03/BC-STTTT")
    with pytest.raises(Refusal, match="01/BC-STTTT đã được thay thế"):
        make_draft(cast.specialist, sources=[Source("replaces", wrong.subject)])


def test_a_recipient_that_was_merged_away_is_found_before_the_number(cast: Cast) -> None:
    draft = signed_draft(cast)
    later = dt.date(2014, 4, 1)
    succeed(
        kind="merge", predecessors=[cast.ubnd], successors=[cast.district], on=later, source="NQ", actor=None, at=AT
    )
    Unit.objects.filter(pk=cast.ubnd.pk).update(valid_to=later)
    after = AT.replace(month=4, day=7)
    with pytest.raises(Refusal, match="chuyển sang Ủy ban nhân dân huyện Tuy Phong"):
        issue(draft, actor=cast.clerk, at=after)
    recipient = draft.recipients.get(way="system")
    with pytest.raises(Refusal, match="không kế thừa"):
        redirect_recipient(recipient, cast.soyte, actor=cast.clerk, at=after)
    redirect_recipient(recipient, cast.district, actor=cast.clerk, at=after)
    document = publish(issue(draft, actor=cast.clerk, at=after), at=after)
    assert document.number == 1
    assert intake_at(cast.district).sender is not None


def test_who_reads_the_draft_and_the_agency_read_the_document(cast: Cast) -> None:
    document = issued_document(cast)
    for actor in (cast.specialist, cast.leader, cast.clerk):
        assert OutgoingDocument.objects.visible_to(actor).filter(pk=document.pk).exists()
    for actor in (cast.outsider, cast.editor):
        assert not OutgoingDocument.objects.visible_to(actor).filter(pk=document.pk).exists()
    assert Draft.objects.get(pk=document.draft_id).document == document
