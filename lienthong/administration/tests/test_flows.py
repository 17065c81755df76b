"""The administrator's and the officer's own paths through the pages, and who is turned away from them."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lienthong.administration.templatetags.sessions import browser_name
from lienthong.kernel import clock
from lienthong.organisation import sheets
from lienthong.organisation.models import Absence, Delegation, Officer
from lienthong.organisation.operations import add_officer
from tests.cast import Cast, Login


def test_a_unit_is_renamed_on_its_page_and_the_page_tells_it(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    form = {"name": "Sở Khoa học và Công nghệ", "short_name": "Sở KH&CN", "on": "01/07/2025", "source": "15/NQ-HĐND"}
    answer = client.post(reverse("administration:unit_name", args=[cast.stttt.pk]), form, follow=True)
    page = answer.text
    assert "Sở Khoa học và Công nghệ" in page
    assert "Ngô Thanh Sơn đổi tên từ Sở Thông tin và Truyền thông thành Sở Khoa học và Công nghệ từ 01/07/2025" in page
    past = client.get(reverse("administration:unit", args=[cast.stttt.pk]) + "?on=22/01/2014").text
    assert "<h1>Sở Thông tin và Truyền thông" in past


def test_what_an_operation_refuses_stands_beside_its_field_and_keeps_what_was_typed(
    cast: Cast, client: Client, login: Login
) -> None:
    login(client, cast.administrator)
    form = {"parent": cast.cntt.pk, "on": "01/07/2025"}
    answer = client.post(reverse("administration:unit_place", args=[cast.stttt.pk]), form)
    assert answer.status_code == 422
    assert "không thể là cấp trên" in answer.text
    assert 'value="01/07/2025"' in answer.text


def test_the_same_form_sent_by_another_role_changes_nothing(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.leader)
    form = {"name": "Sở Khác", "on": "01/07/2025"}
    assert client.post(reverse("administration:unit_name", args=[cast.stttt.pk]), form).status_code == 403
    cast.stttt.refresh_from_db()
    assert cast.stttt.name == "Sở Thông tin và Truyền thông"


def test_a_person_is_entered_and_appointed(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    client.post(reverse("administration:new_officer"), {"full_name": "Đoàn  Thị   Lan"})
    person = Officer.objects.get(full_name="Đoàn Thị Lan")
    form = {"unit": cast.cntt.pk, "title": "Chuyên viên", "role": "specialist", "order": 60, "valid_from": "01/02/2014"}
    client.post(reverse("administration:officer_posts", args=[person.pk]), form)
    assert person.posts.get().unit == cast.cntt
    wrong = client.post(reverse("administration:officer_posts", args=[person.pk]), form | {"valid_from": "30/02/2014"})
    assert wrong.status_code == 422
    assert "Lịch không có ngày 30/02/2014" in wrong.text


def test_an_officer_arranges_their_own_absence_and_delegation(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.division_head)
    today = clock.local_date(clock.now())
    back = today + dt.timedelta(days=3)
    post = cast.division_head.post
    days = {"valid_from": f"{today:%d/%m/%Y}", "valid_to": f"{back:%d/%m/%Y}"}
    client.post(reverse("administration:post_absences", args=[post.pk]), days | {"substitute": cast.specialist.post.pk})
    client.post(
        reverse("administration:post_delegations", args=[post.pk]),
        days | {"receiver": cast.specialist.post.pk, "rights": ["tasks.assign"], "source": "12/QĐ"},
    )
    page = client.get(reverse("administration:account")).text
    assert "Phạm Ngọc Ánh" in page
    absence, delegation = Absence.objects.get(), Delegation.objects.get()
    assert "; ".join(delegation.scope) in client.get(reverse("administration:account")).content.decode()
    login(client, cast.outsider)
    assert client.post(reverse("administration:absence_end", args=[absence.pk])).status_code == 403
    assert client.post(reverse("administration:delegation_end", args=[delegation.pk])).status_code == 403
    assert client.get(reverse("administration:post_absences", args=[post.pk])).status_code == 403
    login(client, cast.division_head)
    client.post(reverse("administration:absence_end", args=[absence.pk]))
    client.post(reverse("administration:delegation_end", args=[delegation.pk]))
    assert not Absence.objects.exists()
    assert Delegation.objects.get().revoked_at is not None


def test_a_substitute_is_offered_from_the_same_agency_only(cast: Cast, client: Client, login: Login) -> None:
    page = login(client, cast.division_head).get(
        reverse("administration:post_absences", args=[cast.division_head.post.pk])
    )
    assert "Phạm Ngọc Ánh" in page.text
    assert "Kiều Anh Vũ" not in page.text


def test_what_is_no_sheet_is_refused_beside_its_field(cast: Cast, client: Client, login: Login) -> None:
    address = reverse("administration:organisation_import")
    answer = login(client, cast.administrator).post(address, {"sheet": SimpleUploadedFile("a.png", b"\x89PNG")})
    assert answer.status_code == 422
    assert "không phải tệp XLSX" in answer.text


@pytest.mark.parametrize(
    ("name", "sheet"), [("units_export", sheets.UNITS), ("officers_export", sheets.PEOPLE), ("import_template", None)]
)
def test_the_workbooks_open(name: str, sheet: str | None, cast: Cast, client: Client, login: Login) -> None:
    answer = login(client, cast.administrator).get(reverse(f"administration:{name}"))
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ([sheet] if sheet else [sheets.UNITS, sheets.PEOPLE])
    if sheet is None:
        with pytest.raises(Exception, match="không có dòng nào"):
            sheets.read("mau.xlsx", answer.content)


def test_the_list_of_people_pages_on_and_costs_the_same(
    cast: Cast, at: dt.datetime, client: Client, login: Login, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        add_officer(full_name=f"Nguyễn Văn Số {number}", actor=None, at=at)
    login(client, cast.administrator)
    address = reverse("administration:officers")
    with django_assert_max_num_queries(14):  # type: ignore[operator]  # a fixture of pytest-django
        page = client.get(address).text
    after = re.search(r'rel="next" href="([^"]+)"', page)
    assert after is not None
    second = client.get(address + after[1].replace("&amp;", "&")).text
    names = re.findall(r"Nguyễn Văn Số \d+", page + second)
    assert len(names) == len(set(names)) == 60
    assert client.get(address + "?after=x~y&unit=abc&q=%01").status_code == 200


def test_the_page_of_a_unit_costs_a_fixed_number_of_queries(
    cast: Cast, client: Client, login: Login, django_assert_max_num_queries: object
) -> None:
    login(client, cast.administrator)
    with django_assert_max_num_queries(24):  # type: ignore[operator]  # a fixture of pytest-django
        client.get(reverse("administration:unit", args=[cast.stttt.pk]))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
            "Chrome trên Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox trên Linux"),
        ("curl/8", "Trình duyệt khác"),
    ],
)
def test_a_browser_is_named_in_words(said: str, name: str) -> None:
    assert browser_name(said) == name
