"""Booking by slot: no place is given twice, and who comes in time goes first."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.queueing.models import Appointment, Slot
from lienthong.queueing.operations.appointments import amend_slot, arrive, book, cancel, open_slots
from lienthong.queueing.operations.closing import close_days
from lienthong.queueing.queries import slots as queries
from lienthong.queueing.tests.builders import Hall, booked, opened
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db


def test_slots_open_on_working_days_alone_and_once(hall: Hall) -> None:
    made = open_slots(
        hall.civil,
        since=MONDAY,
        until=MONDAY + dt.timedelta(days=6),
        starts=dt.time(7, 30),
        ends=dt.time(9, 10),
        minutes=30,
        capacity=2,
        actor=hall.officer,
        at=AT,
    )
    assert len(made) == 5 * 3
    opened(hall)
    assert Slot.objects.count() == 5 * 3 + 1, "those that exist stay, the fourth of Tuesday is new"
    assert queries.halls(AT) == [hall.cast.district_desk]
    week = queries.free_week(hall.civil.pk, AT)
    assert week is not None
    assert len(week.days) == 4, "today's are over"


def test_slots_are_shown_a_week_at_a_time(hall: Hall) -> None:
    weeks = [MONDAY, MONDAY + dt.timedelta(days=7), MONDAY + dt.timedelta(days=28)]
    for monday in weeks:
        opened(hall, day=monday + dt.timedelta(days=1))

    def week(wanted: dt.date | None) -> tuple[dt.date, dt.date | None, dt.date | None]:
        found = queries.free_week(hall.civil.pk, AT, wanted=wanted)
        assert found is not None
        return found.monday, found.earlier, found.later

    first, second, last = (weeks[0], None, weeks[1]), (weeks[1], weeks[0], weeks[2]), (weeks[2], weeks[1], None)
    assert week(None) == first
    assert week(dt.date(2010, 1, 1)) == first
    assert week(weeks[1] + dt.timedelta(days=6)) == second
    assert week(weeks[1] + dt.timedelta(days=7)) == last, "weeks without room are passed over"
    assert week(dt.date.max) == last
    assert queries.free_week(hall.land.pk, AT) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"since": MONDAY - dt.timedelta(days=1)},
        {"until": MONDAY + dt.timedelta(days=90)},
        {"ends": dt.time(7, 0)},
        {"capacity": 0},
        {"minutes": 1},
    ],
)
def test_slots_that_make_no_sense_are_refused(hall: Hall, changes: dict[str, object]) -> None:
    told = {
        "since": MONDAY, "until": MONDAY, "starts": dt.time(7, 30), "ends": dt.time(9, 0), "minutes": 30, "capacity": 2,
    } | changes  # fmt: skip
    with pytest.raises(Refusal):
        open_slots(hall.civil, **told, actor=hall.officer, at=AT)  # type: ignore[arg-type]  # a table of its parts


def test_a_full_slot_takes_nobody_and_a_cancelled_place_is_free_again(hall: Hall) -> None:
    slot = opened(hall, capacity=1)[0]
    mine = booked(slot, 1)
    with pytest.raises(Refusal, match="hết chỗ"):
        booked(slot, 2)
    cancel(mine, at=AT)
    cancel(mine, at=AT)
    assert booked(slot, 2).state == "booked"
    slot.refresh_from_db()
    assert slot.taken == 1


def test_one_form_is_one_appointment_and_one_number_does_not_book_everything(hall: Hall) -> None:
    slots = opened(hall)
    first = booked(slots[0], key="k")
    assert booked(slots[0], key="k").pk == first.pk
    with pytest.raises(Refusal, match="đã đặt khung giờ này"):
        booked(slots[0])
    booked(slots[1])
    booked(slots[2], phone="+84 900 000 000")
    with pytest.raises(Refusal, match="đang giữ 3"):
        booked(slots[3])


@pytest.mark.parametrize("changes", [{"phone": "12"}, {"phone": "x" * 50}, {"name": " "}, {"name": "N" * 300}])
def test_who_does_not_say_who_they_are_is_refused(hall: Hall, changes: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        booked(opened(hall)[0], **changes)


def test_a_slot_that_is_shut_or_past_is_refused(hall: Hall) -> None:
    first, second, *_ = opened(hall)
    amend_slot(first, capacity=2, is_open=False, actor=hall.officer, at=AT)
    with pytest.raises(Refusal, match="hết chỗ"):
        booked(first)
    with pytest.raises(Refusal, match="đã qua"):
        booked(second, at=second.starts_at)
    booked(second, 1)
    booked(second, 2)
    with pytest.raises(Refusal, match="đã có 2 người"):
        amend_slot(second, capacity=1, is_open=True, actor=hall.officer, at=AT)


def test_who_comes_in_time_goes_first_and_who_does_not_waits_like_everybody(hall: Hall) -> None:
    slot = opened(hall)[0]
    unit = slot.unit_id
    early, late = booked(slot, 1), booked(slot, 2)
    in_time = arrive(early, unit_pk=unit, at=slot.starts_at - dt.timedelta(minutes=20))
    assert (in_time.priority, in_time.code) == (1, "A001")
    assert arrive(early, unit_pk=unit, at=slot.starts_at).pk == in_time.pk, "asked again, the same number"
    assert arrive(late, unit_pk=unit, at=slot.ends_at + dt.timedelta(hours=1)).priority == 0
    with pytest.raises(Refusal, match="đã đến"):
        cancel(early, at=slot.starts_at)


def test_another_day_or_hall_or_a_cancelled_appointment_is_refused(hall: Hall) -> None:
    slot = opened(hall)[0]
    mine = booked(slot, 1)
    with pytest.raises(Refusal, match="11/03/2014"):
        arrive(mine, unit_pk=slot.unit_id, at=AT)
    with pytest.raises(Refusal, match="đúng nơi"):
        arrive(mine, unit_pk=hall.cast.commune_desk.pk, at=slot.starts_at)
    cancel(mine, at=AT)
    with pytest.raises(Refusal, match="đã hủy"):
        arrive(mine, unit_pk=slot.unit_id, at=slot.starts_at)


def test_code_and_telephone_together_find_it(hall: Hall) -> None:
    mine = booked(opened(hall)[0], 1)
    code = f" {mine.code[:4].lower()} {mine.code[4:]} "
    assert queries.appointment_by(code, "0900 000 001") == mine
    assert queries.appointment_by(code, "0900000002") is None
    assert queries.appointment_by("", "x") is None


def test_who_does_not_serve_there_arranges_and_cancels_nothing(cast: Cast, hall: Hall) -> None:
    slot = opened(hall)[0]
    mine = booked(slot, 1)
    for actor in (cast.commune_desk_officer, cast.outsider):
        with pytest.raises(Forbidden):
            cancel(mine, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            amend_slot(slot, capacity=5, is_open=True, actor=actor, at=AT)
        assert not Appointment.objects.visible_to(actor).exists()


def test_who_never_came_is_told_so_by_the_night(hall: Hall) -> None:
    mine = booked(opened(hall)[0], 1)
    assert close_days(at=AT + dt.timedelta(days=2)) == (0, 1)
    mine.refresh_from_db()
    assert mine.state == "missed"


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_do_not_overbook_a_slot(hall: Hall) -> None:
    slot = opened(hall, capacity=3)[0]

    def press(place: int) -> bool:
        try:
            book(slot, name=f"Người {place}", phone=f"09111111{place:02}", key=f"k{place}", at=AT)
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(press, range(10))) == 3
    slot.refresh_from_db()
    assert (slot.taken, Appointment.objects.count()) == (3, 3)
