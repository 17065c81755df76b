"""Whoever hands in a case is entered once, found again in a moment, and corrected without doubles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.applicants.models import Applicant
from lienthong.applicants.operations import amend, enter
from lienthong.applicants.particulars import Particulars
from lienthong.applicants.queries import alike, as_values, find
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from tests.cast import AT, MONDAY, Cast

HOA = Particulars(
    "citizen", "Nguyễn  Thị Hoà", birth="02/03/1985", sex="female", phone="0918 123 456", commune_code="22915",
    street="Thôn Hà Thủy 1", paper_kind="cmnd", paper_number="260 123 456", paper_date="01/02/2003",
    paper_place="Công an tỉnh Bình Thuận",
)  # fmt: skip


@pytest.fixture
def desk(cast: Cast) -> Actor:
    return cast.commune_desk_officer


@pytest.fixture
def hoa(desk: Actor) -> Applicant:
    return enter(HOA, actor=desk, at=AT)


def test_particulars_become_clean(hoa: Applicant) -> None:
    assert (hoa.name, hoa.birth, hoa.phone) == ("Nguyễn Thị Hoà", "1985-03-02", "0918123456")
    assert [(paper.kind, paper.number) for paper in hoa.papers.all()] == [("cmnd", "260123456")]


@pytest.mark.parametrize("words", ["nguyen thi hoa", "HÒA nguyễn", "Hoà", "260123", "260 123 456", "0918123"])
def test_they_are_found_by_name_paper_or_phone(hoa: Applicant, desk: Actor, words: str) -> None:
    assert find(desk, words) == [hoa]


def test_finding_takes_two_queries_and_the_right(
    hoa: Applicant, desk: Actor, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert find(desk, "hoa")
    assert find(cast.clerk, "hoa") == []
    assert find(None, "hoa") == []
    assert find(desk, "h") == []


def test_a_paper_belongs_to_one_applicant(hoa: Applicant, desk: Actor) -> None:
    with pytest.raises(Refusal, match="đã là của Nguyễn Thị Hoà"):
        enter(replace(HOA, name="Người khác"), actor=desk, at=AT)


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ({"birth": "02/03/1985"}, True),
        ({"birth": "1985"}, True),
        ({"birth": ""}, True),
        ({"birth": "01/01/1990"}, False),
        ({"birth": "1990"}, False),
        ({"name": "Nguyễn Thị Hoa Mai"}, False),
        ({"kind": "enterprise", "birth": ""}, False),
        ({"paper_kind": "cccd", "paper_number": "060085001234"}, True),  # perhaps the newer card of the same person
        ({"paper_kind": HOA.paper_kind, "paper_number": "269111222"}, False),  # another of the kind: another person
    ],
)
def test_who_may_be_the_same_is_told(hoa: Applicant, desk: Actor, said: dict[str, str], *, is_told: bool) -> None:
    typed = replace(Particulars("citizen", "NGUYỄN THỊ HÒA"), **said)
    assert alike(desk, typed, on=MONDAY) == ([hoa] if is_told else [])
    assert alike(None, typed, on=MONDAY) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"birth": "30/02/1985"}, "birth"),
        ({"birth": "2050"}, "birth"),
        ({"sex": "nam"}, "sex"),
        ({"phone": "123"}, "phone"),
        ({"email": "hoa"}, "email"),
        ({"paper_number": "123"}, "paper_number"),
        ({"paper_kind": ""}, "paper_number"),
        ({"paper_kind": "tax", "paper_number": "0100109107"}, "paper_number"),
        ({"paper_date": "01/01/2050"}, "paper_date"),
        ({"street": "x" * 201}, "street"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(desk: Actor, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        enter(replace(HOA, **wrong), actor=desk, at=AT)
    assert caught.value.field == field


def test_direction_marks_and_decomposed_letters_are_cleaned(desk: Actor) -> None:
    row = enter(replace(HOA, name="\u202eNguye\u0302\u0303n Thi\u0323 Hoa\u200b"), actor=desk, at=AT)
    assert row.name == "Nguyễn Thị Hoa"


def test_only_one_stop_officers_enter_them(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        enter(HOA, actor=cast.clerk, at=AT)


def test_a_new_paper_takes_the_place_of_the_old_one(hoa: Applicant, desk: Actor) -> None:
    amend(hoa, replace(HOA, phone="0918999888", paper_number="261999888"), actor=desk, at=AT)
    assert [paper.number for paper in hoa.papers.filter(valid_to=None)] == ["261999888"]
    with pytest.raises(Refusal, match="Chưa có thông tin nào thay đổi"):
        amend(hoa, replace(HOA, phone="0918999888", paper_number="261999888"), actor=desk, at=AT)


def test_what_is_known_fills_a_form(hoa: Applicant) -> None:
    assert as_values(hoa) == {
        "name": "Nguyễn Thị Hoà", "phone": "0918123456", "birth": "1985-03-02", "sex": "female", "id_kind": "cmnd",
        "id_number": "260123456", "id_date": "2003-02-01", "id_place": "Công an tỉnh Bình Thuận",
        "residence": {"commune": "22915", "street": "Thôn Hà Thủy 1"},
    }  # fmt: skip


def test_an_enterprise_is_known_by_its_tax_code(desk: Actor) -> None:
    row = enter(
        Particulars("enterprise", "Công ty TNHH Biển Xanh", paper_kind="tax", paper_number="0100109106"),
        actor=desk,
        at=AT,
    )
    assert as_values(row) == {"name": "Công ty TNHH Biển Xanh", "tax_code": "0100109106"}
    assert find(desk, "0100109") == [row]
