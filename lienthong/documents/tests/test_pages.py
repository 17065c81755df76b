"""The pages of incoming documents, as each role meets them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.models import Book, IncomingDocument, Intake, StandingRule
from lienthong.documents.operations.intake import discard, read, read_at_once, take_in
from lienthong.documents.operations.routing import forward
from lienthong.documents.operations.settings import keep_rule
from lienthong.documents.tests.builders import AT, BASIC, make_book, make_document
from lienthong.files.operations import receive
from lienthong.files.queries import attachments
from lienthong.organisation.actor import Actor
from lienthong.tasks.models import Task
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Login = Callable[[Client, Actor], Client]


@pytest.fixture(autouse=True)
def _that_monday() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def book(cast: Cast) -> Book:
    return make_book(cast)


@pytest.fixture
def document(cast: Cast, book: Book) -> IncomingDocument:
    return make_document(book, cast.clerk)


def typed(book: Book, **changes: object) -> dict[str, object]:
    form = {
        **BASIC,
        "document_date": "10/01/2014",
        "urgency": "normal",
        "channel": "paper",
        "copies": 1,
        "book": book.pk,
        "arrival_date": "10/03/2014",
        "secrecy": "normal",
        "request_key": uuid.uuid4(),
    }
    return {**form, **changes}


def test_a_clerk_registers_on_the_form_and_sees_the_number(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    login(client, cast.clerk)
    assert client.get(reverse("documents:registration")).status_code == 200
    answer = client.post(reverse("documents:registration"), typed(book, leader=cast.leader.post.pk), follow=True)
    document = IncomingDocument.objects.get()
    assert answer.redirect_chain == [(reverse("documents:document", args=[document.pk]), 302)]
    assert "số đến 1 ngày 10/03/2014: 139/QĐ-UBND" in answer.content.decode()
    assert document.holder_post == cast.leader.post


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"document_date": "30/02/2014"}, "Lịch không có ngày 30/02/2014"),
        ({"document_date": "hôm qua"}, "Hãy viết ngày theo dạng"),
        ({"abstract": ""}, "Hãy ghi trích yếu."),
        ({"arrival_date": ""}, "Hãy ghi ngày đến."),
        ({"urgency": ""}, "Hãy chọn độ khẩn."),
        ({"secrecy": "secret"}, "Văn bản mật không được nhập"),
        ({"arrival_date": "11/03/2014"}, "Ngày đến không thể ở sau hôm nay"),
        ({"file_ids": "x; DROP"}, "tải tệp lên lại"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    cast: Cast, book: Book, client: Client, login: Login, wrong: dict[str, object], said: str
) -> None:
    login(client, cast.clerk)
    answer = client.post(reverse("documents:registration"), typed(book, **wrong))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Ủy ban nhân dân tỉnh Bình Thuận" in page
    assert not IncomingDocument.objects.exists()


def test_a_double_is_shown_and_may_be_insisted_on(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    login(client, cast.clerk)
    answer = client.post(reverse("documents:registration"), typed(document.book))
    assert answer.status_code == 422
    assert "Có thể đã vào sổ: số đến 1" in answer.content.decode()
    client.post(reverse("documents:registration"), typed(document.book, accepts_double="on"))
    assert IncomingDocument.objects.count() == 2


def test_the_list_shows_what_is_open_to_the_officer(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    page = login(client, cast.leader).get(reverse("documents:incoming"))
    assert document.symbol in page.content.decode()
    empty = login(client, cast.outsider).get(reverse("documents:incoming"))
    assert "Không có văn bản nào ở đây" in empty.content.decode()


def test_the_list_takes_the_same_queries_whatever_the_size(
    cast: Cast, book: Book, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 31):
        make_document(book, cast.clerk, symbol=f"{number}/QĐ-UBND", at=AT + dt.timedelta(minutes=number - 40))
    login(client, cast.clerk)
    client.get(reverse("documents:incoming"))
    with django_assert_max_num_queries(14):
        first = client.get(reverse("documents:incoming"))
    assert len(first.context["lines"]) == 25
    with django_assert_max_num_queries(14):
        older = client.get(reverse("documents:incoming") + first.context["older"])
    assert [line.document.symbol for line in older.context["lines"]] == [
        f"{number}/QĐ-UBND" for number in (5, 4, 3, 2, 1)
    ]
    newer = client.get(reverse("documents:incoming") + older.context["newer"])
    assert [line.document.pk for line in newer.context["lines"]] == [
        line.document.pk for line in first.context["lines"]
    ]


def test_filters_stand_in_the_address(cast: Cast, document: IncomingDocument, client: Client, login: Login) -> None:
    login(client, cast.clerk)
    listing = reverse("documents:incoming")
    for query, count in (("?state=registered", 1), ("?state=settled", 0), ("?urgent=1", 0), ("?until=2014-03-09", 0)):
        assert len(client.get(listing + query).context["lines"]) == count


def test_the_record_shows_what_may_be_done(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    address = reverse("documents:document", args=[document.pk])
    clerk = login(client, cast.clerk).get(address).content.decode()
    assert "Chuyển" in clerk
    assert "Cho ý kiến, giao việc" not in clerk
    leader = login(client, cast.leader).get(address).content.decode()
    assert "Cho ý kiến, giao việc" in leader
    assert "Đặng Thị Bích Lan vào Sổ văn bản đến, số đến 1" in leader
    assert login(client, cast.outsider).get(address).status_code == 404


def test_a_leader_assigns_it_and_sees_the_new_state(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    login(client, cast.leader)
    address = reverse("documents:instruction", args=[document.pk])
    form = client.get(address).context["form"]
    given = {
        "key": form.head["key"].initial or form.head.initial["key"],
        "instruction": "Phòng CNTT tham mưu",
        "rows": 1,
        "row0-title": "Tham mưu kế hoạch",
        "row0-lead": f"unit:{cast.cntt.pk}",
        "row0-due": "3 ngày làm việc",
        "row0-urgency": "normal",
    }
    wordless = client.post(address, {**given, "instruction": " "})
    assert (wordless.status_code, "Hãy ghi ý kiến chỉ đạo." in wordless.content.decode()) == (422, True)
    answer = client.post(address, given, follow=True)
    page = answer.content.decode()
    assert "Đã ghi ý kiến và giao 1 việc" in page
    assert "Đang giải quyết" in page
    task = Task.objects.get()
    assert task.lead_unit == cast.cntt
    assert f'href="{reverse("tasks:deadline", args=[task.pk])}"' in page


def test_forwarding_and_closing_from_the_record(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    login(client, cast.clerk)
    client.post(reverse("documents:forwarding", args=[document.pk]), {"to": cast.leader.post.pk, "note": ""})
    document.refresh_from_db()
    assert document.state == "forwarded"
    refused = client.post(reverse("documents:filing", args=[document.pk]), {"reason": ""})
    assert refused.status_code == 403
    login(client, cast.leader).post(reverse("documents:filing", args=[document.pk]), {"reason": ""})
    document.refresh_from_db()
    assert document.state == "filed"


@pytest.mark.parametrize("name", ["document", "preview", "timeline", "stamp"])
def test_every_view_of_a_record_is_closed_to_outsiders(
    cast: Cast, document: IncomingDocument, client: Client, login: Login, name: str
) -> None:
    address = reverse(f"documents:{name}", args=[document.pk])
    assert login(client, cast.clerk).get(address).status_code == 200
    assert login(client, cast.outsider).get(address).status_code == 404


@pytest.mark.parametrize("sort", ["incoming", "follow-up"])
@pytest.mark.parametrize("form", ["", "print", "xlsx", "pdf"])
def test_the_books_in_every_form(
    cast: Cast, document: IncomingDocument, client: Client, login: Login, sort: str, form: str
) -> None:
    forward(document, cast.leader.post, actor=cast.clerk, at=AT)
    login(client, cast.clerk)
    address = reverse("documents:book", args=[document.book_id, sort])
    answer = client.get(address, {"since": "01/03/2014", "until": "10/03/2014", **({"format": form} if form else {})})
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if form in {"", "print"}:
        assert "139/QĐ-UBND" in content.decode()
    else:
        assert content[:4] == {"xlsx": b"PK\x03\x04", "pdf": b"%PDF"}[form]
    assert login(client, cast.health_clerk).get(address).status_code == 404


def test_a_book_opens_on_this_month_in_our_dates(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    page = login(client, cast.clerk).get(reverse("documents:book", args=[document.book_id, "incoming"]))
    assert 'value="01/03/2014"' in page.content.decode()


def test_the_rules_are_shown_whether_they_name_a_unit_or_a_leader(cast: Cast, client: Client, login: Login) -> None:
    for words, aim in (("thuê bao", {"lead_unit": cast.bcvt}), ("đại lý", {"leader": cast.leader.post})):
        rule = StandingRule(
            name=f"Văn bản về {words}",
            authority=cast.leader.post,
            abstract_words=words,
            instruction="Giải quyết, báo cáo",
            valid_from=dt.date(2014, 1, 1),
            **aim,
        )
        keep_rule(rule, actor=cast.leader, at=AT)
    page = login(client, cast.leader).get(reverse("documents:settings"))
    assert page.status_code == 200
    assert "Văn bản về thuê bao" in page.content.decode()
    assert "Văn bản về đại lý" in page.content.decode()


def taken_in(cast: Cast, name: str, text: str) -> Intake:
    stored = receive([text.encode()], name=name, actor=cast.clerk, at=AT)
    return read(take_in(stored, actor=cast.clerk, at=AT), text)


def test_the_clerk_is_told_that_letters_were_mended_or_that_there_are_none(
    cast: Cast, book: Book, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lienthong.files.ocr.engine", lambda: None)
    typed = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc".encode("latin-1")
    picture = BytesIO()
    Image.new("RGB", (40, 60), "white").save(picture, "JPEG")
    login(client, cast.clerk)
    for name, data, words in (
        ("cu.txt", typed, "bảng mã cũ TCVN3"),
        ("anh.jpg", picture.getvalue(), "không có đề nghị"),
    ):
        stored = receive([data], name=name, actor=cast.clerk, at=AT)
        intake = read_at_once(take_in(stored, actor=cast.clerk, at=AT), at=AT)
        page = client.get(reverse("documents:intake_particulars", args=[intake.pk]))
        assert words in page.content.decode()


def test_an_intake_is_proposed_confirmed_and_registered(cast: Cast, book: Book, client: Client, login: Login) -> None:
    intake = taken_in(cast, "cong-van.txt", LETTER)
    login(client, cast.clerk)
    assert "275/UBND-VX" in client.get(reverse("documents:intake")).content.decode()
    page = client.get(reverse("documents:intake_particulars", args=[intake.pk]))
    assert page.context["form"].initial["symbol"] == "275/UBND-VX"
    assert page.context["form"].initial["document_date"] == dt.date(2014, 3, 5)
    client.post(
        reverse("documents:intake_particulars", args=[intake.pk]),
        typed(book, symbol="275/UBND-VX", document_date="05/03/2014"),
    )
    intake.refresh_from_db()
    assert intake.state == "registered"
    assert intake.document is not None
    assert intake.document.symbol == "275/UBND-VX"


def test_the_deadline_that_the_text_names_is_shown_kept_and_offered_to_the_leader(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    intake = taken_in(cast, "cong-van.txt", LETTER)
    login(client, cast.clerk)
    address = reverse("documents:intake_particulars", args=[intake.pk])
    page = client.get(address)
    assert page.context["form"].initial["named_due"] == dt.date(2014, 3, 20)
    assert [line.due for line in page.context["named"]] == [dt.date(2014, 3, 20)]
    assert "trước ngày 20/3/2014" in page.content.decode()
    client.post(address, typed(book, document_date="05/03/2014", named_due="20/03/2014"))
    document = IncomingDocument.objects.get()
    assert document.named_due == dt.date(2014, 3, 20)
    login(client, cast.leader)
    record = client.get(reverse("documents:document", args=[document.pk])).content.decode()
    assert "Hạn nêu trong văn bản</dt><dd>20/03/2014" in record
    instruction = client.get(reverse("documents:instruction", args=[document.pk]))
    assert 'value="20/03/2014"' in instruction.content.decode()


def test_a_named_deadline_before_the_document_itself_is_refused(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    answer = login(client, cast.clerk).post(reverse("documents:registration"), typed(book, named_due="09/01/2014"))
    assert "Hạn nêu trong văn bản ở trước ngày văn bản" in answer.content.decode()
    assert not IncomingDocument.objects.exists()


def test_after_one_file_the_clerk_goes_on_to_the_next_and_then_back_to_the_counter(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    first, second = taken_in(cast, "mot.txt", LETTER), taken_in(cast, "hai.txt", LETTER + " ")
    login(client, cast.clerk)
    addresses = [reverse("documents:intake_particulars", args=[one.pk]) for one in (first, second)]
    answer = client.post(addresses[0], typed(book), follow=True)
    document = IncomingDocument.objects.get()
    assert answer.redirect_chain == [(addresses[1], 302)]
    for name in ("document", "stamp"):
        assert f'<a href="{reverse(f"documents:{name}", args=[document.pk])}">' in answer.content.decode()
    last = client.post(addresses[1], typed(book, symbol="<b>1</b>/TB"), follow=True)
    assert last.redirect_chain == [(reverse("documents:intake"), 302)]
    assert "&lt;b&gt;1&lt;/b&gt;/TB" in last.content.decode()


def test_who_drops_the_same_file_again_is_told_before_anything_is_confirmed(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    first, again, other = (taken_in(cast, name, text) for name, text in (
        ("mot.txt", LETTER), ("mot-lan-nua.txt", LETTER), ("khac.txt", LETTER + " "),
    ))  # fmt: skip
    login(client, cast.clerk)
    pages = [reverse("documents:intake_particulars", args=[one.pk]) for one in (first, again, other)]
    waiting = client.get(pages[1]).content.decode()
    assert "trùng nội dung với tệp" in waiting
    assert f'href="{pages[0]}">mot.txt' in waiting
    client.post(pages[0], typed(book))
    booked = client.get(pages[1]).content.decode()
    assert "Tệp này đã vào sổ: số đến <strong>1</strong>" in booked
    assert reverse("documents:document", args=[IncomingDocument.objects.get().pk]) in booked
    assert "Tệp này" not in client.get(pages[2]).content.decode()


def test_an_address_for_forms_opened_by_hand_leads_to_the_page_of_the_form(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    login(client, cast.clerk)
    for name in ("forwarding", "filing", "reopening", "void", "answer"):
        answer = client.get(reverse(f"documents:{name}", args=[document.pk]))
        assert (answer.status_code, answer["Location"]) == (302, reverse("documents:document", args=[document.pk]))
    assert client.get(reverse("documents:secret_arrival"))["Location"] == reverse("documents:intake")
    assert client.put(reverse("documents:void", args=[document.pk])).status_code == 405


def test_a_refused_step_leads_back_to_the_record(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    login(client, cast.clerk)
    record, void = (reverse(f"documents:{name}", args=[document.pk]) for name in ("document", "void"))
    back = f'href="{record}"'
    refused = client.post(void, {"reason": ""}, headers={"referer": f"http://testserver{record}"})
    assert (refused.status_code, back in refused.content.decode()) == (409, True)
    foreign = client.post(void, {"reason": ""}, headers={"referer": f"http://elsewhere.vn{record}"})
    assert back not in foreign.content.decode()


def test_a_wrong_file_is_discarded_with_its_reason(cast: Cast, book: Book, client: Client, login: Login) -> None:
    intake = taken_in(cast, "nham.txt", LETTER)
    login(client, cast.clerk)
    discard = reverse("documents:intake_discard", args=[intake.pk])
    assert discard in client.get(reverse("documents:intake_particulars", args=[intake.pk])).content.decode()
    assert client.post(discard, {"reason": " "}).status_code == 409
    answer = client.post(discard, {"reason": "Thả nhầm tệp"}, follow=True)
    assert "Đã bỏ tệp nham.txt" in answer.content.decode()
    intake.refresh_from_db()
    assert intake.state == "discarded"


def test_the_counter_without_a_new_file_says_so_and_stays(cast: Cast, client: Client, login: Login) -> None:
    answer = login(client, cast.clerk).post(reverse("documents:intake"), follow=True)
    assert answer.redirect_chain == [(reverse("documents:intake"), 302)]
    assert "Chưa có tệp mới nào được tải lên" in answer.content.decode()


def test_a_secrecy_mark_stops_the_intake(cast: Cast, book: Book, client: Client, login: Login) -> None:
    intake = taken_in(cast, "mat.txt", f"MẬT\n{LETTER}")
    assert (intake.secrecy_mark, intake.proposals) == ("Mật", {})
    login(client, cast.clerk)
    address = reverse("documents:intake_particulars", args=[intake.pk])
    assert "Văn bản mật không được lưu" in client.get(address).content.decode()
    client.post(address, typed(book))
    assert not IncomingDocument.objects.exists()


LETTER = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH THUẬN              Độc lập - Tự do - Hạnh phúc

Số: 275/UBND-VX              Bình Thuận, ngày 05 tháng 3 năm 2014
V/v rà soát trạm truyền thanh cơ sở

Kính gửi: Sở Thông tin và Truyền thông

Ủy ban nhân dân tỉnh yêu cầu Sở Thông tin và Truyền thông rà soát hiện trạng, báo cáo trước ngày 20/3/2014.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Phan Văn Giả Định
"""


def test_an_administrator_opens_a_book_and_nobody_else_does(cast: Cast, client: Client, login: Login) -> None:
    address = reverse("documents:book_opening")
    typed_book = {"agency": cast.soyte.pk, "name": "Sổ văn bản đến", "is_default": "on"}
    page = login(client, cast.administrator).post(address, typed_book, follow=True).content.decode()
    assert "Đã mở Sổ văn bản đến của Sở Y tế" in page
    again = client.post(address, typed_book)
    assert (again.status_code, "Hãy đặt tên khác" in again.content.decode()) == (422, True)
    assert login(client, cast.clerk).post(address, typed_book).status_code == 403


def test_a_page_older_than_the_newest_instruction_is_shown_again_once(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    login(client, cast.leader)
    address = reverse("documents:instruction", args=[document.pk])

    def send(key: uuid.UUID, seen: int) -> int:
        said = {"instruction": "Giao", "key": key, "rows": 1, "row0-title": "Tham mưu", "seen": seen}
        answer = client.post(address, said | {"row0-lead": f"unit:{cast.cntt.pk}", "row0-due": "3 ngày làm việc"})
        assert ("Trong lúc bạn viết" in answer.content.decode()) == (answer.status_code == 422)
        return answer.status_code

    first = uuid.uuid4()
    assert send(first, 0) == 302
    assert send(first, 0) == 302
    assert Task.objects.count() == 1
    second = uuid.uuid4()
    assert send(second, 0) == 422
    assert send(second, document.instructions.latest("pk").pk) == 302
    assert Task.objects.count() == 2


def test_files_dropped_together_wait_in_the_order_in_which_they_were_dropped(
    cast: Cast, client: Client, login: Login
) -> None:
    first, second, third = (receive([word], name=word.decode(), actor=cast.clerk, at=AT) for word in (b"1", b"2", b"3"))
    login(client, cast.clerk).post(reverse("documents:intake"), {"file": [third.pk, first.pk, second.pk]})
    waiting = client.get(reverse("documents:intake")).context["intakes"]
    assert [one.file for one in waiting] == [third, first, second]


def test_files_of_the_form_hang_on_the_document_in_the_order_in_which_they_were_dropped(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    first, second = (receive([word], name=word.decode(), actor=cast.clerk, at=AT) for word in (b"1", b"2"))
    given = typed(book, leader=cast.leader.post.pk, file_ids=f"{second.pk},{first.pk}")
    login(client, cast.clerk).post(reverse("documents:registration"), given)
    assert [one.file for one in attachments(IncomingDocument.objects.get().subject)] == [second, first]


def test_what_left_the_counter_says_how_and_leads_on(cast: Cast, book: Book, client: Client, login: Login) -> None:
    dropped, kept = taken_in(cast, "mot.txt", LETTER), taken_in(cast, "hai.txt", LETTER)
    discard(dropped, reason="Trùng", actor=cast.clerk, at=AT)
    client = login(client, cast.clerk)
    answer = client.get(reverse("documents:intake_particulars", args=[dropped.pk]))
    assert answer.status_code == 409
    assert "đã rời danh sách chờ" in answer.content.decode()
    address = reverse("documents:intake_particulars", args=[kept.pk])
    client.post(address, typed(book, symbol="275/UBND-VX", document_date="05/03/2014"))
    kept.refresh_from_db()
    assert kept.document is not None
    assert client.get(address)["Location"] == reverse("documents:document", args=[kept.document.pk])
    assert client.post(address, typed(book)).status_code == 409


def test_an_outsider_who_tries_an_address_of_a_document_stands_in_the_log(
    cast: Cast, document: IncomingDocument, client: Client, login: Login, caplog: pytest.LogCaptureFixture
) -> None:
    address = reverse("documents:document", args=[document.pk])
    assert login(client, cast.outsider).get(address).status_code == 404
    assert f"404 GET {address}: post {cast.outsider.post.pk}" in caplog.text
