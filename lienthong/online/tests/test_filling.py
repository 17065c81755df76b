"""A case from home: found, filled in, saved while typing, papers photographed, handed in once, paid, taken in."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from lienthong.applicants.models import Applicant
from lienthong.applicants.operations import enter
from lienthong.applicants.particulars import Particulars
from lienthong.cases import operations as cases
from lienthong.cases.models import Case
from lienthong.files.models import Blob, StoredFile
from lienthong.files.queries import attachments
from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.online import keeping, whose
from lienthong.online.models import Citizen, Filling, FillingFile, OwnCase
from lienthong.online.operations import filling as operations
from lienthong.online.operations import filling_files
from lienthong.online.operations.submitting import Unready, submit_filling
from lienthong.online.standing import Standing
from lienthong.online.tests.builders import a_citizen
from lienthong.online.tests.fillings import HOUSEHOLD, ME, VALUES, a_filling, filled, photo, picture, posted, send
from lienthong.payments.models import Charge
from lienthong.procedures.queries import published
from tests.cast import AT, COMMUNE_CODE, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db
LIST = "/dich-vu-cong/thu-tuc/"
DAY = dt.timedelta(days=1)


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


def words(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined] # an answer of the client


def opened(client: Client, address: str) -> int:
    """Return the status of a file's answer, read to its end."""
    answer = client.get(address)
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a file in pieces
    return int(answer.status_code)


def page(name: str, *args: object) -> str:
    return reverse(f"online:{name}", args=args)


def test_procedures_are_found_by_plain_words_without_signing_in(cast: Cast, client: Client) -> None:
    found = words(client.get(LIST, {"q": "mở cửa hàng"}))
    assert "Đăng ký thành lập hộ kinh doanh" in found
    assert "Nộp được tại nhà" in found
    assert "Không tìm thấy" in words(client.get(LIST, {"q": "đóng tàu ngầm"}))
    near = words(client.get(LIST, {"q": "tôi muốn xin mở quán cà phê"}))
    assert "Có thể bạn cần:" in near
    assert "trò chơi điện tử" in words(client.get(LIST, {"q": "giấy tờ mở quán (nét)"}))
    by_who = words(client.get(LIST, {"ai": "enterprise"}))
    assert "trò chơi điện tử" in by_who
    assert "hộ kinh doanh</a>" not in by_who
    assert "Đăng ký khai sinh" in words(client.get(LIST, {"linh-vuc": "ho-tich"}))
    part = words(client.get(LIST, {"q": "quán net"}, headers={"HX-Request": "true"}))
    assert "trò chơi điện tử" in part
    assert "<html" not in part
    assert client.get(LIST, {"q": "a" * 300, "linh-vuc": "x", "ai": "x"}).status_code == 200


def test_finding_takes_a_fixed_number_of_queries(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(LIST)
    with django_assert_max_num_queries(3):
        client.get(LIST, {"q": "giấy"})
    with django_assert_max_num_queries(2):
        client.get(page("service", HOUSEHOLD))


def test_a_procedure_says_what_it_takes_or_where_to_go(cast: Cast, client: Client) -> None:
    one = words(client.get(page("service", HOUSEHOLD)))
    for said in ("Nộp trực tuyến", "5 ngày làm việc", "30.000 đ", "Cấp huyện", "Ngành nghề kinh doanh", "<svg"):
        assert said in one, said
    other = words(client.get(page("service", "1.001193")))
    assert "Chưa nhận trực tuyến" in other
    assert page("start", "1.001193") not in other
    assert client.get(page("service", "9.999999")).status_code == 404


def test_beginning_asks_to_sign_in_and_refuses_what_is_not_online(cast: Cast, client: Client) -> None:
    assert client.get(page("start", HOUSEHOLD)).status_code == 302
    citizen = a_citizen()
    client.force_login(citizen.user)
    assert "Bắt đầu khai" in words(client.get(page("start", HOUSEHOLD)))
    made = client.post(page("start", HOUSEHOLD), {"nguoi": "on"})
    row = Filling.objects.get()
    assert made["Location"] == page("filling", row.key)
    assert row.who == {"a": {"name": "Trần Văn Nam", "phone": "0918123456"}}
    client.post(page("start", "1.001193"), follow=True)
    assert Filling.objects.count() == 1
    assert "Làm tiếp bản soạn" in words(client.get(page("start", HOUSEHOLD)))


def test_from_the_form_to_a_case_that_the_desk_takes_in(cast: Cast, client: Client, nam: Citizen, login: Login) -> None:
    row = a_filling(nam)
    form = page("filling", row.key)
    assert "Khai thông tin" in words(client.get(form))
    assert client.post(form, posted(do="next"))["Location"] == page("filling_papers", row.key)
    papers = page("filling_papers", row.key)
    assert "Chưa có tệp nào" in words(client.get(papers))
    assert "Còn thiếu 1 giấy tờ" in words(client.post(papers, {"do": "next"}, follow=True))
    client.post(papers, {"paper.giay_to": [photo("truoc.png"), photo("sau.png", "red")]})
    assert client.post(papers, {"do": "next"})["Location"] == page("filling_contact", row.key)
    said = {"phone": "0918 123 456", "email": "", "return_way": "post", "return_address": ""}
    assert "Hãy ghi địa chỉ" in words(client.post(page("filling_contact", row.key), said))
    said["return_address"] = "Thôn Hà Thủy 1"
    check = client.post(page("filling_contact", row.key), said)["Location"]
    looked = words(client.get(check))
    for told in ("Bộ phận Một cửa huyện Tuy Phong", "30.000 đ", "truoc.png", "Quán Hòa", "Thôn Hà Thủy 1"):
        assert told in looked, told
    assert "Hãy đánh dấu cam đoan" in words(client.post(check, {}, follow=True))
    answer = client.post(check, {"sure": "on"})
    case = Case.objects.get()
    assert answer["Location"] == page("submitted", case.pk)
    assert (case.status, case.channel, case.receiving_unit) == (Case.Status.NEW, "online", cast.district_desk)
    assert OwnCase.objects.get().right == OwnCase.Right.SUBMITTED
    done = words(client.get(answer["Location"]))
    assert case.code in done
    assert "Nộp 30.000 đ" in done
    assert Charge.objects.of(case.subject).get().amount == 30_000
    desk = login(Client(), cast.district_desk_officer)
    record = words(desk.get(reverse("cases:show", args=[case.pk])))
    assert "truoc.png" in record
    assert "Quán Hòa" in record
    file = attachments(case.papers.get(key="giay_to").subject)[0].file
    assert opened(desk, reverse("files:inline", args=[file.pk])) == 200
    assert desk.get(reverse("files:preview", args=[file.pk])).status_code == 200
    stranger = login(Client(), cast.outsider)
    assert stranger.get(reverse("files:inline", args=[file.pk])).status_code == 404
    case = cases.act(case, "accept", actor=cast.district_desk_officer, at=AT)
    assert (case.status, case.holder_post) == (Case.Status.RECEIVED, cast.works_specialist.post)
    assert case.promised_at is not None


def test_a_double_click_makes_one_case(cast: Cast, client: Client, nam: Citizen) -> None:
    row = filled(nam)
    check = page("filling_check", row.key)
    first, second = client.post(check, {"sure": "on"}), client.post(check, {"sure": "on"})
    assert first["Location"] == second["Location"] == page("submitted", Case.objects.get().pk)
    assert client.get(page("filling", row.key))["Location"] == first["Location"]
    with pytest.raises(Refusal, match="đã nộp"):
        operations.throw_away(row)
    row.refresh_from_db()
    assert row.values == {}


def test_what_is_typed_is_saved_and_wrong_boxes_are_named(cast: Cast, client: Client, nam: Citizen) -> None:
    row = a_filling(nam)
    said = posted(ten_ho="Quán", von="nhiều")
    answer = client.post(page("filling_save", row.key), said)
    problems = json.loads(answer.content)["problems"]
    assert list(problems) == ["von"]
    row.refresh_from_db()
    assert (row.values["ten_ho"], row.values["von"], row.saved_at) == ("Quán", "nhiều", AT)
    assert "Quán" in words(client.get(page("filling", row.key)))
    assert "Quán" not in words(client.get(page("fillings")))
    assert "Đăng ký thành lập hộ kinh doanh" in words(client.get(page("fillings")))


def test_two_windows_do_not_overwrite_each_other_unsaid(cast: Cast, client: Client, nam: Citizen) -> None:
    row = a_filling(nam)
    one, two = posted(writer="one", ten_ho="Một"), posted(writer="two", ten_ho="Hai")
    save = page("filling_save", row.key)
    assert [client.post(save, one).status_code for _ in range(2)] == [200, 200]
    late = client.post(save, two)
    assert late.status_code == 409
    assert "cửa sổ hoặc máy khác" in json.loads(late.content)["message"]
    kept = client.post(page("filling", row.key), {**two, "do": "save"})
    assert kept.status_code == 422
    assert "Hai" in words(kept)
    row.refresh_from_db()
    assert row.values["ten_ho"] == "Một"
    assert client.post(save, {**two, "seen": str(row.revision)}).status_code == 200


def test_what_is_missing_stands_beside_its_box(cast: Cast, client: Client, nam: Citizen) -> None:
    row = a_filling(nam)
    answer = client.post(
        page("filling", row.key), posted(do="next", ten_ho="", **{"a-birth": "", "a-paper_number": ""})
    )
    assert answer.status_code == 422
    for said in ("Cần ghi tên hộ kinh doanh", "Hãy ghi ngày sinh", "Hãy ghi số giấy tờ"):
        assert said in words(answer), said
    long = client.post(page("filling", row.key), posted(do="next", **{"a-name": "Nguyễn " * 50}))
    assert "dài quá 300" in words(long)
    drawn = client.post(page("filling", row.key), posted(chu_the="nhom", draw="1"), headers={"HX-Request": "true"})
    assert "Thành viên góp vốn" in words(drawn)
    assert "<html" not in words(drawn)
    taken = client.post(page("filling", row.key), posted(fill="chu_ho", **{"chu_ho.name": ""}))
    assert 'value="Trần Văn Nam"' in words(taken)


def test_a_draft_and_its_files_are_nobody_elses(cast: Cast, client: Client, nam: Citizen, login: Login) -> None:
    other = a_citizen("0918000111", name="Lê Hòa")
    row = filled(other)
    number = row.files.get().file_id
    names = ("filling", "filling_papers", "filling_contact", "filling_check", "filling_drop", "filling_changed")
    for name in names:
        assert client.get(page(name, row.key)).status_code == 404, name
        assert client.post(page(name, row.key), {"sure": "on"}).status_code == 404, name
    assert client.post(page("filling_save", row.key), {}).status_code == 404
    own = a_filling(nam)
    for key in (row.key, own.key):
        assert client.get(page("filling_file", key, number)).status_code == 404
        assert client.get(page("filling_picture", key, number)).status_code == 404
    assert client.post(page("filling_upload", row.key, "giay_to"), {"file": photo()}).status_code == 404
    assert client.get(page("filling", uuid.uuid4())).status_code == 404
    with pytest.raises(Refusal, match="không phải của tài khoản"):
        filling_files.add_file(own, "giay_to", StoredFile.objects.get(pk=number), at=AT)
    assert login(client, cast.registrar).get(page("filling", row.key)).status_code == 403


def test_files_are_sent_seen_put_in_order_and_taken_off(cast: Cast, client: Client, nam: Citizen) -> None:
    row = filled(nam, photo=False)
    upload = page("filling_upload", row.key, "giay_to")
    answers = [client.post(upload, {"file": photo(f"{n}.png", colour)}) for n, colour in enumerate(("red", "blue"))]
    assert [one.status_code for one in answers] == [201, 201]
    first, second = row.files.order_by("order")
    papers = page("filling_papers", row.key)
    assert words(client.get(papers)).index("0.png") < words(client.get(papers)).index("1.png")
    client.post(papers, {"up": str(second.pk)})
    assert words(client.get(papers)).index("1.png") < words(client.get(papers)).index("0.png")
    assert opened(client, page("filling_file", row.key, first.file_id)) == 200
    assert client.get(page("filling_picture", row.key, first.file_id))["Content-Type"] == "image/webp"
    client.post(papers, {"remove": str(first.pk)})
    assert not StoredFile.objects.filter(pk=first.file_id).exists()
    assert Blob.objects.count() == 1
    assert client.post(upload, {"file": photo("x.exe")}).status_code == 422
    refused = client.post(page("filling_upload", row.key, "bien_ban"), {"file": photo()})
    assert "không yêu cầu giấy tờ này" in json.loads(refused.content)["error"]
    assert "đã được bỏ" in words(client.post(papers, {"remove": "999999"}, follow=True))


def test_no_more_files_and_drafts_than_the_rule_of_the_day(
    cast: Cast, nam: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = keeping.Keeping(30, 1, 1, MONDAY, None, "", verified=False)
    for module in (operations, filling_files):
        monkeypatch.setattr(module, "keeping_on", lambda _: rule)
    row = a_filling(nam)
    with pytest.raises(Refusal, match="1 bản đang soạn"):
        a_filling(nam)
    send(row, "giay_to")
    with pytest.raises(Refusal, match="nhiều nhất 1 tệp"):
        send(row, "giay_to", "b.png", "red")


def test_a_rule_of_zero_is_a_fault_of_its_file() -> None:
    raw = {"keep_days": 0, "drafts": 1, "files": 1, "valid_from": MONDAY, "source": "", "verified": False}
    with pytest.raises(ValueError, match="keep_days phải từ 1"):
        keeping.rule(raw)


def test_drafts_lapse_and_are_thrown_away_with_their_files(cast: Cast, client: Client, nam: Citizen) -> None:
    row, done = filled(nam), filled(nam)
    case = submit_filling(done, at=AT)
    assert "2 tệp" not in words(client.get(page("filling_drop", row.key)))
    assert operations.lapse_all(at=AT + 30 * DAY) == 0
    assert operations.lapse_all(at=AT + 31 * DAY) == 1
    assert list(Filling.objects.all()) == [done]
    assert len(attachments(case.papers.get(key="giay_to").subject)) == 1
    fresh = a_filling(nam)
    send(fresh, "giay_to", "b.png", "red")
    client.post(page("filling_drop", fresh.key))
    assert not Filling.objects.open().exists()
    assert StoredFile.objects.count() == 1


def test_what_was_given_before_is_offered_and_never_taken_silently(cast: Cast, client: Client, nam: Citizen) -> None:
    case = submit_filling(filled(nam), at=AT)
    start = words(client.get(page("start", HOUSEHOLD)))
    assert case.code in start
    assert "Điền sẵn thông tin của tôi" in start
    client.post(page("start", HOUSEHOLD))
    bare = Filling.objects.open().get()
    assert (bare.who, bare.values) == ({}, {})
    client.post(page("start", HOUSEHOLD), {"nguoi": "on", "ho-so": "on"})
    again = Filling.objects.open().exclude(pk=bare.pk).get()
    assert again.values["ten_ho"] == "Quán Hòa"
    assert again.who["a"] == ME
    papers = page("filling_papers", again.key)
    assert "Dùng lại cmnd.png" in words(client.get(papers))
    number = FillingFile.objects.get().file_id
    client.post(papers, {"again": f"giay_to:{number}"})
    assert again.files.get().file_id == number
    second = submit_filling(again, at=AT)
    assert len(attachments(second.papers.get(key="giay_to").subject)) == 1
    stranger = a_citizen("0918000111", name="Lê Hòa")
    theirs = a_filling(stranger)
    with pytest.raises(Refusal, match="không dùng lại được"):
        filling_files.use_again(theirs, "giay_to", number, at=AT)


def test_an_identity_number_of_somebody_known_shows_and_changes_nothing(cast: Cast, nam: Citizen) -> None:
    stored = Particulars(
        "citizen", "Trần Văn Nam", birth="12/05/1985", phone="0909999999", paper_kind="cmnd", paper_number="260123456"
    )
    known = enter(stored, actor=None, at=AT)
    case = submit_filling(filled(nam), at=AT)
    assert case.applicant == known
    known.refresh_from_db()
    assert known.phone == "0909999999"
    for wrong in ({"name": "Lê Văn Tám"}, {"birth": "1990"}, {"birth": "13/05/1985"}):
        row = filled(nam, who={"a": {**ME, **wrong}})
        with pytest.raises(Unready, match="họ tên hoặc ngày sinh khác") as refused:
            submit_filling(row, at=AT)
        assert "Nam" not in refused.value.message
    row = filled(nam, who={"a": {**ME, "paper_number": "", "paper_kind": ""}})
    with pytest.raises(Unready, match="loại và số giấy tờ"):
        submit_filling(row, at=AT)
    assert Applicant.objects.count() == 1


def test_handing_in_for_another_needs_the_paper_of_authority(cast: Cast, nam: Citizen) -> None:
    other = {**ME, "name": "Lê Thị Hòa", "paper_number": "260999888", "birth": "1990"}
    row = filled(nam, acting="other", who={"a": other, "m": ME})
    with pytest.raises(Refusal, match="Giấy ủy quyền"):
        submit_filling(row, at=AT)
    send(row, whose.AUTHORITY, "uy-quyen.png", "red")
    case = submit_filling(row, at=AT)
    assert (case.applicant.name, case.submitter and case.submitter.name) == ("Lê Thị Hòa", "Trần Văn Nam")
    paper = case.papers.get(key=whose.AUTHORITY)
    assert (paper.name, len(attachments(paper.subject))) == (whose.AUTHORITY_NAME, 1)


def test_an_enterprise_is_the_applicant_and_the_account_hands_in(cast: Cast, client: Client, nam: Citizen) -> None:
    row = a_filling(nam, "1.013792")
    ways = words(client.get(page("filling", row.key)))
    assert "Thay mặt doanh nghiệp" in ways
    firm = {"name": "Công ty TNHH Gió Biển", "paper_number": "0100109106", "representative": "Trần Văn Nam"}
    firm |= {"phone": "0918123456", "commune_code": COMMUNE_CODE}
    standing = Standing(operations.keep(row, operations.Said({}, {"a": firm, "m": ME}, "enterprise"), at=AT), AT)
    assert standing.kind == "enterprise"
    assert whose.particulars("enterprise", firm).paper_kind == "tax"
    assert whose.as_values("enterprise", firm)["tax_code"] == "0100109106"
    answer = client.post(page("filling", row.key), {"acting": "enterprise", "a-name": "Gió", "m-name": "Nam"})
    assert "Mã số thuế" in words(answer)
    assert "Bạn là ai" in words(answer)
    assert "Thay mặt doanh nghiệp" not in words(client.get(page("filling", a_filling(nam).key)))


def test_a_new_version_says_what_changed_and_loses_nothing(
    cast: Cast, client: Client, nam: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = filled(nam)
    later = AT.replace(year=2026)
    current = published(HOUSEHOLD, later.date())
    assert current is not None
    assert current.pk != row.version_id
    with pytest.raises(operations.Changed):
        submit_filling(row, at=later)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.force_login(nam.user)
    assert client.get(page("filling", row.key))["Location"] == page("filling_changed", row.key)
    assert client.post(page("filling_check", row.key), {"sure": "on"})["Location"] == page("filling_changed", row.key)
    told = words(client.get(page("filling_changed", row.key)))
    assert "Thay đổi gì" in told
    assert client.post(page("filling_changed", row.key))["Location"] == page("filling", row.key)
    row.refresh_from_db()
    assert row.version_id == current.pk
    everything = json.dumps([row.values, row.left], ensure_ascii=False)
    for said in ("Quán Hòa", "Bán tạp hóa", "Thôn Hà Thủy 1"):
        assert said in everything, said
    assert client.get(page("filling", row.key)).status_code == 200


def test_a_procedure_that_is_taken_online_no_more_leaves_the_words_to_be_copied(
    cast: Cast, client: Client, nam: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = filled(nam)
    monkeypatch.setattr("lienthong.online.queries.fillings.published", lambda *_: None)
    told = words(client.get(page("filling_changed", row.key)))
    assert "không nhận hồ sơ trực tuyến" in told
    assert "Quán Hòa" in told
    with pytest.raises(Refusal, match="chép lại"):
        operations.carry_over(row, at=AT)


def test_an_agency_that_ended_yesterday_takes_nothing_in(cast: Cast, nam: Citizen) -> None:
    row = filled(nam)
    type(cast.district).objects.filter(pk=cast.district.pk).update(valid_to=MONDAY)
    with pytest.raises(Refusal, match="không còn hoạt động"):
        submit_filling(row, at=AT)
    type(cast.district).objects.filter(pk=cast.district.pk).update(valid_to=None)
    type(cast.district).objects.filter(pk=cast.district_desk.pk).update(valid_to=MONDAY)
    with pytest.raises(Refusal, match="chưa có Bộ phận Một cửa"):
        submit_filling(row, at=AT)
    assert not Case.objects.exists()


def test_nothing_is_handed_in_with_a_form_that_is_not_right(cast: Cast, client: Client, nam: Citizen) -> None:
    row = filled(nam, values={**VALUES, "lao_dong": "500"})
    looked = words(client.get(page("filling_check", row.key)))
    assert "chỗ thiếu hoặc chưa đúng" in looked
    answer = client.post(page("filling_check", row.key), {"sure": "on"})
    assert answer["Location"] == page("filling", row.key)
    bare = filled(nam, photo=False)
    answer = client.post(page("filling_check", bare.key), {"sure": "on"})
    assert answer["Location"] == page("filling_papers", bare.key)
    assert not Case.objects.exists()


def test_communes_are_found_by_those_who_are_signed_in(cast: Cast, client: Client, nam: Citizen) -> None:
    found = json.loads(client.get(page("communes"), {"q": "chi cong"}).content)
    assert found["results"][0]["value"] == COMMUNE_CODE
    assert Client().get(page("communes")).status_code == 302


def test_hot_pages_take_a_fixed_number_of_queries(
    cast: Cast, client: Client, nam: Citizen, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = filled(nam)
    for _ in range(3):
        a_filling(nam)
    client.get(page("filling", row.key))
    with django_assert_max_num_queries(12):
        client.get(page("filling", row.key))
    with django_assert_max_num_queries(12):
        client.post(page("filling_save", row.key), posted(writer="w"))
    with django_assert_max_num_queries(5):
        client.get(page("fillings"))
    with django_assert_max_num_queries(12):
        client.get(page("filling_papers", row.key))
    assert picture() != picture("red")
