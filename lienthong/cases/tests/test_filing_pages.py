"""Filing ended cases on the pages: from the record, many at once from the list, into a new file proposed from them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.cases.models import Case
from lienthong.cases.tests.builders import a_case
from lienthong.cases.tests.filed import heading, solved, work_file
from lienthong.workfiles.models import WorkFile
from lienthong.workfiles.queries.checks import filings_of
from tests.cast import AT, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory", "evening")]


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lienthong.kernel.clock.now", lambda: AT.replace(hour=10))


@pytest.fixture
def case(cast: Cast) -> Case:
    return solved(cast)


@pytest.fixture
def registrar(cast: Cast, client: Client, login: Login) -> Client:
    return login(client, cast.registrar)


def show(client: Client, case: Case) -> str:
    return client.get(reverse("cases:show", args=[case.pk])).content.decode()


def test_it_is_filed_from_its_page_and_says_where_it_lies(cast: Cast, case: Case, registrar: Client) -> None:
    file = work_file(cast)
    address = f"{reverse('workfiles:choosing')}?subject=case:{case.pk}"
    assert address in show(registrar, case)
    page = registrar.get(address).content.decode()
    assert "Hồ sơ một cửa" in page
    assert file.code in page
    said = {"subject": f"case:{case.pk}", "file": file.pk}
    answer = registrar.post(reverse("workfiles:choosing"), said, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("cases:show", args=[case.pk])
    assert f"Đã đưa vào hồ sơ {file.code}" in page
    assert "Đã lưu vào hồ sơ công việc" in page
    assert address not in page
    page = registrar.get(reverse("workfiles:file", args=[file.pk])).content.decode()
    assert case.code in page
    assert "Phiếu kiểm soát quá trình giải quyết hồ sơ" in page
    assert reverse("cases:paper_receipt", args=[case.pk]) in page


def test_a_running_case_offers_nothing_and_is_refused_in_words(cast: Cast, registrar: Client) -> None:
    file, running = work_file(cast), a_case(cast)
    assert f"subject=case:{running.pk}" not in show(registrar, running)
    said = {"subject": f"case:{running.pk}", "file": file.pk}
    page = registrar.post(reverse("workfiles:choosing"), said, follow=True).content.decode()
    assert "Chỉ lưu hồ sơ đã giải quyết xong" in page
    assert not file.filings.exists()


def test_many_are_marked_and_go_into_one_file_at_once(cast: Cast, case: Case, registrar: Client) -> None:
    file, second = work_file(cast), solved(cast, applicant=case.applicant)
    page = registrar.get(reverse("cases:unfiled")).content.decode()
    assert case.code in page
    assert second.code in page
    assert f"?procedure={case.procedure_id}" in page
    marked = {"subject": [f"case:{case.pk}", f"case:{second.pk}"], "back": reverse("cases:unfiled")}
    assert "2 mục đã chọn" in registrar.get(reverse("workfiles:choosing"), marked).content.decode()
    answer = registrar.post(reverse("workfiles:choosing"), marked | {"file": file.pk}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("cases:unfiled")
    assert "Đã đưa 2 mục vào hồ sơ" in page
    assert "Không còn hồ sơ nào chờ lưu" in page
    assert file.filings.filter(subject_kind="case").count() == 2


def test_a_new_file_is_proposed_from_the_procedure_and_takes_them_in(cast: Cast, case: Case, registrar: Client) -> None:
    under = heading(cast)
    page = registrar.get(reverse("workfiles:choosing"), {"subject": f"case:{case.pk}"}).content.decode()
    address = f"{reverse('workfiles:file_new')}?subject=case%3A{case.pk}"
    assert address in page
    page = registrar.get(address).content.decode()
    assert "Hồ sơ giải quyết thủ tục Đăng ký khai sinh năm 2014" in page
    assert "10/03/2014" in page
    assert "hãy chọn theo quy định của ngành" in page  # no rule is known for civil status
    said = {"heading": under.pk, "title": "Hồ sơ khai sinh 2014", "reason": "Chưa dự kiến", "retention": "years",
            "retention_years": "20", "started_on": "10/03/2014"}  # fmt: skip
    page = registrar.post(address, said, follow=True).content.decode()
    file = WorkFile.objects.get(title="Hồ sơ khai sinh 2014")
    assert f"Đã mở hồ sơ {file.code}." in page
    assert filings_of(file)[0].symbol == case.code


def test_without_an_approved_list_it_says_what_is_needed_first(case: Case, registrar: Client) -> None:
    page = registrar.get(reverse("workfiles:choosing"), {"subject": f"case:{case.pk}"}).content.decode()
    assert "Chưa có hồ sơ nào đang lập" in page
    page = registrar.get(reverse("workfiles:file_new"), {"subject": f"case:{case.pk}"}).content.decode()
    assert "phê duyệt" in page


def test_what_is_not_seen_is_not_chosen_and_addresses_lead_nowhere_else(
    cast: Cast, case: Case, login: Login, registrar: Client
) -> None:
    choosing = reverse("workfiles:choosing")
    outside = login(Client(), cast.outsider)
    assert outside.get(choosing, {"subject": f"case:{case.pk}"}).status_code == 404
    assert outside.get(choosing).status_code == 404
    nothing = registrar.get(choosing, {"back": reverse("cases:unfiled")}, follow=True).content.decode()
    assert "Hãy đánh dấu ít nhất một mục" in nothing
    assert registrar.get(choosing, {"back": "//x.example/"}).status_code == 404
    mixed = {"subject": [f"case:{case.pk}", "task:1"]}
    assert registrar.get(choosing, mixed).status_code == 404
    page = registrar.get(choosing, {"subject": f"case:{case.pk}", "back": "//x.example/"}).content.decode()
    assert "x.example" not in page
    assert login(Client(), cast.administrator).get(reverse("cases:unfiled")).status_code == 403


def test_the_pages_take_a_fixed_number_of_queries(
    cast: Cast, case: Case, registrar: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    file = work_file(cast)
    for _ in range(3):
        solved(cast, applicant=case.applicant)
    with django_assert_max_num_queries(12):
        registrar.get(reverse("cases:unfiled"))
    said = {"subject": [f"case:{one.pk}" for one in Case.objects.all()], "file": file.pk}
    registrar.post(reverse("workfiles:choosing"), said)
    assert file.filings.count() == 4 * 8
    with django_assert_max_num_queries(45):
        registrar.get(reverse("workfiles:file", args=[file.pk]))
    with django_assert_max_num_queries(45):
        registrar.get(reverse("workfiles:closing", args=[file.pk]))
