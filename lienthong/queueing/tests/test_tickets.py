"""Numbers without gaps, called in turn, each to one counter, however many press at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.numbering.queries import balance
from lienthong.queueing.models import ServicePoint, Ticket
from lienthong.queueing.operations import tickets
from lienthong.queueing.operations.closing import close_days
from lienthong.queueing.operations.hall import (
    add_device,
    add_group,
    add_point,
    amend_group,
    amend_point,
    revoke_device,
    sit,
    stand_up,
)  # fmt: skip
from lienthong.queueing.operations.tickets import (
    attach,
    bring_back,
    call,
    call_next,
    finish,
    leave,
    recall,
    skip,
    start,
    take_ticket,
    transfer,
)  # fmt: skip
from lienthong.queueing.queries.queue import called, current_ticket, place_of, waiting_for
from lienthong.queueing.tests.builders import Hall, taken
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db


def step(hall: Hall, after: Ticket | None = None) -> Ticket | None:
    return call_next(hall.first, after=after.pk if after else None, actor=hall.officer, at=AT)


def test_numbers_run_on_through_the_groups_and_begin_again_each_day(hall: Hall) -> None:
    codes = [taken(group).code for group in (hall.civil, hall.land, hall.civil)]
    assert codes == ["A001", "B002", "A003"]
    assert taken(hall.civil, at=AT + dt.timedelta(days=1)).code == "A001"
    assert balance() == []


def test_one_touch_is_one_number(hall: Hall) -> None:
    first = taken(hall.civil, key="k")
    assert taken(hall.civil, key="k").pk == first.pk
    assert Ticket.objects.count() == 1


def test_a_group_that_is_shut_gives_no_number(hall: Hall) -> None:
    kept = {"letter": "A", "name": "Hộ tịch", "note": "", "minutes": 5, "actor": hall.officer, "at": AT}
    amend_group(hall.civil, is_open=False, **kept)  # type: ignore[arg-type]  # a table of its parts
    with pytest.raises(Refusal, match="không nhận số"):
        taken(hall.civil)
    assert taken(hall.land).code == "B001", "the number was given back"


def test_people_are_called_in_turn_who_booked_and_whom_the_law_prefers_before(hall: Hall) -> None:
    ordinary, booked, first, last = (taken(hall.civil, priority=priority) for priority in (0, 1, 2, 0))
    here, turns = None, []
    while (here := step(hall, here)) is not None:
        turns.append(here)
    assert turns == [first, booked, ordinary, last]
    assert Ticket.objects.filter(state="served").count() == 4


def test_a_counter_calls_only_for_its_groups(hall: Hall) -> None:
    taken(hall.civil)
    land = taken(hall.land)
    assert waiting_for(hall.second, MONDAY) == 1
    assert call_next(hall.second, after=None, actor=hall.colleague, at=AT) == land
    assert call_next(hall.second, after=land.pk, actor=hall.colleague, at=AT) is None


def test_a_second_click_calls_nobody_over_the_first(hall: Hall) -> None:
    one, two = taken(hall.civil), taken(hall.civil)
    assert step(hall) == one
    assert step(hall) == one, "the page showed nobody: who is here already is returned"
    assert step(hall, one) == two
    assert step(hall, one) == two


def test_who_does_not_come_is_called_again_skipped_and_brought_back_to_the_old_place(hall: Hall) -> None:
    one, two = taken(hall.civil), taken(hall.civil)
    step(hall)
    recall(one, actor=hall.officer, at=AT)
    skip(one, actor=hall.officer, at=AT)
    assert [row.code for row in called(hall.first.unit_id, AT)] == []
    assert step(hall) == two
    bring_back(one, actor=hall.officer, at=AT)
    assert place_of(one.__class__.objects.select_related("group").get(pk=one.pk)).before == 0
    finish(two, actor=hall.officer, at=AT)
    assert call(one, hall.first, actor=hall.officer, at=AT).calls == 3
    with pytest.raises(Refusal, match="đang gọi"):
        bring_back(one, actor=hall.officer, at=AT)


def test_a_transfer_keeps_the_number_and_the_place(hall: Hall) -> None:
    one = taken(hall.civil)
    waiting = taken(hall.land)
    step(hall)
    start(one, actor=hall.officer, at=AT)
    for nowhere in (hall.first, None):
        with pytest.raises(Refusal, match="khác đang mở"):
            transfer(one, point=nowhere, actor=hall.officer, at=AT)
    transfer(one, point=hall.second, note="Cần trích đo", actor=hall.officer, at=AT)
    assert step(hall) == waiting, "it waits for counter 2 alone"
    moved = call_next(hall.second, after=None, actor=hall.colleague, at=AT)
    assert moved is not None
    assert (moved, moved.code, moved.note) == (one, "A001", "Cần trích đo")
    sentences = [entry.sentence for entry in timeline(one.own)]
    assert "Trương Thị Lệ chuyển số A001 tới Quầy 2 (Cần trích đo)" in sentences


def test_what_came_of_a_number_is_kept(hall: Hall) -> None:
    one = taken(hall.civil)
    step(hall)
    assert current_ticket(hall.officer) == one
    assert attach(one, Subject("case", 5), actor=hall.officer, at=AT).subject == Subject("case", 5)
    with pytest.raises(Forbidden):
        attach(one, Subject("case", 6), actor=hall.colleague, at=AT)


def test_only_who_sits_there_calls_and_only_people_of_the_hall_sit(cast: Cast, hall: Hall) -> None:
    one = taken(hall.civil)
    with pytest.raises(Forbidden, match="chưa ngồi"):
        call_next(hall.first, after=None, actor=hall.colleague, at=AT)
    for actor in (cast.commune_desk_officer, cast.outsider, cast.district_leader):
        for attempt in (
            lambda actor=actor: sit(hall.first, actor=actor, at=AT),
            lambda actor=actor: call_next(hall.first, after=None, actor=actor, at=AT),
            lambda actor=actor: leave(one, actor=actor, at=AT),
            lambda actor=actor: add_point(cast.district_desk, number=9, actor=actor, at=AT),
            lambda actor=actor: add_device(cast.district_desk, kind="kiosk", name="x", actor=actor, at=AT),
        ):
            with pytest.raises(Forbidden):
                attempt()
    assert not Ticket.objects.visible_to(cast.commune_desk_officer).exists()
    assert step(hall) == one
    with pytest.raises(Forbidden, match="không ở quầy của bạn"):
        finish(one, actor=hall.colleague, at=AT)


def test_a_counter_with_somebody_there_is_neither_left_nor_taken_nor_shut(hall: Hall) -> None:
    taken(hall.civil)
    step(hall)
    with pytest.raises(Refusal, match="rời quầy"):
        stand_up(hall.first, actor=hall.officer, at=AT)
    with pytest.raises(Refusal, match="Đồng nghiệp"):
        sit(hall.first, actor=hall.colleague, at=AT)
    shut = {"number": 1, "name": "", "groups": [], "is_open": False, "actor": hall.officer, "at": AT}
    with pytest.raises(Refusal, match="đang có người"):
        amend_point(hall.first, **shut)  # type: ignore[arg-type]  # a table of its parts


def test_sitting_down_elsewhere_leaves_the_own_counter(hall: Hall) -> None:
    stand_up(hall.second, actor=hall.colleague, at=AT)
    sit(hall.second, actor=hall.officer, at=AT)
    assert list(ServicePoint.objects.order_by("number").values_list("post", flat=True)) == [None, hall.officer.post.pk]


@pytest.mark.parametrize(
    ("letter", "name", "minutes"), [("A", "Khác", 5), ("1", "Khác", 5), ("", "x", 5), ("C", " ", 5), ("C", "x", 0)]
)
def test_a_group_that_makes_no_sense_is_refused(hall: Hall, letter: str, name: str, minutes: int) -> None:
    with pytest.raises(Refusal):
        add_group(hall.cast.district_desk, letter=letter, name=name, minutes=minutes, actor=hall.officer, at=AT)


@pytest.mark.parametrize("number", [0, 1, 100])
def test_a_counter_that_makes_no_sense_is_refused(hall: Hall, number: int) -> None:
    with pytest.raises(Refusal):
        add_point(hall.cast.district_desk, number=number, actor=hall.officer, at=AT)


def test_a_machine_is_shut_off_for_ever(hall: Hall) -> None:
    device = add_device(hall.cast.district_desk, kind="screen", name="Sảnh", actor=hall.officer, at=AT)
    revoke_device(device, actor=hall.officer, at=AT)
    device.refresh_from_db()
    assert device.revoked_at == AT


def test_the_night_ends_what_the_day_left_over(hall: Hall) -> None:
    here, _ = taken(hall.civil), taken(hall.civil)
    step(hall)
    assert close_days(at=AT) == (0, 0)
    assert close_days(at=AT + dt.timedelta(days=1)) == (2, 0)
    assert dict(Ticket.objects.values_list("code", "state")) == {"A001": "served", "A002": "left"}
    hall.first.refresh_from_db()
    assert hall.first.post_id is None
    assert "Hệ thống phục vụ xong số A001" in [entry.sentence for entry in timeline(here.own)]


def test_calling_costs_few_queries(hall: Hall, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(12):
        taken(hall.civil)
    taken(hall.civil)
    here = step(hall)
    with django_assert_max_num_queries(13):
        step(hall, here)


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_call_at_once_get_two_people(hall: Hall) -> None:
    for _ in range(3):
        taken(hall.land)
    seats = ((hall.first, hall.officer), (hall.second, hall.colleague)) * 3
    barrier = Barrier(len(seats))

    def press(place: int) -> str:
        point, actor = seats[place]
        barrier.wait(10)
        try:
            got = call_next(point, after=None, actor=actor, at=AT)
            return f"{point.number}:{got.code if got else ''}"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(seats)) as pool:
        results = set(pool.map(press, range(len(seats))))
    assert len(results) == 2, "three clicks at a counter are one call"
    assert {result[2:] for result in results} == {"B001", "B002"}
    assert Ticket.objects.filter(state="called").count() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_touches_at_once_leave_no_gap_and_no_double(hall: Hall) -> None:
    def touch(place: int) -> int:
        try:
            return take_ticket(hall.civil if place % 2 else hall.land, key=f"k{place % 10}", at=AT).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(touch, range(20)))
    assert sorted(set(numbers)) == list(range(1, 11))
    assert balance() == []
    assert tickets.MOST_A_DAY > 999
