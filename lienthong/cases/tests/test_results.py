"""What comes out of a case: drafted and issued as a document, or noted from a blank; it enters its register."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.cases import operations
from lienthong.cases.models import Case, CaseFigure, ResultPaper
from lienthong.cases.operations.resulting import results_of
from lienthong.cases.queries.recount import differences
from lienthong.cases.queries.result_files import by_token, files_of, token_of
from lienthong.cases.sync import facts_of
from lienthong.cases.tests.builders import VALUES, a_case
from lienthong.files.operations import receive
from lienthong.files.queries import attachments
from lienthong.journal.queries import history
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.numbering.queries import balance
from lienthong.outgoing.models import Draft, OutgoingBook, OutgoingDocument
from lienthong.outgoing.operations.books import open_outgoing_book
from lienthong.outgoing.operations.drafting import Source, begin, drop, take_up_again
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.tests.builders import WORDING, document_type, put_before
from lienthong.procedures.definition import Definition
from lienthong.registers.models import Entry
from lienthong.stationery.operations import load_stationery
from tests.cast import AT, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]
HOUR = dt.timedelta(hours=1)
KEY = "giay_khai_sinh"
WORDS = "Xét hồ sơ {code} của Trần Văn Nam nộp ngày 10/03/2014 về thủ tục Đăng ký khai sinh"


@pytest.fixture
def as_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the result of a birth be a decision that is drafted here, though it enters the register all the same."""
    whole = Definition.results_for

    def results_for(self: Definition, *given: object) -> list[object]:
        return [replace(one, document_type="quyet-dinh") for one in whole(self, *given)]  # type: ignore[arg-type]

    monkeypatch.setattr(Definition, "results_for", results_for)
    load_stationery(at=AT)


def _drafted(cast: Cast, case: Case) -> Draft:
    return operations.draft_result(case, KEY, actor=cast.registrar, at=AT)


def _issued(cast: Cast, draft: Draft) -> OutgoingDocument:
    """Have a draft of the registrar signed by the chairman and issued by the clerk."""
    if not OutgoingBook.objects.filter(agency=cast.commune).exists():
        open_outgoing_book(cast.commune, name="Sổ văn bản đi", actor=None, at=AT)
    set_recipients(draft, [Line(line="Lưu: VT", way="file")], actor=cast.registrar, at=AT)
    put_before(cast, draft, cast.commune_leader, actor=cast.registrar)
    draft.refresh_from_db()
    sign(draft, version=draft.version, actor=cast.commune_leader, at=AT)
    return publish(issue(draft, request_key=uuid.uuid4(), actor=cast.commune_clerk, at=AT + HOUR), at=AT + HOUR)


def _row(case: Case) -> ResultPaper:
    return case.results.get()


@pytest.mark.usefixtures("as_document")
def test_a_result_is_drafted_from_its_template_with_what_the_case_says(cast: Cast) -> None:
    case = a_case(cast)
    draft = _drafted(cast, case)
    version = draft.versions.get()
    assert WORDS.format(code=case.code) in version.body
    assert "Nơi sinh (tên cơ sở y tế, hoặc xã nơi sinh): Bệnh viện đa khoa Bắc Bình Thuận" in version.body
    assert draft.abstract.endswith("cho Trần Văn Nam")
    assert _row(case).draft_id == draft.pk
    assert "soạn văn bản kết quả" in history(case.subject)[0].sentence


@pytest.mark.usefixtures("as_document")
def test_drafting_is_refused_to_others_twice_and_by_hand(cast: Cast) -> None:
    case = a_case(cast)
    for actor in (cast.outsider, cast.commune_desk_officer):
        with pytest.raises(Forbidden):
            operations.draft_result(case, KEY, actor=actor, at=AT)
    with pytest.raises(Refusal, match="không có kết quả đó"):
        operations.draft_result(case, "khac", actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="Kết quả này là văn bản"):
        operations.write_result(case, KEY, symbol="1", signer="A", actor=cast.registrar, at=AT)
    _drafted(cast, case)
    with pytest.raises(Refusal, match="đang là dự thảo văn bản"):
        _drafted(cast, case)
    with pytest.raises(Refusal, match="đang là dự thảo văn bản"):
        operations.write_result(case, KEY, symbol="1", signer="A", elsewhere=True, actor=cast.registrar, at=AT)


def test_what_is_printed_on_a_blank_is_not_drafted(cast: Cast) -> None:
    with pytest.raises(Refusal, match="in trên phôi"):
        _drafted(cast, a_case(cast))


@pytest.mark.usefixtures("as_document")
def test_an_issued_document_writes_itself_into_the_case_and_enters_the_register(cast: Cast) -> None:
    case = a_case(cast)
    document = _issued(cast, _drafted(cast, case))
    row = _row(case)
    assert (row.symbol, row.signer, row.signed_at) == (document.symbol, "Đinh Công Tráng", AT)
    assert (row.document_id, row.is_digital) == (document.pk, True)
    assert [one.file for one in attachments(row.subject)] == [document.pdf]
    entry = Entry.objects.get()
    assert (entry.symbol, entry.paper, entry.origin) == (row.entry, document.symbol, case.code)
    assert entry.subject_id == row.pk
    said = " | ".join(one.sentence for one in history(case.subject))
    assert f"phát hành kết quả {row.name} số {document.symbol}, Đinh Công Tráng ký, vào sổ số 01/2014" in said
    with pytest.raises(Refusal, match="đã phát hành là văn bản"):
        operations.write_result(case, KEY, actor=cast.registrar, at=AT)
    publish(document, at=AT + HOUR)
    assert Entry.objects.count() == 1
    assert balance() == []


@pytest.mark.usefixtures("as_document")
def test_a_recalled_document_takes_its_number_off_and_the_result_waits_for_another(cast: Cast) -> None:
    case = a_case(cast)
    document = _issued(cast, _drafted(cast, case))
    recall(document, reason="Sai họ tên", actor=cast.commune_leader, at=AT + 2 * HOUR)
    row = _row(case)
    assert (row.symbol, row.document_id, row.entry, row.standing) == ("", None, "", "recalled")
    assert row.reason == f"{document.symbol}: Sai họ tên"
    assert attachments(row.subject) == []
    assert Entry.objects.get().state == Entry.State.VOID
    assert Notice.objects.filter(text__contains="đã bị thu hồi").exists()
    assert "thu hồi kết quả" in history(case.subject)[0].sentence
    operations.act(case, "propose", actor=cast.registrar, at=AT + 3 * HOUR)
    case = operations.act(case, "sign", actor=cast.commune_leader, at=AT + 3 * HOUR)
    with pytest.raises(Refusal, match="kết quả đã bị thu hồi, cần kết quả mới"):
        operations.hand_over(case, receiver="Trần Văn Nam", actor=cast.commune_desk_officer, at=AT + 4 * HOUR)


@pytest.mark.usefixtures("as_document")
def test_a_replacing_document_takes_the_place_of_the_old_one(cast: Cast) -> None:
    case = a_case(cast)
    old = _issued(cast, _drafted(cast, case))
    source = Source("replaces", old.subject)
    draft = begin(document_type("quyet-dinh"), WORDING, sources=[source], actor=cast.commune_clerk, at=AT + HOUR)
    set_recipients(draft, [Line(line="Lưu: VT", way="file")], actor=cast.commune_clerk, at=AT + HOUR)
    put_before(cast, draft, cast.commune_leader, actor=cast.commune_clerk)
    sign(draft, version=1, actor=cast.commune_leader, at=AT + HOUR)
    draft.refresh_from_db()
    new = publish(issue(draft, actor=cast.commune_clerk, at=AT + 2 * HOUR), at=AT + 2 * HOUR)
    row, entry = _row(case), Entry.objects.get()
    assert (row.symbol, row.document_id) == (new.symbol, new.pk)
    assert [one.file for one in attachments(row.subject)] == [new.pdf]
    assert (entry.paper, entry.state) == (new.symbol, Entry.State.IN_FORCE)
    recall(new, reason="Sai", actor=cast.commune_leader, at=AT + 3 * HOUR)
    assert _row(case).standing == "recalled"


@pytest.mark.usefixtures("as_document")
def test_a_dropped_draft_frees_the_result_and_only_one_document_is_issued(cast: Cast) -> None:
    case = a_case(cast)
    first = _drafted(cast, case)
    drop(first, reason="Viết lại", actor=cast.registrar, at=AT)
    assert _row(case).draft_id is None
    _issued(cast, _drafted(cast, case))
    take_up_again(first, actor=cast.registrar, at=AT)
    first.refresh_from_db()
    with pytest.raises(Refusal, match="đã phát hành là văn bản"):
        _issued(cast, first)


@pytest.mark.usefixtures("as_document")
def test_the_result_of_a_case_that_was_taken_back_is_not_issued(cast: Cast) -> None:
    case = a_case(cast)
    draft = _drafted(cast, case)
    operations.withdraw(case, reason="Không cần nữa", actor=cast.commune_desk_officer, at=AT)
    with pytest.raises(Refusal, match="đã kết thúc"):
        _issued(cast, draft)
    assert not OutgoingDocument.objects.exists()
    assert balance() == []


def _to_the_desk(cast: Cast, case: Case) -> Case:
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    return operations.act(case, "sign", actor=cast.commune_leader, at=AT)


def _noted(cast: Cast, case: Case, symbol: str = "12/2014") -> ResultPaper:
    signer = "Đinh Công Tráng" if symbol else ""
    return operations.write_result(
        case, KEY, symbol=symbol, signer=signer, actor=cast.commune_desk_officer, at=AT + HOUR
    )


def test_a_result_noted_from_a_blank_enters_once_and_leaves_when_it_is_a_draft_again(cast: Cast) -> None:
    case = _to_the_desk(cast, a_case(cast))
    assert _noted(cast, case).entry == "01/2014"
    assert _noted(cast, case, "13/2014").entry == "01/2014"
    assert Entry.objects.get().paper == "13/2014"
    assert _noted(cast, case, "").entry == ""
    assert Entry.objects.get().state == Entry.State.VOID
    assert _noted(cast, case).entry == "02/2014"
    assert balance() == []
    assert Entry.objects.standing().get().values["tre"]["name"] == VALUES["tre"]["name"]


def test_a_draft_enters_nothing(cast: Cast) -> None:
    case = a_case(cast)
    operations.write_result(case, KEY, actor=cast.registrar, at=AT)
    assert not Entry.objects.exists()
    assert list(results_of(case)) == [KEY]


def test_the_file_of_a_result_has_a_stable_address_and_counts_as_digital(cast: Cast, client: Client) -> None:
    case = _to_the_desk(cast, a_case(cast))
    row = operations.write_result(case, KEY, actor=cast.commune_desk_officer, at=AT)
    stored = receive(["Giấy khai sinh".encode()], name="ban-sao.txt", actor=cast.commune_desk_officer, at=AT)
    with pytest.raises(Refusal, match="chưa ký"):
        operations.attach_result(row, stored, actor=cast.commune_desk_officer, at=AT)
    row = _noted(cast, case)
    with pytest.raises(Forbidden):
        operations.attach_result(row, stored, actor=cast.outsider, at=AT)
    operations.attach_result(row, stored, actor=cast.commune_desk_officer, at=AT)
    (found,) = files_of(case)
    answer = client.get(reverse("cases:result_file", args=[token_of(found.attachment)]))
    assert answer.getvalue().decode() == "Giấy khai sinh"
    assert client.get(reverse("cases:result_file", args=[f"{found.attachment.pk}:x"])).status_code == 404
    case.papers.update(is_digital=True)
    case = operations.hand_over(case, receiver="Trần Văn Nam", actor=cast.commune_desk_officer, at=AT + 2 * HOUR)
    assert facts_of(case).results[0].address == found.address
    figure = CaseFigure.objects.get(measure="papers")
    assert (figure.count, figure.amount) == (1, 1)
    assert differences() == []
    with pytest.raises(Refusal, match="đã kết thúc"):
        operations.attach_result(row, stored, actor=cast.commune_desk_officer, at=AT + 3 * HOUR)
    ResultPaper.objects.update(symbol="")
    assert by_token(token_of(found.attachment)) is None


def test_a_case_on_paper_is_counted_and_not_as_digital(cast: Cast) -> None:
    case = _to_the_desk(cast, a_case(cast))
    _noted(cast, case)
    operations.hand_over(case, receiver="Trần Văn Nam", actor=cast.commune_desk_officer, at=AT + 2 * HOUR)
    figure = CaseFigure.objects.get(measure="papers")
    assert (figure.count, figure.amount) == (1, 0)
    assert differences() == []


@pytest.mark.usefixtures("as_document", "on_monday")
def test_the_pages_draft_note_and_show_it(cast: Cast, client: Client, login: Login) -> None:
    case = a_case(cast)
    login(client, cast.registrar)
    page = client.get(reverse("cases:result_draft", args=[case.pk]))
    assert "Soạn văn bản kết quả" in page.content.decode()
    answer = client.post(reverse("cases:result_draft", args=[case.pk]), {"key": KEY, "template": ""})
    draft = Draft.objects.get()
    assert answer["Location"] == reverse("outgoing:edit", args=[draft.pk])
    again = client.post(reverse("cases:result_draft", args=[case.pk]), {"key": KEY})
    assert again.status_code == 422
    assert "đang là dự thảo" in again.content.decode()
    record = client.get(reverse("cases:show", args=[case.pk])).content.decode()
    assert reverse("outgoing:draft", args=[draft.pk]) in record
    shown = client.get(reverse("outgoing:draft", args=[draft.pk])).content.decode()
    assert reverse("cases:show", args=[case.pk]) in shown
    document = _issued(cast, draft)
    record = client.get(reverse("cases:show", args=[case.pk])).content.decode()
    assert document.symbol in record
    assert reverse("registers:entry", args=[Entry.objects.get().pk]) in record
