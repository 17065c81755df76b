"""Pages: many cases at once from the list; linked cases on the record and their form."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.models import Case, LinkedCase
from lienthong.cases.operations.papers import attach_papers
from lienthong.cases.tests.builders import a_case, citizen
from lienthong.cases.tests.linked import CARD, FIELD, NOTE, linked_birth
from lienthong.files.operations.receiving import receive
from lienthong.files.queries import attachments
from tests.cast import AT, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
MINE = {"tab": "mine"}


def _show(case: Case) -> str:
    return reverse("cases:show", args=[case.pk])


def test_marked_cases_go_on_together_and_the_list_says_so(client: Client, cast: Cast, login: Login) -> None:
    applicant = citizen(cast.commune_desk_officer)
    cases = [a_case(cast, applicant=applicant) for _ in range(3)]
    registrar = login(client, cast.registrar)
    page = registrar.get(reverse("cases:list"), MINE).content.decode()
    assert page.count("data-mark>") == 3
    assert "data-mark>" not in registrar.get(reverse("cases:list")).content.decode()
    keys = [case.pk for case in cases]
    answer = registrar.post(reverse("cases:together"), {"pk": keys, "do": "onward"}, follow=True)
    assert "Trình, chuyển bước: xong 3 hồ sơ." in answer.content.decode()
    assert Case.objects.filter(step="ky").count() == 3


def test_what_could_not_be_done_is_listed_with_its_reason(client: Client, cast: Cast, login: Login) -> None:
    applicant = citizen(cast.commune_desk_officer)
    first, second = a_case(cast, applicant=applicant), a_case(cast, applicant=applicant)
    operations.request_supplement(second, papers={"to_khai": "Sai tên"}, actor=cast.registrar, at=AT)
    registrar = login(client, cast.registrar)
    said = {"pk": [first.pk, second.pk, "x"], "do": "onward"}
    page = registrar.post(reverse("cases:together"), said).content.decode()
    assert "Xong 1 hồ sơ." in page
    assert "1 hồ sơ chưa làm được" in page
    assert second.code in page
    assert "chờ người nộp bổ sung" in page


@pytest.mark.parametrize(
    ("said", "words"), [({"do": "onward"}, "Chọn từ 1"), ({"do": "decline", "pk": [1]}, "Chọn việc cần làm")]
)
def test_nothing_marked_and_unknown_verbs_are_refused(
    client: Client, cast: Cast, login: Login, said: dict[str, object], words: str
) -> None:
    answer = login(client, cast.registrar).post(reverse("cases:together"), said, follow=True)
    assert words in answer.content.decode()


def test_a_list_with_marks_takes_as_many_queries_as_before(
    client: Client, cast: Cast, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_case(cast)
    registrar = login(client, cast.registrar)
    registrar.get(reverse("cases:list"), MINE)
    with django_assert_max_num_queries(17):
        registrar.get(reverse("cases:list"), MINE)


def test_the_record_shows_its_links_and_they_show_it(desk: Client, cast: Cast) -> None:
    case = a_case(cast, version=linked_birth(cast))
    page = desk.get(_show(case)).content.decode()
    note = LinkedCase.objects.get(procedure_code=NOTE).linked
    assert note is not None
    assert _show(note) in page
    assert "mở khi hồ sơ này xong" in page
    back = desk.get(_show(note)).content.decode()
    assert _show(case) in back
    assert "Mở theo hồ sơ" in back


def test_the_desk_fills_in_what_a_linked_case_still_needs(client: Client, desk: Client, cast: Cast) -> None:
    case = a_case(cast, version=linked_birth(cast, card_fields=FIELD))
    row = LinkedCase.objects.get(procedure_code=CARD)
    url = reverse("cases:open_link", args=[case.pk, row.pk])
    assert "chưa xử lý xong" in desk.get(url).content.decode()
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    page = desk.get(url)
    assert "Trần Minh Khang" in page.content.decode()
    said = {
        "tre.name": "Trần Minh Khang", "tre.birth": "01/03/2014", "tre.sex": "male",
        "noi_cu_tru_me.commune": case.values["noi_cu_tru_me"]["commune"], "noi_cu_tru_me.street": "Thôn 1",
    }  # fmt: skip
    refused = desk.post(url, said)
    assert refused.status_code == 422
    answer = desk.post(url, {**said, "chu_ho": "Trần Văn Nam"})
    linked = Case.objects.get(opened_by=row)
    assert answer["Location"] == _show(linked)
    assert desk.get(url).status_code == 404


def test_the_desk_drops_a_linked_case_with_its_reason(desk: Client, cast: Cast) -> None:
    case = a_case(cast, version=linked_birth(cast))
    row = LinkedCase.objects.get(procedure_code=CARD)
    url = reverse("cases:drop_link", args=[case.pk, row.pk])
    assert desk.post(url, {"note": ""}).status_code == 422
    assert desk.post(url, {"note": "Có thẻ rồi"}).status_code == 302
    assert "không thực hiện" in desk.get(_show(case)).content.decode()


def test_others_do_not_open_or_drop(client: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast, version=linked_birth(cast))
    row = LinkedCase.objects.get(procedure_code=CARD)
    for actor, status in ((cast.registrar, 403), (cast.one_stop_officer, 404)):
        officer = login(Client(), actor)
        for name in ("open_link", "drop_link"):
            assert officer.get(reverse(f"cases:{name}", args=[case.pk, row.pk])).status_code == status


@pytest.mark.usefixtures("data_directory")
def test_a_scan_that_comes_with_the_first_lies_with_the_linked_too(cast: Cast) -> None:
    case = a_case(cast, version=linked_birth(cast))
    desk = cast.commune_desk_officer
    file = receive([b"Giay chung sinh"], name="chung-sinh.txt", actor=desk, at=AT)
    attach_papers(case, {"chung_sinh": [file]}, actor=desk, at=AT)
    note = LinkedCase.objects.get(procedure_code=NOTE).linked
    assert note is not None
    paper = note.papers.get(key="chung_sinh")
    assert paper.is_digital
    assert [one.file for one in attachments(paper.subject)] == [file]
