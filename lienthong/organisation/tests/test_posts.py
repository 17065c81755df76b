from __future__ import annotations

import datetime as dt

import pytest

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.models import Officer
from lienthong.organisation.operations import add_officer, amend_officer, appoint, end_post
from lienthong.organisation.operations.people import name_key
from lienthong.organisation.queries import actor_for, actors_of, page_of_officers
from tests.cast import Cast

JUNE = dt.date(2014, 6, 1)


def test_a_post_gives_its_rights_from_its_day_to_its_end(cast: Cast, at: dt.datetime) -> None:
    officer = add_officer(full_name="Lâm Thị Thơm", actor=cast.administrator, at=at)
    post = appoint(
        officer,
        unit=cast.stttt,
        title="Văn thư",
        role="clerk",
        valid_from=JUNE,
        valid_to=dt.date(2014, 7, 1),
        actor=cast.administrator,
        at=at,
    )
    assert post.is_primary
    assert actors_of(officer.pk, on=dt.date(2014, 5, 31)) == []
    assert actors_of(officer.pk, on=JUNE)[0].can("incoming.register")
    assert actors_of(officer.pk, on=dt.date(2014, 7, 1)) == []
    with pytest.raises(Refusal):
        actor_for(post, on=dt.date(2014, 7, 1))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": "emperor"}, "role"),
        ({"title": " "}, "title"),
        ({"valid_to": JUNE}, "valid_to"),
        ({"valid_from": dt.date(2000, 1, 1)}, "valid_from"),
        ({"title": "Chuyên viên"}, "title"),
        ({"is_primary": True}, "is_primary"),
    ],
)
def test_a_post_that_cannot_be_is_refused_beside_its_field(
    changed: dict[str, object], field: str, cast: Cast, at: dt.datetime
) -> None:
    wanted: dict[str, object] = {"unit": cast.cntt, "title": "Phó phòng", "role": "specialist", "valid_from": JUNE}
    with pytest.raises(Refusal) as refused:
        appoint(cast.specialist.officer, **(wanted | changed), actor=cast.administrator, at=at)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_an_officer_holds_a_second_post_beside_the_main_one(cast: Cast, at: dt.datetime) -> None:
    officer = cast.specialist.officer
    second = appoint(
        officer, unit=cast.stttt, title="Thủ quỹ", role="specialist", valid_from=JUNE, actor=cast.administrator, at=at
    )
    assert not second.is_primary
    assert [actor.post.title for actor in actors_of(officer.pk, on=JUNE)] == ["Chuyên viên", "Thủ quỹ"]


def test_a_leader_appoints_nobody(cast: Cast, at: dt.datetime) -> None:
    with pytest.raises(Forbidden):
        appoint(
            cast.specialist.officer, unit=cast.cntt, title="X", role="leader", valid_from=JUNE, actor=cast.leader, at=at
        )
    with pytest.raises(Forbidden):
        end_post(cast.outsider.post, on=JUNE, actor=cast.leader, at=at)


def test_ending_a_post_ends_what_it_may_sign(cast: Cast, at: dt.datetime) -> None:
    end_post(cast.deputy_leader.post, on=JUNE, actor=cast.administrator, at=at)
    assert cast.deputy_leader.post.signing_authorities.get().valid_to == JUNE
    end_post(cast.deputy_leader.post, on=JUNE, actor=cast.administrator, at=at)
    with pytest.raises(Refusal):
        end_post(cast.deputy_leader.post, on=dt.date(2015, 1, 1), actor=cast.administrator, at=at)


def test_people_stand_in_the_order_of_vietnamese_lists() -> None:
    names = ["Trần Văn Ân", "Lê Thị An", "Đỗ Đức", "Bùi Dũng", "Nguyễn Văn An", "Phạm Ánh"]
    assert sorted(names, key=name_key) == [
        "Lê Thị An",
        "Nguyễn Văn An",
        "Phạm Ánh",
        "Trần Văn Ân",
        "Bùi Dũng",
        "Đỗ Đức",
    ]


def test_people_come_page_by_page_each_once(cast: Cast, on: dt.date) -> None:
    seen: list[int] = []
    after, more = None, True
    while more:
        page, more = page_of_officers(Officer.objects.visible_to(cast.clerk), on, after=after, limit=7)
        seen += [officer.pk for officer in page]
        after = (page[-1].sort_name, page[-1].pk)
    assert len(seen) == len(set(seen)) == Officer.objects.count()
    assert [officer.pk for officer in Officer.objects.by_name()] == seen


@pytest.mark.parametrize("words", ["pham ngoc anh", "Phạm Ngọc Ánh", "ngọc", "Ánh"])
def test_a_person_is_found_with_and_without_marks(words: str, cast: Cast) -> None:
    assert cast.specialist.officer in Officer.objects.named_like(words)


def test_marks_that_are_typed_count(cast: Cast) -> None:
    assert cast.specialist.officer not in Officer.objects.named_like("Ngốc")


def test_a_staff_code_belongs_to_one_person(cast: Cast, at: dt.datetime) -> None:
    add_officer(full_name="Lâm Thị Thơm", staff_code="BT001", actor=cast.administrator, at=at)
    with pytest.raises(Refusal) as refused:
        amend_officer(
            cast.clerk.officer,
            full_name="Đặng Thị Bích Lan",
            email="",
            phone="",
            staff_code="BT001",
            actor=cast.administrator,
            at=at,
        )
    assert refused.value.field == "staff_code"
