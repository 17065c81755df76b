"""The pages of cases: what each role sees, does, and is refused."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lienthong.applicants.models import Applicant
from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.queries import lists
from lienthong.cases.tests.builders import BIRTH, a_case, citizen
from lienthong.files.models import Attachment
from lienthong.files.operations.receiving import receive
from tests.cast import AT, COMMUNE_CODE, Cast, Login

FILLED = {
    "tre.name": "Trần Minh Khang", "tre.birth": "01/03/2014", "tre.sex": "male", "noi_sinh": "Bệnh viện Bắc Bình",
    "co_chung_sinh": "on", "me.name": "Nguyễn Thị Hòa", "me.birth": "1985",
    "noi_cu_tru_me.commune": COMMUNE_CODE, "noi_cu_tru_me.street": "Thôn 1",
    "nguoi_khai.name": "Trần Văn Nam", "nguoi_khai.id_kind": "cmnd", "nguoi_khai.id_number": "260123456",
    "quan_he": "cha_me", "channel": "counter", "return_way": "counter",
    "paper.to_khai.there": "on", "paper.to_khai.originals": "1", "paper.chung_sinh.there": "on",
    "paper.ho_khau.there": "on", "paper.ho_khau.copies": "1",
}  # fmt: skip
NEWCOMER = {"a-kind": "citizen", "a-name": "Lê Thị Sáu", "a-phone": "0918000111", "a-paper_kind": "cmnd",
            "a-paper_number": "260999888", "a-commune_code": COMMUNE_CODE}  # fmt: skip


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]


def _new(code: str = BIRTH) -> str:
    return reverse("cases:new", args=[code])


def test_a_procedure_is_found_by_plain_words(desk: Client) -> None:
    page = desk.get(reverse("cases:choose"), {"q": "lam khai sinh"}).content.decode()
    assert _new() in page
    part = desk.get(reverse("cases:choose"), {"q": "không có thủ tục này"}, headers={"HX-Request": "true"})
    assert "Không tìm thấy thủ tục nào" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_a_case_is_received_at_the_counter(desk: Client, cast: Cast) -> None:
    applicant = citizen(cast.commune_desk_officer)
    page = desk.get(_new()).content.decode()
    assert "Giấy tờ nộp" in page
    assert "Dự kiến hẹn trả" in page
    answer = desk.post(_new(), {**FILLED, "applicant": applicant.pk, "key": str(uuid.uuid4()), "do": "receive"})
    case = Case.objects.get()
    assert answer["Location"] == f"{reverse('cases:show', args=[case.pk])}?received=1"
    shown = desk.get(answer["Location"]).content.decode()
    assert case.code in shown
    assert "Trần Minh Khang" in shown
    assert "Nhận hồ sơ tiếp theo" in shown


def test_a_newcomer_is_entered_with_the_case_and_not_twice(desk: Client) -> None:
    said = {**FILLED, **NEWCOMER, "key": str(uuid.uuid4()), "do": "receive"}
    assert desk.post(_new(), said).status_code == 302
    assert Case.objects.get().applicant.name == "Lê Thị Sáu"
    again = desk.post(_new(), {**said, "key": str(uuid.uuid4())})
    assert again.status_code == 422
    assert "Số giấy tờ này đã là của Lê Thị Sáu" in again.content.decode()
    assert Applicant.objects.count() == 1


def test_a_known_name_is_asked_about_before_somebody_new_is_entered(desk: Client, cast: Cast) -> None:
    known = citizen(cast.commune_desk_officer, name="Lê Thị Sáu")
    newcomer = NEWCOMER | {"a-paper_kind": "cccd", "a-paper_number": "060080000123"}
    said = {**FILLED, **newcomer, "key": str(uuid.uuid4()), "do": "receive"}
    asked = desk.post(_new(), said)
    assert asked.status_code == 422
    assert f'name="same" value="{known.pk}"' in asked.content.decode()
    assert Case.objects.count() == 0
    assert desk.post(_new(), {**said, "same": known.pk}).status_code == 302
    assert Case.objects.get().applicant == known
    assert desk.post(_new(), {**said, "key": str(uuid.uuid4()), "same": "other"}).status_code == 302
    assert Applicant.objects.filter(name="Lê Thị Sáu").count() == 2


def test_the_same_page_sent_again_shows_the_case_that_was_received(desk: Client) -> None:
    said = {**FILLED, **NEWCOMER, "key": str(uuid.uuid4()), "do": "receive"}
    first, again = (desk.post(_new(), said)["Location"] for _ in range(2))
    assert first == again
    assert Case.objects.count() == 1


def test_somebody_new_hands_in_for_another(desk: Client, cast: Cast) -> None:
    applicant = citizen(cast.commune_desk_officer)
    comer = {"s-name": "Võ Thị Mười", "s-paper_kind": "cmnd", "s-paper_number": "260111222", "s-phone": "0918000222"}
    said = {**FILLED, **comer, "applicant": applicant.pk, "key": str(uuid.uuid4()), "do": "receive"}
    wrong = desk.post(_new(), {**said, "s-phone": "12"})
    assert wrong.status_code == 422
    assert "Người nộp thay: " in wrong.content.decode()
    nameless = desk.post(_new(), {**said, "s-paper_number": ""})
    assert "Hãy ghi số giấy tờ." in nameless.content.decode()
    assert not Case.objects.exists()
    shown = desk.get(desk.post(_new(), said)["Location"]).content.decode()
    assert "Võ Thị Mười nộp thay" in shown
    assert Case.objects.get().applicant == applicant


def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(desk: Client, cast: Cast) -> None:
    applicant = citizen(cast.commune_desk_officer)
    said = {**FILLED, "tre.birth": "31/02/2014", "applicant": applicant.pk, "do": "receive"}
    answer = desk.post(_new(), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="31/02/2014"' in page
    assert 'id="f-tre-birth_error"' in page
    assert Case.objects.count() == 0
    missing = {key: value for key, value in FILLED.items() if not key.startswith("paper.chung_sinh")}
    refused = desk.post(_new(), {**missing, "applicant": applicant.pk, "do": "receive"})
    assert refused.status_code == 422
    assert "Thiếu 1 giấy tờ bắt buộc" in refused.content.decode()


def test_a_case_may_be_noted_before_it_is_received(desk: Client, cast: Cast) -> None:
    applicant = citizen(cast.commune_desk_officer)
    desk.post(_new(), {**FILLED, "applicant": applicant.pk, "do": "submit"})
    case = Case.objects.get()
    assert case.status == Case.Status.NEW
    page = desk.get(reverse("cases:show", args=[case.pk])).content.decode()
    assert "Tiếp nhận" in page
    desk.post(f"{reverse('cases:move', args=[case.pk, 'accept'])}?to=xu_ly", {"step": case.step})
    case.refresh_from_db()
    assert case.status == Case.Status.RECEIVED


def test_the_form_is_drawn_anew_by_what_is_said(desk: Client, cast: Cast) -> None:
    applicant = citizen(cast.commune_desk_officer)
    part = desk.post(_new(), {"draw": "1", "applicant": applicant.pk}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    filled = desk.post(_new(), {"fill": "nguoi_khai", "applicant": applicant.pk}, headers={"HX-Request": "true"})
    assert 'value="Trần Văn Nam"' in filled.content.decode()
    assert 'value="260123456"' in filled.content.decode()
    assert Case.objects.count() == 0


def test_the_fee_follows_what_is_typed(desk: Client) -> None:
    page = desk.get(_new("2.000815")).content.decode()
    assert page.count("data-decides") >= 2
    said = {"draw": "1", "so_trang": "5", "so_ban": "3"}
    part = desk.post(_new("2.000815"), said, headers={"HX-Request": "true"}).content.decode()
    assert "21.000" in part


def test_scans_hang_on_their_papers(desk: Client, cast: Cast, data_directory: Path) -> None:
    applicant = citizen(cast.commune_desk_officer)
    file = receive([b"Giay chung sinh"], name="chung-sinh.txt", actor=cast.commune_desk_officer, at=AT)
    said = {**FILLED, "applicant": applicant.pk, "do": "receive", "paper.chung_sinh.files": str(file.pk)}
    desk.post(_new(), said)
    paper = Case.objects.get().papers.get(key="chung_sinh")
    assert paper.is_digital
    assert Attachment.objects.of(paper.subject).standing().count() == 1


def test_a_procedure_that_does_not_hold_today_leads_back(desk: Client) -> None:
    answer = desk.get(_new("9.999999"))
    assert answer["Location"] == reverse("cases:choose")


def test_only_desks_receive(client: Client, cast: Cast, login: Login) -> None:
    for actor in (cast.registrar, cast.outsider):
        assert login(client, actor).get(reverse("cases:choose")).status_code == 403


def test_strangers_see_nothing_of_a_case(client: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    stranger = login(client, cast.outsider)
    for name in ("show", "preview", "timeline", "supplement", "withdraw"):
        assert stranger.get(reverse(f"cases:{name}", args=[case.pk])).status_code in (403, 404), name
    assert case.code not in stranger.get(reverse("cases:list")).content.decode()


def test_from_hand_to_hand_by_the_pages(client: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    registrar = login(client, cast.registrar)
    page = registrar.get(reverse("cases:show", args=[case.pk])).content.decode()
    assert "Nhận việc" in page
    registrar.post(reverse("cases:take", args=[case.pk]))
    registrar.post(reverse("cases:result", args=[case.pk]), {"key": "giay_khai_sinh"})
    _do(registrar, case, "propose")
    leader = login(Client(), cast.commune_leader)
    _do(leader, case, "sign")
    case.refresh_from_db()
    assert case.status == Case.Status.DONE
    desk = login(Client(), cast.commune_desk_officer)
    answer = desk.post(reverse("cases:hand_over", args=[case.pk]), {"receiver": "Trần Văn Nam", "way": "counter"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.status == Case.Status.HANDED_OVER
    assert "Đã trả kết quả" in desk.get(reverse("cases:show", args=[case.pk])).content.decode()


def _do(client: Client, case: Case, action: str, **said: Any) -> Any:
    case.refresh_from_db()
    move = next(one for one in case.version.definition.flow.step(case.step).moves if one.action == action)
    url = f"{reverse('cases:move', args=[case.pk, action])}?to={move.to}"
    return client.post(url, {"step": case.step, **said})


def test_a_supplement_is_asked_for_paper_by_paper_and_supplied(client: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    registrar = login(client, cast.registrar)
    url = reverse("cases:supplement", args=[case.pk])
    empty = registrar.post(url, {"text": ""})
    assert empty.status_code == 422
    assert "Hãy chọn giấy tờ cần bổ sung" in empty.content.decode()
    registrar.post(url, {"reason.chung_sinh": "Bản chụp mờ, không đọc được ngày", "step": case.step})
    case.refresh_from_db()
    assert case.status == Case.Status.SUPPLEMENT
    desk = login(Client(), cast.commune_desk_officer)
    page = desk.get(reverse("cases:show", args=[case.pk])).content.decode()
    assert "Bản chụp mờ" in page
    assert desk.post(reverse("cases:supply", args=[case.pk]), {}).status_code == 422
    desk.post(reverse("cases:supply", args=[case.pk]), {"originals.chung_sinh": "1"})
    case.refresh_from_db()
    assert case.status == Case.Status.IN_PROGRESS


def test_a_return_or_refusal_without_a_reason_is_impossible(client: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    registrar = login(client, cast.registrar)
    answer = _do(registrar, case, "decline")
    assert answer.status_code == 422
    assert "Hãy ghi lý do." in answer.content.decode()
    _do(registrar, case, "decline", reason="Không thuộc trường hợp đăng ký", legal_basis="Luật Hộ tịch")
    case.refresh_from_db()
    assert case.status == Case.Status.STOPPED


def test_an_old_page_is_told_that_the_case_went_on(client: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    registrar = login(client, cast.registrar)
    registrar.post(reverse("cases:result", args=[case.pk]), {"key": "giay_khai_sinh"})
    old = case.step
    _do(registrar, case, "propose")
    url = f"{reverse('cases:move', args=[case.pk, 'propose'])}?to=ky"
    answer = registrar.post(url, {"step": old}, follow=True)
    assert "sang bước khác" in answer.content.decode() or answer.status_code == 403


def test_lists_by_hand_by_lateness_by_status(client: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    registrar = login(client, cast.registrar)
    for query, there in (("", True), ("tab=mine", True), ("tab=late", False), ("status=2", True), ("status=9", False),
                         ("channel=online", False), ("since=01/01/2014&until=31/12/2014", True),
                         ("status=x&after=y", True),
                         (f"unit={cast.commune.pk}&procedure={case.procedure_id}", True)):  # fmt: skip
        page = registrar.get(f"{reverse('cases:list')}?{query}")
        assert page.status_code == 200
        assert (case.code in page.content.decode()) is there, query


def test_the_list_and_the_record_take_a_fixed_number_of_queries(client: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    registrar = login(client, cast.registrar)
    pages = [reverse("cases:list"), f"{reverse('cases:list')}?tab=mine", reverse("cases:show", args=[case.pk])]
    for page in pages:
        registrar.get(page)
    before = [_count(registrar, page) for page in pages]
    for _ in range(4):
        a_case(cast, applicant=case.applicant)
    operations.take(case, actor=cast.registrar, at=AT)
    assert [_count(registrar, page) for page in pages] == before
    assert before[0] <= 14
    assert before[2] <= 30


def _count(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(page)
    return len(found)


def test_pages_of_the_list_follow_one_another(client: Client, cast: Cast, login: Login, monkeypatch: Any) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    cases = [a_case(cast, applicant=None if not number else Applicant.objects.get()) for number in range(5)]
    for tab, order in ((lists.Filters(), [*reversed(cases)]), (lists.Filters(tab="mine"), cases)):
        seen: list[Case] = []
        place = None
        for _ in range(3):
            page = lists.case_page(cast.registrar, tab, AT, after=place)
            seen += page.cases
            place = page.older
        assert seen == order
        back = lists.case_page(cast.registrar, tab, AT, before=page.newer)
        assert back.cases == order[2:4]


def test_the_late_ones_follow_one_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    cases = [a_case(cast, applicant=None if not number else Applicant.objects.get()) for number in range(5)]
    now, late = AT + dt.timedelta(days=3), lists.Filters(tab="late")
    first = lists.case_page(cast.registrar, late, now)
    second = lists.case_page(cast.registrar, late, now, after=first.older)
    third = lists.case_page(cast.registrar, late, now, after=second.older)
    assert [*first.cases, *second.cases, *third.cases] == cases
    assert third.older is None
    assert lists.case_page(cast.registrar, late, now, before=third.newer).cases == cases[2:4]
    assert lists.case_page(cast.outsider, late, now).cases == []
    narrowed = lists.Filters(tab="late", channel="online")
    assert lists.case_page(cast.registrar, narrowed, now).cases == []


def test_applicants_and_communes_are_looked_up(desk: Client, cast: Cast) -> None:
    applicant = citizen(cast.commune_desk_officer)
    found = desk.get(reverse("cases:applicants"), {"q": "tran van"}).json()["results"]
    assert found == [{"value": str(applicant.pk), "label": "Trần Văn Nam", "note": "260123456 · 0918123456"}]
    communes = desk.get(reverse("administration:communes"), {"q": COMMUNE_CODE}).json()["results"]
    assert [one["value"] for one in communes] == [COMMUNE_CODE]
