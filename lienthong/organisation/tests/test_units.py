from __future__ import annotations

import datetime as dt

import pytest

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.models import Unit
from lienthong.organisation.operations import close_unit, end_post, found_unit, give_code, move_unit, rename_unit
from lienthong.organisation.queries import children_on, find_units, name_on, unit_by_code
from tests.cast import Cast

JUNE = dt.date(2014, 6, 1)


def test_a_unit_is_found_under_its_parent_and_shares_its_seal(cast: Cast, at: dt.datetime) -> None:
    unit = found_unit(
        kind="division",
        name="Thanh tra Sở",
        parent=cast.stttt,
        valid_from=JUNE,
        actor=cast.administrator,
        at=at,
    )
    assert unit.agency == cast.stttt
    assert unit in children_on(cast.stttt, JUNE)
    assert unit not in children_on(cast.stttt, JUNE - dt.timedelta(days=1))


def test_only_an_administrator_changes_the_tree(cast: Cast, at: dt.datetime) -> None:
    for actor in (cast.leader, cast.clerk, cast.outsider):
        with pytest.raises(Forbidden):
            found_unit(kind="division", name="Phòng Mới", parent=cast.stttt, valid_from=JUNE, actor=actor, at=at)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Phòng Công nghệ thông tin"}, "name"),
        ({"kind": "palace"}, "kind"),
        ({"valid_from": dt.date(1999, 1, 1)}, "parent"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_beside_its_field(
    changed: dict[str, object], field: str, cast: Cast, at: dt.datetime
) -> None:
    wanted: dict[str, object] = {"kind": "division", "name": "Phòng Mới", "parent": cast.stttt, "valid_from": JUNE}
    with pytest.raises(Refusal) as refused:
        found_unit(**(wanted | changed), actor=cast.administrator, at=at)  # type: ignore[arg-type]  # hostile on purpose
    assert refused.value.field == field


def test_a_new_name_keeps_the_old_one_for_the_past(cast: Cast, at: dt.datetime) -> None:
    unit = rename_unit(cast.stttt, name="Sở Khoa học và Công nghệ", on=JUNE, actor=cast.administrator, at=at)
    assert unit.name == "Sở Khoa học và Công nghệ"
    assert name_on(unit, dt.date(2014, 5, 31)) == "Sở Thông tin và Truyền thông"
    assert name_on(unit, JUNE) == "Sở Khoa học và Công nghệ"
    again = rename_unit(unit, name=unit.name, short_name=unit.short_name, on=JUNE, actor=cast.administrator, at=at)
    assert again.names.count() == 2
    with pytest.raises(Refusal):
        rename_unit(unit, name="Sở Khác", on=dt.date(2014, 3, 1), actor=cast.administrator, at=at)


def test_a_moved_unit_takes_its_parts_into_the_new_agency(cast: Cast, at: dt.datetime) -> None:
    team = found_unit(kind="division", name="Tổ Hạ tầng", parent=cast.bcvt, valid_from=JUNE, actor=None, at=at)
    move_unit(cast.bcvt, parent=cast.soyte, on=JUNE, actor=cast.administrator, at=at)
    team.refresh_from_db()
    assert team.agency == cast.soyte
    assert cast.bcvt in children_on(cast.stttt, dt.date(2014, 5, 1))
    assert cast.bcvt in children_on(cast.soyte, JUNE)


def test_a_unit_cannot_stand_under_its_own_part(cast: Cast, at: dt.datetime) -> None:
    for part in (cast.stttt, cast.cntt):
        with pytest.raises(Refusal, match="không thể là cấp trên"):
            move_unit(cast.stttt, parent=part, on=JUNE, actor=cast.administrator, at=at)


def test_a_code_means_one_unit_at_a_time_and_another_later(cast: Cast, at: dt.datetime) -> None:
    give_code(cast.soyte, kind="gso", code="22978", valid_from=dt.date(2010, 1, 1), actor=None, at=at)
    with pytest.raises(Refusal, match="đang là mã"):
        give_code(cast.district, kind="gso", code="22978", valid_from=JUNE, actor=None, at=at)
    give_code(cast.soyte, kind="gso", code="23005", valid_from=JUNE, actor=None, at=at)
    give_code(cast.district, kind="gso", code="22978", valid_from=JUNE, actor=None, at=at)
    assert unit_by_code("gso", "22978", dt.date(2014, 5, 31)) == cast.soyte
    assert unit_by_code("gso", "22978", JUNE) == cast.district


def test_a_unit_closes_only_when_nobody_and_nothing_is_left_in_it(cast: Cast, at: dt.datetime) -> None:
    with pytest.raises(Refusal, match="đơn vị trực thuộc"):
        close_unit(cast.stttt, on=JUNE, actor=cast.administrator, at=at)
    with pytest.raises(Refusal, match="chức vụ"):
        close_unit(cast.bcvt, on=JUNE, actor=cast.administrator, at=at)
    end_post(cast.second_division_head.post, on=JUNE, actor=cast.administrator, at=at)
    closed = close_unit(cast.bcvt, on=JUNE, actor=cast.administrator, at=at)
    assert closed.valid_to == JUNE
    assert closed not in Unit.objects.existing(JUNE)
    assert cast.bcvt in children_on(cast.stttt, JUNE - dt.timedelta(days=1))


@pytest.mark.parametrize("words", ["cong nghe", "CNTT", "Công nghệ thông tin", "phong cntt"])
def test_a_unit_is_found_with_and_without_marks(words: str, cast: Cast, on: dt.date) -> None:
    assert cast.cntt in find_units(words, on)


def test_opening_a_branch_costs_one_query(cast: Cast, on: dt.date, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django
        children_on(cast.ubnd, on)
