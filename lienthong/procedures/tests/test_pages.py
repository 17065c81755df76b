"""The pages of procedures: what officers read, what the administrator changes, what is refused and how it is said."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.kernel import clock
from lienthong.procedures import operations, queries
from lienthong.procedures.models import Competence, Procedure, ProcedureVersion
from lienthong.procedures.queries import published
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db
BIRTH, HOUSE = "1.001193", "1.013225"
LATER = dt.date(2014, 6, 1)


@pytest.fixture(autouse=True)
def on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def admin(client: Client, cast: Cast, login: Login) -> Client:
    return login(client, cast.administrator)


@pytest.fixture
def version(cast: Cast) -> ProcedureVersion:
    found = published(BIRTH, MONDAY)
    assert found is not None
    return found


@pytest.fixture
def drafted(cast: Cast, version: ProcedureVersion) -> ProcedureVersion:
    return operations.copy(version, valid_from=LATER, actor=cast.administrator, at=AT)


def text_of(client: Client, name: str, *args: Any, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return str(answer.content.decode())


def boxes(client: Client, address: str) -> dict[str, Any]:
    """Return what the form of a page would send as it stands."""
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}


def test_everybody_finds_procedures_by_words_and_sector(client: Client, cast: Cast, login: Login) -> None:
    login(client, cast.outsider)
    page = text_of(client, "procedures:list", q="giay khai sinh")
    assert reverse("procedures:show", args=[BIRTH]) in page
    assert reverse("procedures:show", args=[HOUSE]) not in page
    assert "Thêm thủ tục" not in page
    page = text_of(client, "procedures:list", sector="xay-dung")
    assert (reverse("procedures:show", args=[HOUSE]) in page, reverse("procedures:show", args=[BIRTH]) in page) == (
        True, False)  # fmt: skip
    assert "Không tìm thấy thủ tục nào" in text_of(client, "procedures:list", q="không có đâu")
    part = client.get(reverse("procedures:list"), {"q": "khai sinh"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_what_holds_no_more_or_not_yet_is_found_too(
    admin: Client, cast: Cast, version: ProcedureVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = operations.copy(version, code="9.000003", valid_from=LATER, actor=cast.administrator, at=AT)
    operations.publish(made, actor=cast.administrator, at=AT)
    address = f"{reverse('procedures:show', args=['9.000003'])}?version=1"
    assert address in text_of(admin, "procedures:list", state="later")
    assert address not in text_of(admin, "procedures:list", state="ended")
    monkeypatch.setattr(clock, "now", lambda: AT.replace(year=2026))
    page = text_of(admin, "procedures:list", state="ended")
    assert f"{reverse('procedures:show', args=[BIRTH])}?version=1" in page


def test_a_long_list_goes_on_after_a_code(admin: Client) -> None:
    codes = sorted(ProcedureVersion.objects.in_force(MONDAY).values_list("procedure__code", flat=True))
    first = queries.page_of("", on=MONDAY, size=2)
    assert [row.procedure.code for row in first.versions] == codes[:2]
    second = queries.page_of("", on=MONDAY, after=first.older, size=len(codes))
    assert ([row.procedure.code for row in second.versions], second.older) == (codes[2:], "")
    page = text_of(admin, "procedures:list", after=first.older)
    assert "Về đầu" in page


def test_the_list_asks_few_questions(admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    text_of(admin, "procedures:list")
    with django_assert_max_num_queries(9):
        text_of(admin, "procedures:list")


@pytest.mark.parametrize("tab", ["", "form", "papers", "flow", "versions"])
def test_every_procedure_shows_every_tab(admin: Client, tab: str) -> None:
    for code in Procedure.objects.values_list("code", flat=True):
        version = ProcedureVersion.objects.filter(procedure__code=code).earliest("number")
        text_of(admin, "procedures:show", code, tab=tab, version=str(version.number))


def test_the_tabs_say_what_the_file_says(admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    page = text_of(admin, "procedures:show", HOUSE)
    for words in ("15 ngày làm việc", "Loại công trình: Nhà ở riêng lẻ tại đô thị", "100.000 đ", "Chưa đối chiếu"):
        assert words in page
    assert "Cam kết bảo đảm an toàn" in text_of(admin, "procedures:show", HOUSE, tab="papers")
    flow = text_of(admin, "procedures:show", HOUSE, tab="flow")
    assert (flow.count('<svg class="wf-picture"'), "Chuyên viên" in flow) == (2, True)
    with django_assert_max_num_queries(9):
        text_of(admin, "procedures:show", HOUSE)


def test_the_form_shows_what_the_choices_ask_for_and_keeps_nothing(admin: Client) -> None:
    page = text_of(admin, "procedures:show", HOUSE, tab="form")
    assert 'name="thua_dat"' in page
    part = admin.get(
        reverse("procedures:show", args=[HOUSE]),
        {"tab": "form", "try": "1", "loai": "cong_trinh"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "<html" not in part
    assert re.search(r'value="cong_trinh"[^>]* checked', part)


def test_what_is_not_there_is_not_found(admin: Client) -> None:
    text_of(admin, "procedures:show", "9.999999", status=404)
    text_of(admin, "procedures:show", BIRTH, version="77", status=404)


def test_an_older_version_is_shown_and_its_file_given(
    client: Client, cast: Cast, login: Login, version: ProcedureVersion
) -> None:
    login(client, cast.clerk)
    assert "Phiên bản 1" in text_of(client, "procedures:show", BIRTH, version="1")
    answer = client.get(reverse("procedures:file", args=[version.pk]))
    assert answer.content.decode() == version.text
    assert "1.001193-v1.toml" in answer["Content-Disposition"]


def test_a_version_is_copied_mended_published_and_the_one_before_ends(admin: Client, version: ProcedureVersion) -> None:
    highest = ProcedureVersion.objects.filter(procedure__code=BIRTH).latest("number").number
    answer = admin.post(reverse("procedures:copy", args=[version.pk]), {"valid_from": "01/06/2014"})
    row = ProcedureVersion.objects.get(state="draft")
    assert answer["Location"].endswith(f"?version={row.number}")
    assert (row.number, row.valid_from, row.valid_to, row.verified) == (highest + 1, LATER, None, False)
    address = reverse("procedures:part", args=[row.pk, "facts"])
    said = boxes(admin, address) | {"name": "Đăng ký khai sinh cho trẻ", "valid_to": "01/07/2025"}
    assert admin.post(address, said).status_code == 302
    row.refresh_from_db()
    assert row.name == "Đăng ký khai sinh cho trẻ"
    assert row.text.startswith("# Khai sinh ở cấp xã")
    answer = admin.post(reverse("procedures:publication", args=[row.pk]), follow=True)
    assert f"Đã công bố phiên bản {row.number}, áp dụng từ 01/06/2014" in answer.content.decode()
    version.refresh_from_db()
    assert version.valid_to == LATER
    now, then = published(BIRTH, MONDAY), published(BIRTH, LATER)
    assert (now, then) == (version, row)


def test_an_open_version_ends_when_the_next_is_published(admin: Client, cast: Cast, version: ProcedureVersion) -> None:
    made = operations.copy(version, code="9.000001", valid_from=MONDAY, actor=cast.administrator, at=AT)
    assert admin.post(reverse("procedures:publication", args=[made.pk])).status_code == 302
    first = published("9.000001", MONDAY)
    assert first is not None
    answer = admin.post(reverse("procedures:copy", args=[first.pk]), {"valid_from": "10/03/2014"})
    assert answer.status_code == 422
    assert "Chọn ngày sau đó" in answer.content.decode()
    admin.post(reverse("procedures:copy", args=[first.pk]), {"valid_from": "01/06/2014"})
    second = ProcedureVersion.objects.get(procedure__code="9.000001", number=2)
    page = text_of(admin, "procedures:show", "9.000001", version="2")
    assert "Phiên bản 1 thôi áp dụng từ ngày đó" in page
    admin.post(reverse("procedures:publication", args=[second.pk]))
    first.refresh_from_db()
    assert first.valid_to == LATER
    page = text_of(admin, "procedures:show", "9.000001", tab="versions", version="2")
    assert "công bố phiên bản 2" in page
    assert "So sánh" in page
    third = operations.copy(first, valid_from=dt.date(2014, 4, 1), actor=cast.administrator, at=AT)
    answer = admin.post(reverse("procedures:publication", args=[third.pk]), follow=True)
    assert "đã có phiên bản khác áp dụng trong thời gian này" in answer.content.decode()
    first.refresh_from_db()
    assert first.valid_to == LATER


def test_a_second_draft_waits_for_the_first(
    admin: Client, drafted: ProcedureVersion, version: ProcedureVersion
) -> None:
    answer = admin.post(reverse("procedures:copy", args=[version.pk]), {"valid_from": "01/07/2014"})
    assert answer.status_code == 422
    assert f"đang có bản soạn, phiên bản {drafted.number}" in answer.content.decode()


def test_wrong_text_is_kept_with_each_fault_beside_its_line(admin: Client, drafted: ProcedureVersion) -> None:
    address = reverse("procedures:text", args=[drafted.pk])
    wrong = drafted.text.replace('role = "leader"', 'role = "chu_tich"')
    line = wrong.splitlines().index('role = "chu_tich"') + 1
    checked = admin.post(address, {"text": wrong, "seen": drafted.digest, "do": "check"})
    assert checked.status_code == 422
    assert f"Dòng {line}" in checked.content.decode()
    drafted.refresh_from_db()
    assert "chu_tich" not in drafted.text
    assert (
        admin.post(address, {"text": wrong.replace("\n", "\r\n"), "seen": drafted.digest, "do": "save"}).status_code
        == 302
    )
    drafted.refresh_from_db()
    assert drafted.text == wrong
    page = text_of(admin, "procedures:text", drafted.pk)
    assert "Không có vai trò “chu_tich”" in page
    assert f'data-go="{line}"' in page
    assert "chỗ sai" in text_of(admin, "procedures:show", BIRTH, version=str(drafted.number))
    answer = admin.post(reverse("procedures:publication", args=[drafted.pk]), follow=True)
    assert "Chưa công bố được: còn 1 chỗ sai" in answer.content.decode()


def test_broken_text_sends_the_plain_forms_back_to_the_text(
    admin: Client, cast: Cast, drafted: ProcedureVersion
) -> None:
    operations.keep(drafted, "code = \n", actor=cast.administrator, at=AT)
    answer = admin.get(reverse("procedures:part", args=[drafted.pk, "fees"]), follow=True)
    assert "sai cú pháp" in answer.content.decode()
    assert "Tệp không đúng cú pháp TOML" in answer.content.decode()


def test_who_saves_second_does_not_write_over_the_first(admin: Client, cast: Cast, drafted: ProcedureVersion) -> None:
    seen = drafted.digest
    operations.keep(drafted, drafted.text + "# của người khác\n", actor=cast.administrator, at=AT)
    answer = admin.post(
        reverse("procedures:text", args=[drafted.pk]), {"text": drafted.text, "seen": seen, "do": "save"}
    )
    assert answer.status_code == 422
    assert "Người khác vừa sửa bản này" in answer.content.decode()
    drafted.refresh_from_db()
    assert drafted.text.endswith("# của người khác\n")


def test_plain_boxes_change_limits_fees_papers_and_steps(admin: Client, drafted: ProcedureVersion) -> None:
    def change(part: str, **said: str) -> None:
        address = reverse("procedures:part", args=[drafted.pk, part])
        answer = admin.post(address, boxes(admin, address) | said)
        assert answer.status_code == 302, answer.context["form"].errors

    change("limits", **{"limits.0.amount": "6 ngày làm việc", "supplement.answer_within": "20 ngày"})
    change("fees", **{"fees.0.amount": "8.000", "+fees.name": "Phí bản sao", "+fees.amount": "2.000"})
    change("papers", **{"components.0.name": "Tờ khai", "remove.components.3": "on", "+components.name": "Ảnh của trẻ",
                        "+components.originals": "2"})  # fmt: skip
    change("steps", **{"steps.1.limit": "2 giờ làm việc"})
    drafted.refresh_from_db()
    one = drafted.definition
    assert str(one.limits[0].limit) == "6 ngày làm việc"
    assert str(one.supplement.answer_within) == "20 ngày"
    assert [(fee.key, fee.amount) for fee in one.fees] == [("le_phi", 8000), ("phi_ban_sao", 2000)]
    assert [paper.key for paper in one.components] == ["to_khai", "chung_sinh", "cam_doan", "ho_khau", "anh_cua_tre"]
    assert str(one.flow.step("xu_ly").limit) == "2 giờ làm việc"
    assert drafted.text.startswith("# Khai sinh ở cấp xã")


@pytest.mark.parametrize(
    ("part", "name", "value", "words"),
    [
        ("limits", "limits.1.amount", "nhanh", "Không hiểu thời hạn"),
        ("steps", "steps.1.limit", "9 ngày làm việc", "nhiều hơn thời hạn của thủ tục"),
        ("facts", "valid_to", "01/01/2012", "phải sau ngày bắt đầu"),
        ("facts", "valid_from", "31/02/2014", "Lịch không có ngày"),
        ("fees", "fees.0.council", "", "bắt buộc"),
    ],
)
def test_a_wrong_box_says_so_beside_it_and_nothing_is_saved(
    admin: Client, drafted: ProcedureVersion, part: str, name: str, value: str, words: str
) -> None:
    address = reverse("procedures:part", args=[drafted.pk, part])
    answer = admin.post(address, boxes(admin, address) | {name: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    form = answer.context["form"]
    assert form.errors
    digest = drafted.digest
    drafted.refresh_from_db()
    assert drafted.digest == digest


def test_a_fault_of_a_table_after_a_removed_one_stands_beside_its_own_box(
    admin: Client, drafted: ProcedureVersion
) -> None:
    address = reverse("procedures:part", args=[drafted.pk, "papers"])
    said = boxes(admin, address) | {"remove.components.0": "on", "components.2.originals": "99"}
    answer = admin.post(address, said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["components.2.originals"]


def test_boxes_are_called_as_people_call_them(admin: Client, cast: Cast) -> None:
    house = published(HOUSE, MONDAY)
    assert house is not None
    draft = operations.copy(house, valid_from=LATER, actor=cast.administrator, at=AT)
    assert "Mức thu: Nhà ở riêng lẻ tại đô thị" in text_of(admin, "procedures:part", draft.pk, "fees")
    page = text_of(admin, "procedures:part", draft.pk, "limits")
    assert "Khi Loại công trình: Nhà ở riêng lẻ tại nông thôn" in page
    assert "Mọi trường hợp khác" in page


def test_a_draft_is_thrown_away_but_a_published_version_is_not(
    admin: Client, drafted: ProcedureVersion, version: ProcedureVersion
) -> None:
    admin.post(reverse("procedures:withdrawal", args=[drafted.pk]))
    assert not ProcedureVersion.objects.filter(pk=drafted.pk).exists()
    answer = admin.post(reverse("procedures:withdrawal", args=[version.pk]), follow=True)
    assert "không bỏ được" in answer.content.decode()
    assert ProcedureVersion.objects.filter(pk=version.pk).exists()


def test_a_published_version_has_no_page_to_write_in(admin: Client, version: ProcedureVersion) -> None:
    assert admin.get(reverse("procedures:text", args=[version.pk])).status_code == 302
    assert admin.get(reverse("procedures:part", args=[version.pk, "fees"])).status_code == 302
    assert admin.get(reverse("procedures:part", args=[version.pk, "khac"])).status_code == 404


def test_a_new_procedure_begins_with_a_skeleton_that_says_what_is_missing(admin: Client) -> None:
    text = admin.get(reverse("procedures:new")).context["form"]["text"].value()
    answer = admin.post(reverse("procedures:new"), {"text": text, "do": "save"})
    assert answer.status_code == 422
    assert "Ghi mã thủ tục" in answer.content.decode()
    for empty, said in (('code = ""', 'code = "9.000002"'), ('name = ""', 'name = "Xác nhận"'),
                        ('sector = ""', 'sector = "ho-tich"'), ('source = ""', 'source = "Quyết định"')):  # fmt: skip
        text = text.replace(empty, said)
    answer = admin.post(reverse("procedures:new"), {"text": text, "do": "save"})
    assert answer.status_code == 302
    assert ProcedureVersion.objects.get(procedure__code="9.000002").state == "draft"
    again = admin.post(reverse("procedures:new"), {"text": text, "do": "save"})
    assert "Hãy tăng version" in again.content.decode()


def test_two_versions_are_compared_in_words_and_by_line(admin: Client, cast: Cast, drafted: ProcedureVersion) -> None:
    operations.redraft(drafted, drafted.text.replace("5_000", "9_000"), actor=cast.administrator, at=AT)
    page = text_of(admin, "procedures:show", BIRTH, tab="versions", version=str(drafted.number), against="1")
    assert "<del>5.000 đ" in page
    assert "<ins>9.000 đ" in page
    assert "amount = 9_000" in page
    assert "Áp dụng từ" in page


def test_who_handles_a_sector_is_said_on_screen(admin: Client, cast: Cast) -> None:
    assert "Quách Văn Lợi" in text_of(admin, "procedures:competences")
    address = reverse("procedures:competence", args=[cast.district.pk])
    sector = Competence.objects.filter(agency=cast.district).earliest("pk").sector
    said = {"sector": sector.pk, "unit": cast.district_vhtt.pk, "valid_from": "01/04/2014"}
    assert admin.post(address, said | {"post": cast.works_head.post.pk}).status_code == 422
    assert admin.post(address, said).status_code == 302
    assert (
        Competence.objects.in_force(dt.date(2014, 4, 1)).get(agency=cast.district, sector=sector).unit
        == cast.district_vhtt
    )
    again = admin.post(address, said)
    assert "Chọn ngày sau đó" in again.content.decode()


def test_only_the_administrator_changes_anything(
    client: Client, cast: Cast, login: Login, drafted: ProcedureVersion, version: ProcedureVersion
) -> None:
    login(client, cast.leader)
    for name, args in (
        ("new", ()), ("competence", (cast.district.pk,)), ("copy", (version.pk,)),
        ("text", (drafted.pk,)), ("part", (drafted.pk, "fees")), ("publication", (drafted.pk,)),
        ("withdrawal", (drafted.pk,)),
    ):  # fmt: skip
        assert client.post(reverse(f"procedures:{name}", args=args), {}).status_code == 403, name
    assert client.get(reverse("procedures:competences")).status_code == 403
    assert client.get(reverse("procedures:file", args=[drafted.pk])).status_code == 404
    text_of(client, "procedures:show", BIRTH, version=str(drafted.number), status=404)
    assert "Lập phiên bản mới" not in text_of(client, "procedures:show", BIRTH)
