"""The pages of drafts and outgoing documents, as each role meets them."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.models import Intake
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.formatting.setting import as_docx
from lienthong.outgoing.models import Draft, OutgoingBook, OutgoingDocument
from lienthong.outgoing.operations.drafting import Source, save
from lienthong.outgoing.operations.reviewing import Station
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.tests.builders import (
    BODY,
    WORDING,
    address,
    authority_of,
    document_type,
    issued_document,
    make_draft,
    open_books,
    put_before,
    signed_draft,
)
from lienthong.outgoing.wording import Wording
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_monday(cast: Cast) -> object:
    open_books(cast)
    with time_machine.travel(AT, tick=False):
        yield


def page(client: Client, name: str, *args: int | str, **query: str) -> str:
    answer = client.get(reverse(f"outgoing:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def post(client: Client, name: str, /, *args: int | str, **data: Any) -> Any:
    return client.post(reverse(f"outgoing:{name}", args=args), data)


def rows(prefix: str, *given: dict[str, object]) -> dict[str, object]:
    form: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    for place, one in enumerate(given):
        form |= {f"{prefix}-{place}-{name}": value for name, value in one.items()}
    return form


def begun(**changes: object) -> dict[str, object]:
    kind = document_type().pk
    form = {"document_type": kind, "abstract": "Kết quả rà soát", "urgency": "normal", "scope": "outgoing"}
    return {**form, "request_key": uuid.uuid4(), **changes}


def worded(draft: Draft, **changes: object) -> dict[str, object]:
    version = draft.versions.get(number=draft.version)
    form = {"number": version.number, "revision": version.revision, "abstract": version.abstract, "body": "Một dòng."}
    return {**form, "addressees": "", **rows("appendix"), **changes}


def test_a_document_goes_from_its_first_line_to_the_counter_of_the_province(
    cast: Cast, client: Client, login: Login
) -> None:
    login(client, cast.specialist)
    post(client, "new", **begun())
    draft = Draft.objects.get()
    assert post(client, "edit", draft.pk, **worded(draft, body=BODY)).status_code == 302
    lines = rows("recipient", {"to": f"system:{cast.ubnd.pk}", "copies": 1}, {"to": "file", "line": "Lưu: VT"})
    assert post(client, "recipients", draft.pk, **lines).status_code == 302
    way = rows("station", {"post": cast.division_head.post.pk, "purpose": "content", "order": 1})
    signer = authority_of(cast.leader, cast).pk
    assert post(client, "putting_up", draft.pk, authority=signer, **way).status_code == 302

    login(client, cast.division_head)
    assert draft.abstract in page(client, "drafts", **{"for": "review"})
    assert "Trả lại" in page(client, "draft", draft.pk)
    post(client, "step", draft.pk, "agree", opinion="Được.")

    login(client, cast.leader)
    assert draft.abstract in page(client, "drafts", **{"for": "signing"})
    post(client, "step", draft.pk, "sign", version=1)

    login(client, cast.clerk)
    assert draft.abstract in page(client, "pending")
    assert "01/BC-STTTT" in page(client, "issuing", draft.pk)
    post(client, "issuing", draft.pk, copies=1, request_key=uuid.uuid4())
    document = OutgoingDocument.objects.get()
    assert (document.symbol, document.state) == ("01/BC-STTTT", "published")
    assert "01/BC-STTTT" in page(client, "documents")
    assert "Ủy ban nhân dân tỉnh Bình Thuận" in page(client, "document", document.pk)
    assert Intake.objects.get().agency == cast.ubnd


def test_a_draft_needs_an_abstract_and_a_type(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.specialist)
    answer = post(client, "new", **begun(abstract="", document_type=""))
    assert answer.status_code == 422
    assert "Hãy ghi trích yếu" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_begins_from_a_word_file(cast: Cast, client: Client, login: Login) -> None:
    official = pages_of_draft(make_draft(cast.specialist), on=MONDAY)
    file = io.BytesIO(as_docx(official, created=AT))
    file.name = "bao-cao.docx"
    login(client, cast.specialist)
    assert post(client, "new", **begun(abstract="", file=file)).status_code == 302
    assert "214 điểm" in Draft.objects.order_by("-pk")[0].versions.get().body
    wrong = io.BytesIO(b"khong phai tep Word")
    wrong.name = "bao-cao.docx"
    assert post(client, "new", **begun(file=wrong)).status_code == 422


def test_an_answer_is_filled_from_the_document_that_it_answers(cast: Cast, client: Client, login: Login) -> None:
    incoming = make_document(make_book(cast), cast.clerk)
    login(client, cast.clerk)
    shown = page(client, "new", incoming=str(incoming.pk))
    assert f"Trả lời {incoming.symbol}" in shown
    assert "về V/v" not in shown
    post(client, "new", **begun(incoming=incoming.pk))
    draft = Draft.objects.get()
    assert draft.sources.get().subject == incoming.subject
    assert draft.versions.get().addressees == [incoming.issuer]
    login(client, cast.outsider)
    assert incoming.symbol not in page(client, "new", incoming=str(incoming.pk))


def test_the_editor_saves_by_itself_and_refuses_to_write_over_another(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    assert "Kính gửi" in page(client, "edit", draft.pk)
    address = reverse("outgoing:edit", args=[draft.pk])
    answer = client.post(address, worded(draft, body="Một."), headers={"HX-Request": "true"})
    assert answer.json() == {"number": 1, "revision": 2}
    mine = worded(draft, body="Bản của tôi.")
    save(draft, WORDING, number=1, revision=2, actor=cast.second_specialist, at=AT)
    draft.refresh_from_db()
    assert client.post(address, mine, headers={"HX-Request": "true"}).status_code == 409
    answer = client.post(address, mine)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Bản của tôi." in said
    assert cast.second_specialist.officer.full_name in said
    last = draft.versions.get(number=draft.version)
    assert last.body == BODY
    again = {**mine, "number": last.number, "revision": last.revision}
    assert client.post(address, again).status_code == 302


def test_nobody_else_opens_the_editor(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.outsider)
    for name in ("edit", "draft", "pages", "word", "recipients", "putting_up"):
        assert client.get(reverse(f"outgoing:{name}", args=[draft.pk])).status_code == 404


def test_pages_and_word_file_are_what_would_be_issued(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    picture = client.get(reverse("outgoing:page", args=[draft.pk, 1]))
    assert picture["Content-Type"] == "image/png"
    assert client.get(reverse("outgoing:word", args=[draft.pk])).content[:2] == b"PK"
    assert client.get(reverse("outgoing:pages", args=[draft.pk]), {"version": "9"}).status_code == 404


def test_a_recipient_without_a_way_is_asked_for_it(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    assert "Lưu: VT, CNTT" in page(client, "recipients", draft.pk)
    answer = post(client, "recipients", draft.pk, **rows("recipient", {"line": "Công ty A"}))
    assert answer.status_code == 422
    assert "Hãy chọn nơi nhận hoặc cách gửi" in answer.content.decode()
    answer = post(client, "recipients", draft.pk, **rows("recipient", {"to": "post", "line": "Công ty A"}))
    assert "cần địa chỉ" in answer.content.decode()
    by_post = {"to": "post", "line": "Công ty A", "address": "12 Trần Phú", "copies": 2}
    assert post(client, "recipients", draft.pk, **rows("recipient", by_post)).status_code == 302
    assert draft.recipients.get().copies == 2


def test_only_those_in_force_are_offered_as_signers(cast: Cast, client: Client, login: Login) -> None:
    draft = address(cast, make_draft(cast.specialist), cast.specialist)
    authority = authority_of(cast.leader, cast)
    authority.valid_to = MONDAY
    authority.save()
    login(client, cast.specialist)
    assert "Ký trực tiếp" not in page(client, "putting_up", draft.pk)
    answer = post(client, "putting_up", draft.pk, authority=authority.pk, **rows("station"))
    assert answer.status_code == 422
    assert "không có thẩm quyền ký hôm nay" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "writing"


def test_a_reviewer_sends_back_with_a_reason_and_without_one_is_refused(
    cast: Cast, client: Client, login: Login
) -> None:
    draft = address(cast, make_draft(cast.specialist), cast.specialist)
    put_before(cast, draft, cast.leader, Station(1, cast.division_head.post), actor=cast.specialist)
    login(client, cast.division_head)
    assert post(client, "step", draft.pk, "send-back", reason="").status_code != 302
    post(client, "comment", draft.pk, text="Thêm số liệu", line="2")
    assert "Thêm số liệu" in page(client, "draft", draft.pk)
    post(client, "step", draft.pk, "send-back", reason="Thiếu số liệu")
    draft.refresh_from_db()
    assert draft.state == "writing"
    login(client, cast.specialist)
    shown = page(client, "draft", draft.pk)
    assert shown.index("Thiếu số liệu") < shown.index("Đường trình")
    again = page(client, "putting_up", draft.pk)
    assert f'value="{draft.authority_id}" selected' in again
    assert f"{cast.division_head.post}, {cast.cntt.short_name}" in again
    remark = draft.versions.get(number=1).comments.get()
    post(client, "resolve", draft.pk, remark.pk)
    remark.refresh_from_db()
    assert remark.resolved_at == AT


def test_two_versions_are_shown_beside_each_other(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    wording = Wording(abstract="Kết quả mới", body="Hai dòng.")
    save(draft, wording, number=1, revision=1, actor=cast.second_specialist, at=AT)
    login(client, cast.specialist)
    shown = page(client, "differences", draft.pk, 2)
    assert "<ins>" in shown
    assert "<del>" in shown
    post(client, "restore", draft.pk, 1)
    draft.refresh_from_db()
    assert draft.abstract == WORDING.abstract


def test_what_is_certain_of_the_form_is_mended_with_one_press(cast: Cast, client: Client, login: Login) -> None:
    wording = Wording(
        abstract="Kết quả rà soát.", addressees=("Ủy ban nhân dân tỉnh",), body=BODY + "\nThêm  dòng ,nữa"
    )
    draft = make_draft(cast.specialist, wording=wording)
    login(client, cast.specialist)
    assert "Sửa những điểm chắc chắn" in page(client, "draft", draft.pk)
    shown = page(client, "mend", draft.pk)
    assert "Những điểm sẽ sửa" in shown
    assert "<del>" in shown
    answer = post(client, "mend", draft.pk, number=1, revision=draft.versions.get().revision)
    assert answer["Location"] == reverse("outgoing:differences", args=[draft.pk, 2])
    assert draft.versions.get(number=2).abstract == "Kết quả rà soát"
    assert "Lấy lại phiên bản 1" in page(client, "differences", draft.pk, 2)
    post(client, "restore", draft.pk, 1)
    assert draft.versions.get(number=3).body == wording.body


def test_a_mend_of_a_wording_that_changed_meanwhile_is_refused(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist, wording=Wording(abstract="Kết quả.", body=BODY))
    login(client, cast.specialist)
    assert post(client, "mend", draft.pk, number=1, revision=77).status_code == 409
    assert draft.versions.get().abstract == "Kết quả."


def test_a_correction_goes_to_whom_the_document_went(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    draft = make_draft(cast.specialist, code="cong-van", sources=[Source("corrects", document.subject)])
    login(client, cast.specialist)
    shown = page(client, "recipients", draft.pk)
    for line in document.draft.recipients.all():
        assert f'value="{line.line}"' in shown


def test_the_clerk_notes_what_went_by_post_and_a_leader_recalls(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    line = document.dispatches.get(recipient__way="post")
    login(client, cast.clerk)
    post(client, "sending", document.pk, line.pk, tracking="RR123")
    assert "RR123" in page(client, "document", document.pk)
    assert post(client, "recall", document.pk, reason="Sai").status_code == 403
    login(client, cast.leader)
    assert "1 thu lại được ngay" in page(client, "document", document.pk)
    post(client, "recall", document.pk, reason="Sai số liệu")
    document.refresh_from_db()
    assert document.state == "recalled"
    assert "Sai số liệu" in page(client, "document", document.pk)


def test_an_internal_document_shows_who_read_it(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.specialist)
    draft = make_draft(cast.specialist, scope="internal")
    inside = rows("recipient", {"to": f"inside:{cast.bcvt.pk}"}, {"to": "file", "line": "Lưu: VT"})
    post(client, "recipients", draft.pk, **inside)
    put_before(cast, draft, cast.leader, actor=cast.specialist)
    login(client, cast.leader)
    post(client, "step", draft.pk, "sign", version=1)
    login(client, cast.clerk)
    post(client, "issuing", draft.pk, copies=1, request_key=uuid.uuid4())
    document = OutgoingDocument.objects.get()
    assert "Chưa đọc" in page(client, "document", document.pk)
    login(client, cast.second_division_head)
    assert document.symbol in page(client, "internal", unread="1")
    page(client, "document", document.pk)
    assert document.symbol not in page(client, "internal", unread="1")
    login(client, cast.clerk)
    assert cast.second_division_head.officer.full_name in page(client, "document", document.pk)


def test_a_document_is_not_issued_without_a_book(cast: Cast, client: Client, login: Login) -> None:
    draft = signed_draft(cast)
    OutgoingBook.objects.filter(agency=cast.stttt).update(closed_at=AT)
    login(client, cast.clerk)
    assert "chưa mở sổ" in page(client, "issuing", draft.pk)
    assert post(client, "issuing", draft.pk, copies=1, request_key=uuid.uuid4()).status_code == 422
    login(client, cast.specialist)
    assert post(client, "issuing", draft.pk, copies=1, request_key=uuid.uuid4()).status_code == 403


def test_the_administrator_opens_a_book_of_its_own_for_a_type(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    form = {"agency": cast.stttt.pk, "name": "Sổ quyết định", "scope": "outgoing", "types": ["quyet-dinh"]}
    assert post(client, "book_opening", **form).status_code == 302
    assert "Sổ quyết định" in page(client, "book_opening")
    answer = post(client, "book_opening", **form)
    assert answer.status_code == 422
    assert "Đã có sổ tên" in answer.content.decode()


def test_the_desk_counts_what_its_lists_show(cast: Cast, client: Client, login: Login) -> None:
    draft = address(cast, make_draft(cast.specialist), cast.specialist)
    put_before(cast, draft, cast.leader, actor=cast.specialist)
    login(client, cast.leader)
    desk = client.get(reverse("tasks:mine")).content.decode()
    assert "Chờ tôi ký" in desk
    assert page(client, "drafts", **{"for": "signing"}).count("data-row ") == 1


@pytest.mark.parametrize("name", ["drafts", "documents", "internal"])
def test_a_list_asks_a_fixed_number_of_queries(
    name: str, cast: Cast, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        issued_document(cast)
        make_draft(cast.specialist)
    login(client, cast.specialist)
    page(client, name)
    with django_assert_max_num_queries(22):
        page(client, name)


def test_the_record_asks_a_fixed_number_of_queries(
    cast: Cast, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    document = issued_document(cast)
    login(client, cast.clerk)
    for name, pk in (("draft", document.draft_id), ("document", document.pk)):
        page(client, name, pk)
        with django_assert_max_num_queries(42):
            page(client, name, pk)


def test_a_previewed_row_shows_its_first_page(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    login(client, cast.clerk)
    assert document.symbol in page(client, "document_preview", document.pk)
    assert document.draft.abstract in page(client, "draft_preview", document.draft_id)


def test_books_are_listed_for_those_who_keep_them(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    login(client, cast.clerk)
    assert document.book.name in page(client, "books")
    assert document.symbol in page(client, "book", document.book_id, "outgoing")
    login(client, cast.outsider)
    assert client.get(reverse("outgoing:books")).status_code == 403
