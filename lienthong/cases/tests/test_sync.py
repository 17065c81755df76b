"""What the national portal is told of a case: every status once, every hand-over once, in order."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations import Given
from lienthong.cases.tests.builders import a_case, reception
from lienthong.exchange.models import Message
from lienthong.exchange.operations import deliver_due, send_again
from lienthong.exchange.tests.conftest import partner
from lienthong.exchange.tests.stub import Stub
from lienthong.procedures.models import Sector
from lienthong.procedures.operations import name_sector
from tests.cast import AT, Cast

__all__ = ["partner"]
pytestmark = pytest.mark.usefixtures("coded")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def _told() -> list[str]:
    rows = Message.objects.order_by("pk").values_list("topic", "mark")
    return [mark if topic == "case" else "bước" for topic, mark in rows]


def _run(at: dt.datetime = AT) -> int:
    return deliver_due(clock=lambda: at)


def _done(case: Case, cast: Cast) -> None:
    operations.act(case, "propose", actor=cast.registrar, at=AT + HOUR)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT + 2 * HOUR)


def test_where_nobody_is_connected_a_case_tells_nothing(cast: Cast) -> None:
    _done(a_case(cast), cast)
    assert not Message.objects.exists()


def test_a_case_tells_each_status_and_each_hand_over_once_in_order(partner: Stub, cast: Cast) -> None:
    case = a_case(cast)
    desk = cast.commune_desk_officer
    _done(case, cast)
    operations.write_result(
        case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng", actor=desk, at=AT + 3 * HOUR
    )
    operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=AT + 3 * HOUR)
    assert _told() == ["2", "bước", "4", "bước", "9", "bước", "10"]
    assert _run(AT + DAY) == 7
    first, taken, *_, last = partner.records
    assert (first["MaHoSo"], first["MaTTHC"], first["TrangThaiHoSo"]) == (case.code, "1.001193", "2")
    assert (first["NgayTiepNhan"], first["NgayHenTra"]) == ("20140310100000", "20140310170000")
    assert [one["MaThanhPhanHoSo"] for one in first["TaiLieuNop"]] == ["to_khai", "chung_sinh", "ho_khau"]
    assert taken["NguoiXuLy"] == desk.officer.full_name
    assert "Tiếp nhận hồ sơ" in taken["NoiDungXuLy"]
    assert (last["NgayTra"], last["NgayKetThucXuLy"]) == ("20140310130000", "20140310120000")
    assert last["ThongTinTra"] == "Trần Văn Nam (Nhận tại quầy)"
    assert last["DanhSachGiayToKetQua"][0]["GiayToId"] == "12/2014"


def test_a_sector_without_a_code_lets_its_cases_wait_and_no_code_is_made_up(partner: Stub, cast: Cast) -> None:
    sector = Sector.objects.get(key="ho-tich")
    name_sector(sector, code="", actor=cast.administrator, at=AT)
    case = a_case(cast)
    _done(case, cast)
    assert (_run(AT + DAY), partner.records) == (0, [])
    failed = Message.objects.failed().get()
    assert "Lĩnh vực “Hộ tịch” chưa có mã quốc gia" in failed.error
    name_sector(sector, code="G15-HT01", actor=cast.administrator, at=AT + DAY)
    assert _run(AT + DAY) == 6
    assert partner.of(case.code) == ["2", "bước", "4", "bước", "9", "bước"]
    assert {one["MaLinhVuc"] for one in partner.records if "MaLinhVuc" in one} == {"G15-HT01"}


def test_a_supplement_tells_what_was_asked_and_what_came(partner: Stub, cast: Cast) -> None:
    case = a_case(cast)
    operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    given = {"chung_sinh": Given(originals=1)}
    operations.supply(case, papers=given, actor=cast.commune_desk_officer, at=AT + DAY)
    assert _told() == ["2", "bước", "5", "4"]
    assert _run(AT + DAY) == 4
    asked, supplied = (one["DanhSachHoSoBoSung"][0] for one in partner.records[2:])
    assert (asked["TrangThaiBoSung"], supplied["TrangThaiBoSung"]) == ("0", "1")
    assert asked["DanhSachGiayToBoSung"][0]["TenGiayTo"].startswith("Giấy chứng sinh")
    assert supplied["NgayTiepNhanBoSung"] == "20140311100000"


def test_what_ends_early_says_so(partner: Stub, cast: Cast) -> None:
    desk = cast.commune_desk_officer
    handed = operations.submit(reception(cast), actor=desk, at=AT)
    operations.act(handed, "decline", reason="Không thuộc thẩm quyền", actor=desk, at=AT)
    operations.withdraw(a_case(cast, applicant=handed.applicant), reason="Thôi", actor=desk, at=AT)
    assert _told() == ["1", "bước", "3", "2", "bước", "7"]
    assert _run() == 6


@pytest.mark.usefixtures("partner")
def test_a_deed_that_is_rolled_back_tells_nothing(cast: Cast) -> None:
    case = a_case(cast)
    before = _told()
    with transaction.atomic():
        operations.act(case, "propose", actor=cast.registrar, at=AT)
        assert len(_told()) == len(before) + 2
        transaction.set_rollback(True)
    assert _told() == before


@pytest.mark.usefixtures("partner")
def test_naming_an_officer_is_a_hand_over_and_no_new_status(cast: Cast) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.name_officer(case, cast.registrar.post, actor=cast.commune_leader, at=AT)
    assert _told() == ["2", "bước", "4", "bước", "bước"]


@pytest.mark.usefixtures("partner")
def test_telling_costs_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    case = a_case(cast)
    with django_assert_max_num_queries(14 + 3):  # as without a partner, and what was told last, the hand-over, the rows
        operations.act(case, "propose", actor=cast.registrar, at=AT)


def test_what_was_refused_is_sent_again_with_what_was_mended_and_its_status_of_then(partner: Stub, cast: Cast) -> None:
    Sector.objects.filter(key="ho-tich").update(code="SAI")
    case = a_case(cast)
    _done(case, cast)
    partner.refuses = {case.code: "Mã lĩnh vực không có"}
    assert _run() == 0
    Sector.objects.filter(key="ho-tich").update(code="G15-HT02")
    partner.refuses = {}
    send_again(Message.objects.failed().get(), actor=cast.administrator, at=AT)
    assert _run(AT + DAY) == 6
    assert (partner.records[0]["MaLinhVuc"], partner.records[0]["TrangThaiHoSo"]) == ("G15-HT02", "2")
    assert partner.of(case.code) == ["2", "bước", "4", "bước", "9", "bước"]
