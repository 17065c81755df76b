"""My cases: only mine, what needs me first, and what I may do with each."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lienthong.applicants.models import Applicant
from lienthong.cases import operations
from lienthong.cases.models import Case, CasePaper, Complaint, Message, Rating, Supplement
from lienthong.cases.tests.builders import VALUES, a_case
from lienthong.files.queries import attachments
from lienthong.kernel import clock
from lienthong.kernel.clock import local
from lienthong.online import limits
from lienthong.online.models import Citizen, OwnCase
from lienthong.online.operations import open_case_to
from lienthong.online.tests.builders import a_citizen
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LIST = "/ho-so-cua-toi/"


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.DATA_DIR = tmp_path
    location = {"location": tmp_path / "files"}
    default = {"BACKEND": "lienthong.files.storage.DurableFileSystemStorage", "OPTIONS": location}
    settings.STORAGES = settings.STORAGES | {"default": default}


@pytest.fixture
def nam(client: Client) -> Citizen:
    """An account that is signed in."""
    citizen = a_citizen()
    client.force_login(citizen.user)
    return citizen


def own_case(cast: Cast, citizen: Citizen, applicant: Applicant | None = None, **changes: object) -> Case:
    case = a_case(cast, applicant=applicant, **changes)  # type: ignore[arg-type] # passed on as they are
    open_case_to(citizen, case, right=OwnCase.Right.SUBMITTED, at=AT)
    return case


def asked_for(cast: Cast, case: Case) -> Supplement:
    papers = {"chung_sinh": "Bản chụp mờ"}
    return operations.request_supplement(case, papers=papers, actor=cast.registrar, at=AT)


def words(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined] # an answer of the client


def test_only_what_was_opened_to_the_account_is_there(cast: Cast, client: Client, nam: Citizen) -> None:
    mine, others = own_case(cast, nam), a_case(cast, applicant=Applicant.objects.first())
    page = words(client.get(LIST))
    assert mine.code in page
    assert others.code not in page
    assert client.get(f"{LIST}{mine.pk}/").status_code == 200
    for way in ("", "thoi-han/", "bo-sung/", "rut/", "nhan-ket-qua/", "giay-tiep-nhan.pdf", "tep/1/"):
        assert client.get(f"{LIST}{others.pk}/{way}").status_code == 404, way
    for way in ("bo-sung/", "rut/", "nhan-ket-qua/", "nop-tien/"):
        assert client.post(f"{LIST}{others.pk}/{way}", {"reason": "x", "sure": "on"}).status_code == 404, way


def test_officers_and_strangers_do_not_come_in(cast: Cast, client: Client, nam: Citizen, login: Login) -> None:
    case = own_case(cast, nam)
    login(client, cast.registrar)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{case.pk}/").status_code == 403
    answer = Client().get(LIST)
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


def test_the_list_puts_first_what_waits_for_me_and_goes_on_by_pages(
    cast: Cast, client: Client, nam: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lienthong.online.queries.own.PAGE", 2)
    first = own_case(cast, nam)
    rest = [own_case(cast, nam, applicant=first.applicant) for _ in range(3)]
    asked_for(cast, first)
    page = client.get(LIST)
    shown = [line.case.pk for line in page.context["page"].lines]
    assert shown == [first.pk, rest[2].pk]
    assert "bổ sung giấy tờ" in words(page)
    after = client.get(LIST, {"after": str(page.context["page"].older)}).context["page"]
    assert [line.case.pk for line in after.lines] == [rest[1].pk, rest[0].pk]
    assert after.older is None
    assert [line.case.pk for line in client.get(LIST, {"loc": "can"}).context["page"].lines] == [first.pk]
    assert client.get(LIST, {"loc": "xong"}).context["page"].lines == []
    assert client.get(LIST, {"after": "x", "loc": "?"}).status_code == 200


def test_the_list_takes_the_same_few_queries_however_long(
    cast: Cast, client: Client, nam: Citizen, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = own_case(cast, nam)
    client.get(LIST)
    with django_assert_num_queries(6):  # the session, the user, their posts, the account, the cases, their steps
        client.get(LIST)
    for _ in range(4):
        own_case(cast, nam, applicant=first.applicant)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_a_case_takes_a_fixed_number_of_queries(
    cast: Cast, client: Client, nam: Citizen, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = own_case(cast, nam)
    client.get(f"{LIST}{case.pk}/")
    with django_assert_max_num_queries(18):
        client.get(f"{LIST}{case.pk}/")


def test_a_case_is_added_by_code_and_telephone_and_guessing_is_counted(
    cast: Cast, client: Client, nam: Citizen
) -> None:
    case = a_case(cast)
    wrong = client.post(f"{LIST}them/", {"code": case.code, "phone": "0900000000"})
    assert wrong.status_code == 422
    assert "Không có hồ sơ nào khớp" in words(wrong)
    right = client.post(f"{LIST}them/", {"code": case.code, "phone": "0918 123 456"}, follow=True)
    assert "Đã thêm hồ sơ" in words(right)
    assert OwnCase.objects.get().right == OwnCase.Right.PROVED
    for _ in range(limits.BY_CODE):
        client.post(f"{LIST}them/", {"code": case.code, "phone": "0900000000"})
    barred = client.post(f"{LIST}them/", {"code": case.code, "phone": "0918123456"})
    assert "đợi 10 phút" in words(barred)


def test_the_page_tells_who_has_it_what_was_said_and_what_comes(cast: Cast, client: Client, nam: Citizen) -> None:
    case = own_case(cast, nam)
    page = words(client.get(f"{LIST}{case.pk}/"))
    for said in ("UBND xã Chí Công", "Ký giấy khai sinh", "17:00 10/03/2014", "Trần Minh Khang", "Chưa mở xem",
                 "Đăng ký khai sinh", "tới 09•••456", "Rút hồ sơ"):  # fmt: skip
        assert said in page, said
    assert "Quách Văn Lợi" not in page
    account = words(client.get(f"{LIST}{case.pk}/thoi-han/"))
    assert "17:00 10/03/2014" in account
    receipt = client.get(f"{LIST}{case.pk}/giay-tiep-nhan.pdf")
    assert receipt.content[:5] == b"%PDF-"


def test_the_first_opening_by_whoever_holds_it_is_seen(cast: Cast, client: Client, nam: Citizen, login: Login) -> None:
    case = own_case(cast, nam)
    office = login(Client(), cast.commune_leader)
    office.get(f"/cases/{case.pk}/")
    assert "Chưa mở xem" in words(client.get(f"{LIST}{case.pk}/"))
    login(office, cast.registrar)
    assert office.get(f"/cases/{case.pk}/").status_code == 200
    page = words(client.get(f"{LIST}{case.pk}/"))
    assert "Đã mở xem <time" in page


def test_what_was_asked_for_is_brought_in_place_and_the_clock_runs_on(
    cast: Cast, client: Client, nam: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = own_case(cast, nam, values={**VALUES, "can_xac_minh": True})
    asked_for(cast, case)
    form = words(client.get(f"{LIST}{case.pk}/bo-sung/"))
    assert "Bản chụp mờ" in form
    empty = client.post(f"{LIST}{case.pk}/bo-sung/", {"text": " "})
    assert empty.status_code == 422
    assert "Chưa có gì để gửi" in words(empty)
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)
    scan = SimpleUploadedFile("giấy chứng sinh.txt", "Bản chụp rõ".encode())
    sent = client.post(f"{LIST}{case.pk}/bo-sung/", {"paper_chung_sinh": [scan], "text": "Đã chụp lại"}, follow=True)
    assert "Thời hạn giải quyết tính tiếp" in words(sent)
    case.refresh_from_db()
    assert case.paused_at is None
    assert local(case.promised_at).strftime("%d/%m") == "18/03"  # type: ignore[arg-type] # it was promised
    paper = CasePaper.objects.get(case=case, key="chung_sinh")
    (kept,) = attachments(paper.subject)
    assert (paper.is_digital, kept.file.name) == (True, "giấy chứng sinh.txt")
    assert "Bản chụp rõ" in b"".join(client.get(f"{LIST}{case.pk}/tep/{kept.pk}/").streaming_content).decode()  # type: ignore[attr-defined]
    again = client.post(f"{LIST}{case.pk}/bo-sung/", {"text": "Nữa"}, follow=True)
    assert "không chờ bổ sung" in words(again)


def test_a_file_that_is_not_taken_leaves_nothing_behind(cast: Cast, client: Client, nam: Citizen) -> None:
    case = own_case(cast, nam)
    asked_for(cast, case)
    bad = SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 200)
    answer = client.post(f"{LIST}{case.pk}/bo-sung/", {"paper_chung_sinh": [bad]})
    assert answer.status_code == 422
    case.refresh_from_db()
    assert case.status == Case.Status.SUPPLEMENT
    assert "quá 4000" not in words(client.post(f"{LIST}{case.pk}/bo-sung/", {"text": "x" * 4000}))


def test_too_many_letters_and_too_many_files_are_refused(cast: Cast, client: Client, nam: Citizen) -> None:
    case = own_case(cast, nam)
    asked_for(cast, case)
    long = client.post(f"{LIST}{case.pk}/bo-sung/", {"text": "x" * 4001})
    assert (long.status_code, "không quá 4000" in words(long)) == (422, True)
    many = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(11)]
    answer = client.post(f"{LIST}{case.pk}/bo-sung/", {"paper_chung_sinh": many})
    assert "nhiều nhất 10 tệp" in words(answer)


def test_a_case_is_taken_back_once_with_a_reason_and_a_mark(cast: Cast, client: Client, nam: Citizen) -> None:
    case = own_case(cast, nam)
    unsure = client.post(f"{LIST}{case.pk}/rut/", {"reason": "Không cần nữa"})
    assert (unsure.status_code, "xác nhận" in words(unsure)) == (422, True)
    said = {"reason": "Không cần nữa", "sure": "on"}
    assert "Đã rút hồ sơ" in words(client.post(f"{LIST}{case.pk}/rut/", said, follow=True))
    again = client.post(f"{LIST}{case.pk}/rut/", said)
    assert (again.status_code, "không rút được" in words(again)) == (422, True)
    page = words(client.get(f"{LIST}{case.pk}/rut/", follow=True))
    assert "Hồ sơ đã kết thúc" in page


def test_how_the_result_comes_is_chosen_until_the_end(cast: Cast, client: Client, nam: Citizen) -> None:
    case = own_case(cast, nam)
    no = client.post(f"{LIST}{case.pk}/nhan-ket-qua/", {"way": "post", "address": " "})
    assert (no.status_code, "Ghi địa chỉ" in words(no)) == (422, True)
    client.post(f"{LIST}{case.pk}/nhan-ket-qua/", {"way": "post", "address": "Thôn Hà Thủy 1"})
    case.refresh_from_db()
    assert (case.return_way, case.return_address) == ("post", "Thôn Hà Thủy 1")
    operations.withdraw(case, reason="Thôi", actor=None, at=AT)
    ended = client.post(f"{LIST}{case.pk}/nhan-ket-qua/", {"way": "counter"})
    assert "đã kết thúc" in words(ended)


def test_only_a_signed_result_is_given_out(cast: Cast, client: Client, nam: Citizen) -> None:
    from lienthong.files.operations import attach, receive  # noqa: PLC0415 - only here

    case = own_case(cast, nam)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    row = operations.write_result(case, "giay_khai_sinh", actor=cast.commune_desk_officer, at=AT)
    file = receive([b"ket qua"], name="ks.txt", actor=None, at=AT)
    hung = attach(file, row.subject, actor=None, at=AT)
    assert client.get(f"{LIST}{case.pk}/tep/{hung.pk}/").status_code == 404
    operations.write_result(case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng",
                            actor=cast.commune_desk_officer, at=AT)  # fmt: skip
    assert "Tải ks.txt" in words(client.get(f"{LIST}{case.pk}/"))
    assert b"".join(client.get(f"{LIST}{case.pk}/tep/{hung.pk}/").streaming_content) == b"ket qua"  # type: ignore[attr-defined]
    others = a_case(cast, applicant=case.applicant)
    open_case_to(nam, others, right=OwnCase.Right.SUBMITTED, at=AT)
    assert client.get(f"{LIST}{others.pk}/tep/{hung.pk}/").status_code == 404


def test_the_thread_shows_the_unit_and_when_each_was_seen(
    cast: Cast, client: Client, nam: Citizen, login: Login
) -> None:
    case = own_case(cast, nam)
    said = {"key": str(uuid.uuid4()), "text": "Bao giờ xong ạ?", "attached": [SimpleUploadedFile("a.txt", b"anh")]}
    page = words(client.post(f"{LIST}{case.pk}/tin-nhan/", said, follow=True))
    assert "Đã gửi tin nhắn" in page
    assert "chưa xem" in page
    login(Client(), cast.registrar).get(f"/cases/{case.pk}/")
    operations.write_message(case, text="Chiều nay", key=uuid.uuid4(), actor=cast.registrar, at=AT)
    page = words(client.get(f"{LIST}{case.pk}/"))
    assert "cơ quan đã xem" in page
    assert "Chiều nay" in page
    assert cast.registrar.officer.full_name not in page
    assert Message.objects.get(by_office=True).read_at == AT
    (file,) = attachments(Message.objects.get(by_office=False).subject)
    assert client.get(f"{LIST}{case.pk}/tep/{file.pk}/").getvalue() == b"anh"
    login(client, cast.registrar)
    assert client.post(f"{LIST}{case.pk}/tin-nhan/", said).status_code == 403


def test_too_long_a_message_is_refused_and_one_is_taken_back(cast: Cast, client: Client, nam: Citizen) -> None:
    case = own_case(cast, nam)
    said = {"key": str(uuid.uuid4()), "text": "x" * 4001}
    assert "dài quá 4000" in words(client.post(f"{LIST}{case.pk}/tin-nhan/", said, follow=True))
    client.post(f"{LIST}{case.pk}/tin-nhan/", {**said, "text": "Nhầm"})
    row = Message.objects.get()
    page = words(client.post(f"{LIST}{case.pk}/tin-nhan/thu-hoi/", {"message": row.pk}, follow=True))
    assert "Đã thu hồi" in page
    assert "Nhầm" not in page
    others = a_case(cast, applicant=case.applicant)
    assert client.post(f"{LIST}{others.pk}/tin-nhan/", said).status_code == 404


def test_after_the_end_it_is_rated_and_changed_and_before_it_is_not(cast: Cast, client: Client, nam: Citizen) -> None:
    case = own_case(cast, nam)
    address = f"{LIST}{case.pk}/danh-gia/"
    early = client.post(address, {"level": "good"})
    assert (early.status_code, "chưa kết thúc" in words(early)) == (422, True)
    operations.act(case, "decline", reason="Đã đăng ký nơi khác", actor=cast.registrar, at=AT)
    assert "Mời bạn đánh giá" in words(client.get(f"{LIST}{case.pk}/"))
    assert "chọn lý do" in words(client.post(address, {"level": "poor"}))
    page = words(client.post(address, {"level": "poor", "reasons": ["late"]}, follow=True))
    assert "Cảm ơn bạn" in page
    assert "không hài lòng" in page
    assert "checked" in words(client.get(address))
    client.post(address, {"level": "good"})
    assert Rating.objects.get().level == "good"


def test_a_complaint_and_its_answer_are_on_the_page(cast: Cast, client: Client, nam: Citizen) -> None:
    case = own_case(cast, nam)
    address = f"{LIST}{case.pk}/phan-anh/"
    assert "5 ngày làm việc" in words(client.get(address))
    said = {"key": str(uuid.uuid4()), "text": "Chờ lâu quá"}
    assert client.post(address, {**said, "text": "x" * 4001}).status_code == 422
    page = words(client.post(address, said, follow=True))
    assert "Chờ lâu quá" in page
    assert "trả lời trước" in page
    again = client.post(address, {**said, "key": str(uuid.uuid4())})
    assert (again.status_code, "đang chờ trả lời" in words(again)) == (422, True)
    operations.answer_complaint(Complaint.objects.get(), text="Chiều nay xong", actor=cast.commune_leader, at=AT)
    page = words(client.get(f"{LIST}{case.pk}/"))
    assert "Chiều nay xong" in page
    assert cast.commune_leader.officer.full_name not in page
    others = a_case(cast, applicant=case.applicant)
    for way in ("phan-anh/", "danh-gia/"):
        assert client.get(f"{LIST}{others.pk}/{way}").status_code == 404
