"""Papers that were given out: read by a scanner, the same for ever, made out anew after a mistake."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from lienthong.applicants.operations import amend
from lienthong.applicants.particulars import Particulars
from lienthong.cases import operations
from lienthong.cases.models import Case, IssuedPaper
from lienthong.cases.operations import Given
from lienthong.cases.operations.issuing import issue, issue_receipt_anew
from lienthong.cases.tests.builders import a_case
from lienthong.cases.tracking import address_of
from lienthong.journal.queries import history
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.operations import rename_unit
from tests.cast import AT, COMMUNE_CODE, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def _print(client: Client, name: str, *args: int) -> bytes:
    answer = client.get(reverse(f"cases:paper_{name}", args=args))
    assert answer.status_code == 200
    return answer.content


def _text(pdf: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def _scanned(pdf: bytes) -> dict[str, str]:
    """What a scanner reads on the first page, printed at 200 dots an inch: the words by the kind of mark."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().convert("L")
    return {str(mark.format).rpartition(".")[2].replace(" ", ""): mark.text for mark in zxingcpp.read_barcodes(page)}


def _all_printed(client: Client, case: Case) -> list[bytes]:
    return [
        _print(client, "receipt", case.pk),
        *(_print(client, name, case.pk, 1) for name in ("supplement", "apology")),
    ]


def _correct(case: Case, cast: Cast, name: str) -> None:
    said = Particulars("citizen", name, phone="0918123456", commune_code=COMMUNE_CODE, street="Thôn Hà Thủy 1")
    amend(case.applicant, said, actor=cast.commune_desk_officer, at=AT)


def test_a_scanner_reads_the_code_and_the_public_address(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    operations.apologise(case, reason="Mất điện", until=dt.date(2014, 3, 11), actor=cast.registrar, at=AT)
    operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    address = f"{django_settings.BASE_URL.rstrip('/')}{address_of(case)}"
    for name, number in (("receipt", ()), ("supplement", (1,)), ("apology", (1,)), ("control", ())):
        assert _scanned(_print(desk, name, case.pk, *number)) == {"Code128": case.code, "QRCode": address}, name
    assert desk.get(address_of(case)).status_code == 200


def test_what_was_given_out_never_says_otherwise(desk: Client, cast: Cast, settings: Settings) -> None:
    case = a_case(cast)
    operations.apologise(case, reason="Mất điện", until=dt.date(2014, 3, 11), actor=cast.registrar, at=AT)
    operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    before = _all_printed(desk, case)
    _correct(case, cast, "Trần Văn Nạm")
    operations.supply(case, papers={"chung_sinh": Given(originals=2)}, actor=cast.commune_desk_officer, at=AT + HOUR)
    rename_unit(cast.commune, name="UBND xã Hòa Minh", on=AT.date(), actor=cast.administrator, at=AT)
    settings.BASE_URL = "https://motcua.example.vn"
    assert _all_printed(desk, case) == before
    assert IssuedPaper.objects.count() == 3


def test_a_paper_first_printed_later_stands_under_the_name_of_its_day(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    rename_unit(cast.commune, name="UBND xã Hòa Minh", on=AT.date() + DAY, actor=cast.administrator, at=AT + DAY)
    text = _text(_print(desk, "receipt", case.pk))
    assert "CHÍ CÔNG" in text
    assert "HÒA MINH" not in text


def test_a_receipt_lists_what_came_at_first_whenever_it_is_printed(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    operations.supply(case, papers={"chung_sinh": Given(originals=7)}, actor=None, at=AT + HOUR)
    row = IssuedPaper.objects.get(case=case)
    assert row.by == case.received_by
    assert [line[1:] for line in row.words["rows"]][1] == ["Giấy chứng sinh", "1", ""]


def test_a_mistake_on_a_receipt_is_corrected_on_a_new_one(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    first = _print(desk, "receipt", case.pk)
    anew = reverse("cases:receipt_anew", args=[case.pk])
    assert "không thay đổi" in desk.post(anew, follow=True).content.decode()
    _correct(case, cast, "Trần Văn Nạm")
    assert _print(desk, "receipt", case.pk) == first
    assert "Đã lập lại giấy tiếp nhận" in desk.post(anew, follow=True).content.decode()
    text = _text(_print(desk, "receipt", case.pk))
    assert "Trần Văn Nạm" in text
    assert "Giấy chứng sinh" in text
    assert "thay giấy lập 10:00 10/03/2014" in text
    assert list(case.issued_papers.order_by("issue").values_list("issue", flat=True)) == [1, 2]
    assert "lập lại giấy tiếp nhận hồ sơ lần 2" in " ".join(entry.sentence for entry in history(case.subject))
    assert desk.get(anew)["Location"] == reverse("cases:show", args=[case.pk])


def test_a_receipt_is_made_out_anew_by_its_desk_after_it_was_printed(cast: Cast, client: Client, login: Login) -> None:
    case = a_case(cast)
    with pytest.raises(Refusal, match="chưa in lần nào"):
        issue_receipt_anew(case, actor=cast.commune_desk_officer, at=AT)
    issue(case, "01", actor=cast.registrar, at=AT)
    for actor in (cast.registrar, cast.commune_leader, cast.district_desk_officer, cast.outsider):
        with pytest.raises(Forbidden):
            issue_receipt_anew(case, actor=actor, at=AT)
    login(client, cast.district_desk_officer)
    assert client.post(reverse("cases:receipt_anew", args=[case.pk])).status_code == 404
    assert case.issued_papers.count() == 1


def test_only_the_desk_is_offered_a_new_receipt(desk: Client, cast: Cast, login: Login) -> None:
    case = a_case(cast)
    address, words = reverse("cases:show", args=[case.pk]), "Lập lại giấy tiếp nhận"
    assert words in desk.get(address).content.decode()
    assert words not in login(Client(), cast.registrar).get(address).content.decode()


def test_printing_again_takes_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    case = a_case(cast)
    first = issue(case, "01", actor=cast.registrar, at=AT)
    with django_assert_num_queries(3):  # 1 and the savepoint of the test
        assert issue(case, "01", actor=cast.commune_desk_officer, at=AT + DAY) == first
    assert issue(case, "02", actor=cast.registrar, at=AT) is None
    with pytest.raises(ValueError, match="09"):
        issue(case, "09", actor=cast.registrar, at=AT)


def test_the_control_slip_says_when_each_had_it_and_whether_in_time(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    operations.act(case, "propose", reason="Đã đủ điều kiện", actor=cast.registrar, at=AT + DAY)
    text = _text(_print(desk, "control", case.pk))
    for words in ("Quá hạn", "Đang xử lý", "Đã đủ điều kiện", "Giao 10:00 10/03/2014", "Xong 10:00 11/03/2014"):
        assert words in text, words
    assert _print(desk, "control", case.pk) == _print(desk, "control", case.pk)


def test_what_people_wrote_stands_on_paper_as_they_wrote_it(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    words = "#panic() *đậm* <b>$x$</b> [a](b) \\u{41}"
    operations.request_supplement(case, papers={"chung_sinh": words}, text=words, actor=cast.registrar, at=AT)
    assert _text(_print(desk, "supplement", case.pk, 1)).count("#panic() *đậm* <b>$x$</b>") == 2
