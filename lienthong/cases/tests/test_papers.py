"""The papers of a case: what stands on them, their size, the same bytes each time; the tracking book of a desk."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.papers.editions import edition_on
from lienthong.cases.tests.builders import a_case
from lienthong.cases.tracking import key_of, token_of
from tests.cast import AT, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
A5 = (419.5, 595.3)


def _paper(client: Client, name: str, *args: int) -> tuple[str, PdfReader]:
    answer = client.get(reverse(f"cases:paper_{name}", args=args))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    pdf = PdfReader(io.BytesIO(answer.content))
    return " ".join("".join(page.extract_text() for page in pdf.pages).split()), pdf


def test_the_receipt_says_what_came_and_when_it_is_done(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    text, pdf = _paper(desk, "receipt", case.pk)
    box = pdf.pages[0].mediabox
    assert (round(float(box.width), 1), round(float(box.height), 1)) == A5
    for words in (
        case.code,
        "Trần Văn Nam",
        "Đăng ký khai sinh",
        "17 giờ 00 phút, ngày 10 tháng 03 năm 2014",
        "Giấy chứng sinh",
        "Nông Thị Xuân",
    ):
        assert words in text, words
    assert "GIẤY BIÊN NHẬN HỒ SƠ" in text
    address = reverse("cases:paper_receipt", args=[case.pk])
    assert desk.get(address).content == desk.get(address).content


def test_the_receipt_stays_what_it_was_when_the_promise_moves(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    before = desk.get(reverse("cases:paper_receipt", args=[case.pk])).content
    later = dt.timedelta(hours=1)
    operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT + later)
    operations.supply(case, papers={}, text="Đã rõ", actor=cast.commune_desk_officer, at=AT + 3 * later)
    case.refresh_from_db()
    assert desk.get(reverse("cases:paper_receipt", args=[case.pk])).content == before


def test_every_other_paper(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    operations.apologise(case, reason="Mất điện", until=dt.date(2014, 3, 11), actor=cast.registrar, at=AT)
    operations.request_supplement(case, papers={"chung_sinh": "Bản chụp mờ"}, actor=cast.registrar, at=AT)
    text, _ = _paper(desk, "supplement", case.pk, 1)
    assert "Bản chụp mờ" in text
    assert "chậm nhất" in text
    text, _ = _paper(desk, "apology", case.pk, 1)
    assert "Mất điện" in text
    assert "ngày 11 tháng 03 năm 2014" in text
    operations.act(case, "decline", reason="Không đúng nơi", legal_basis="NĐ 158/2005", actor=cast.registrar, at=AT)
    text, _ = _paper(desk, "refusal", case.pk)
    assert "Không đúng nơi" in text
    assert "NĐ 158/2005" in text
    text, _ = _paper(desk, "control", case.pk)
    assert "Ghi sổ và lập giấy khai sinh" in text
    assert "Quách Văn Lợi" in text


def test_papers_that_there_are_not(desk: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    missing = (("supplement", 1), ("apology", 1), ("refusal",))
    for name, *more in missing:
        assert desk.get(reverse(f"cases:paper_{name}", args=[case.pk, *more])).status_code == 404
    stranger = login(Client(), cast.outsider)
    assert stranger.get(reverse("cases:paper_receipt", args=[case.pk])).status_code == 404


def test_the_names_of_papers_follow_the_law_of_the_day() -> None:
    assert edition_on(dt.date(2014, 3, 10)).receipt.startswith("Giấy biên nhận")
    assert edition_on(dt.date(2019, 1, 2)).verified
    assert edition_on(dt.date(1999, 1, 1)).valid_from == dt.date(2007, 6, 22)


def test_a_token_leads_to_its_case_alone(cast: Cast) -> None:
    case = a_case(cast)
    assert key_of(token_of(case)) == case.pk
    for wrong in ("", "1", "1.abc", f"{case.pk + 1}.{token_of(case).partition('.')[2]}", "x.y.z"):
        assert key_of(wrong) is None


def test_the_book_of_a_desk(desk: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    assert desk.get(reverse("cases:books"))["Location"] == reverse("cases:book", args=[cast.commune_desk.pk])
    address = reverse("cases:book", args=[cast.commune_desk.pk])
    page = desk.get(address).content.decode()
    assert case.code in page
    assert "Phương thức nhận kết quả" in page
    for form in ("xlsx", "pdf", "print"):
        answer = desk.get(f"{address}?format={form}")
        assert answer.status_code == 200
        assert answer.getvalue()
    assert desk.get(reverse("cases:book", args=[cast.district_desk.pk])).status_code == 404
    assert desk.get(reverse("cases:book", args=[cast.commune.pk])).status_code == 404
    assert login(Client(), cast.outsider).get(address).status_code == 403
    assert login(Client(), cast.commune_leader).get(address).status_code == 200
    assert login(Client(), cast.district_leader).get(address).status_code == 404
    assert Case.objects.count() == 1
