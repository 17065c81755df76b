"""What stands at the head of a paper on a day: from the tree of units, or as it was set; the past stays as it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.operations import move_unit, rename_unit
from lienthong.stationery.heads import HeadLines, default_head, issuer_lines, place_in, signs_in_person, superior_line
from lienthong.stationery.models import Letterhead
from lienthong.stationery.operations import end_letterhead, set_letterhead
from lienthong.stationery.queries import agencies_with_heads, head_periods, letterhead_on
from tests.cast import Cast

SUMMER = dt.date(2014, 7, 1)
AUTUMN = dt.date(2014, 10, 1)
SET: dict[str, Any] = {
    "superior": "UBND TỈNH BÌNH THUẬN",
    "issuer": "SỞ THÔNG TIN\nVÀ TRUYỀN THÔNG",
    "place": "Phan Thiết",
}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Ủy ban nhân dân tỉnh Bình Thuận", "Bình Thuận"),
        ("Uỷ ban nhân dân huyện Tuy Phong", "Tuy Phong"),
        ("Ủy ban nhân dân thị trấn Liên Hương", "Liên Hương"),
        ("Ủy ban nhân dân quận 1", "Quận 1"),
        ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Sở Y tế", ""),
    ],
)
def test_the_place_is_the_administrative_unit_of_the_committee(name: str, place: str) -> None:
    assert place_in(name) == place


def test_a_committee_stands_on_two_lines_and_is_shortened_above_others() -> None:
    assert issuer_lines("Ủy ban nhân dân tỉnh Bình Thuận") == "ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN"
    assert superior_line("Ủy ban nhân dân tỉnh Bình Thuận") == "UBND TỈNH BÌNH THUẬN"
    assert issuer_lines("Sở Y tế") == "SỞ Y TẾ"


def test_the_office_of_a_committee_leaves_the_committee_to_the_line_above() -> None:
    head = default_head(
        kind="office",
        name="Văn phòng Ủy ban nhân dân tỉnh",
        parent_name="Ủy ban nhân dân tỉnh Bình Thuận",
        place="Bình Thuận",
    )
    assert head == HeadLines("UBND TỈNH BÌNH THUẬN", "VĂN PHÒNG", "Bình Thuận")


def test_heads_follow_from_the_tree(cast: Cast, on: dt.date) -> None:
    assert letterhead_on(cast.ubnd, on) == HeadLines("", "ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN", "Bình Thuận")
    department = HeadLines("UBND TỈNH BÌNH THUẬN", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Bình Thuận")
    assert letterhead_on(cast.stttt, on) == department
    assert letterhead_on(cast.district, on) == HeadLines("", "ỦY BAN NHÂN DÂN\nHUYỆN TUY PHONG", "Tuy Phong")
    assert letterhead_on(cast.commune, on) == HeadLines("", "ỦY BAN NHÂN DÂN\nXÃ CHÍ CÔNG", "Chí Công")


def test_a_division_without_a_seal_issues_under_its_department(cast: Cast, on: dt.date) -> None:
    assert letterhead_on(cast.cntt, on) == letterhead_on(cast.stttt, on)
    assert letterhead_on(cast.district_vhtt, on) == letterhead_on(cast.district, on)


def test_the_chairman_has_a_head_of_the_post(cast: Cast, on: dt.date) -> None:
    head = letterhead_on(cast.ubnd, on, in_person=True)
    assert head == HeadLines("", "CHỦ TỊCH\nỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN", "Bình Thuận")
    assert letterhead_on(cast.stttt, on, in_person=True) == letterhead_on(cast.stttt, on)


@pytest.mark.parametrize(
    ("kind", "block", "in_person"),
    [
        ("province_committee", ["CHỦ TỊCH"], True),
        ("district", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], True),
        ("commune", ["Q. CHỦ TỊCH"], True),
        ("commune", ["Quyền Chủ tịch"], True),
        ("province_committee", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], False),
        ("province_committee", ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"], False),
        ("province_committee", ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"], False),
        ("province_committee", [], False),
        ("enterprise", ["CHỦ TỊCH"], False),
    ],
)
def test_the_block_tells_whose_paper_it_is(kind: str, block: list[str], in_person: bool) -> None:  # noqa: FBT001
    assert signs_in_person(kind, block) is in_person


def test_one_head_costs_few_queries(cast: Cast, on: dt.date, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        letterhead_on(cast.cntt, on)
    with django_assert_max_num_queries(7):
        assert len(agencies_with_heads(on, "")) == 5


def test_a_renamed_unit_keeps_its_old_head_on_its_old_papers(cast: Cast, on: dt.date, at: dt.datetime) -> None:
    before = letterhead_on(cast.stttt, on)
    rename_unit(cast.stttt, name="Sở Khoa học và Công nghệ", on=SUMMER, source="01/NQ-HĐND", actor=None, at=at)
    assert letterhead_on(cast.stttt, on) == before
    assert letterhead_on(cast.stttt, SUMMER - dt.timedelta(days=1)) == before
    assert letterhead_on(cast.stttt, SUMMER).issuer == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
    assert letterhead_on(cast.cntt, SUMMER).issuer == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"


def test_a_head_that_was_set_gives_way_to_a_new_name_but_not_its_place(
    cast: Cast, on: dt.date, at: dt.datetime
) -> None:
    set_letterhead(cast.stttt, valid_from=on, **SET, contact="Số 01 đường Ví Dụ", actor=cast.clerk, at=at)
    rename_unit(cast.stttt, name="Sở Khoa học và Công nghệ", on=SUMMER, actor=None, at=at)
    assert letterhead_on(cast.stttt, on).issuer == "SỞ THÔNG TIN\nVÀ TRUYỀN THÔNG"
    after = letterhead_on(cast.stttt, SUMMER)
    assert after == HeadLines("UBND TỈNH BÌNH THUẬN", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Phan Thiết", "Số 01 đường Ví Dụ")
    periods = head_periods(cast.stttt, SUMMER)
    assert [(period.valid_from, period.is_renamed, period.is_now) for period in periods] == [
        (SUMMER, True, True),
        (on, False, False),
        (cast.stttt.valid_from, False, False),
    ]


def test_the_name_of_the_unit_above_changes_the_line_above(cast: Cast, on: dt.date, at: dt.datetime) -> None:
    set_letterhead(cast.stttt, valid_from=on, **SET, actor=cast.clerk, at=at)
    rename_unit(cast.ubnd, name="Ủy ban nhân dân tỉnh Lâm Đồng", on=SUMMER, actor=None, at=at)
    assert letterhead_on(cast.stttt, SUMMER).superior == "UBND TỈNH LÂM ĐỒNG"
    assert letterhead_on(cast.stttt, SUMMER).issuer == SET["issuer"]


def test_a_unit_that_moves_stands_under_its_new_superior(cast: Cast, on: dt.date, at: dt.datetime) -> None:
    move_unit(cast.commune, parent=cast.ubnd, on=SUMMER, actor=None, at=at)
    move_unit(cast.cntt, parent=cast.soyte, on=SUMMER, actor=None, at=at)
    assert letterhead_on(cast.cntt, on).issuer == "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert letterhead_on(cast.cntt, SUMMER).issuer == "SỞ Y TẾ"


def test_a_new_head_ends_the_former_and_leaves_its_days_alone(cast: Cast, on: dt.date, at: dt.datetime) -> None:
    first = set_letterhead(cast.stttt, valid_from=on, **SET, actor=cast.clerk, at=at)
    second = SET | {"place": "Bình Thuận"}
    set_letterhead(cast.stttt, valid_from=SUMMER, **second, source="12/QĐ-STTTT", actor=cast.clerk, at=at)
    first.refresh_from_db()
    assert first.valid_to == SUMMER
    assert letterhead_on(cast.stttt, on).place == "Phan Thiết"
    assert letterhead_on(cast.stttt, SUMMER).place == "Bình Thuận"
    for day in (on, SUMMER):
        with pytest.raises(Refusal, match="Hãy chọn ngày sau ngày đó"):
            set_letterhead(cast.stttt, valid_from=day, **SET, actor=cast.clerk, at=at)
    told = [entry.sentence for entry in timeline(Subject("unit", cast.stttt.pk))]
    assert any("đặt phần đầu văn bản" in sentence for sentence in told)


def test_an_ended_head_falls_back_to_the_tree(cast: Cast, on: dt.date, at: dt.datetime) -> None:
    row = set_letterhead(cast.stttt, valid_from=on, **SET, actor=cast.clerk, at=at)
    end_letterhead(row, valid_to=SUMMER, actor=cast.clerk, at=at)
    assert letterhead_on(cast.stttt, SUMMER).place == "Bình Thuận"
    assert letterhead_on(cast.stttt, on).place == "Phan Thiết"
    with pytest.raises(Refusal, match="đã thôi dùng từ 01/07/2014"):
        end_letterhead(row, valid_to=AUTUMN, actor=cast.clerk, at=at)


def test_two_heads_never_hold_on_one_day(cast: Cast, on: dt.date, at: dt.datetime) -> None:
    row = set_letterhead(cast.stttt, valid_from=on, **SET, actor=cast.clerk, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letterhead.objects.create(unit=cast.stttt, issuer="X", place="Y", valid_from=SUMMER)
    set_letterhead(cast.ubnd, valid_from=on, issuer="CHỦ TỊCH", place="Bình Thuận", in_person=True, actor=None, at=at)
    assert row.valid_to is None


def test_who_may_not_and_what_is_not_a_head(cast: Cast, on: dt.date, at: dt.datetime) -> None:
    for stranger in (cast.specialist, cast.health_clerk, cast.outsider):
        with pytest.raises(Forbidden):
            set_letterhead(cast.stttt, valid_from=on, **SET, actor=stranger, at=at)
    with pytest.raises(Refusal, match="không có con dấu riêng nên văn bản mang phần đầu của Sở Thông tin"):
        set_letterhead(cast.cntt, valid_from=on, **SET, actor=cast.administrator, at=at)
    with pytest.raises(Refusal, match="không hoạt động ngày 01/01/2009"):
        set_letterhead(cast.stttt, valid_from=dt.date(2009, 1, 1), **SET, actor=cast.administrator, at=at)
    with pytest.raises(Refusal, match="thẩm quyền cá nhân của Chủ tịch"):
        set_letterhead(cast.stttt, valid_from=on, **SET, in_person=True, actor=cast.administrator, at=at)
    with pytest.raises(Refusal, match="nhiều nhất 4 dòng"):
        set_letterhead(cast.stttt, valid_from=on, issuer="A\nB\nC\nD\nE", place="P", actor=cast.administrator, at=at)
    assert not Letterhead.objects.exists()
    set_letterhead(cast.ubnd, valid_from=on, issuer="UBND", place="P", actor=cast.office_head, at=at)
