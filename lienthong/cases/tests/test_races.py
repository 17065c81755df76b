"""Two at the same instant, each in a real transaction: one of them wins, the other is told in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import a_case, citizen, reception
from lienthong.kernel.refusal import Refusal
from lienthong.numbering.queries import balance
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = dt.timedelta(hours=1)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do things in as many threads, begun together; a refusal is its sentence."""
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        barrier.wait(10)
        try:
            return deed()
        except Refusal as refused:
            return refused.message
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def _refused(answers: Sequence[Any]) -> list[str]:
    return [one for one in answers if isinstance(one, str)]


def test_a_page_sent_twice_in_one_instant_is_one_case(cast: Cast) -> None:
    desk = cast.commune_desk_officer
    counter, online = reception(cast), reception(cast, applicant=citizen(desk, number="260123457"), channel="online")
    answers = at_once(
        *[lambda: operations.receive(counter, actor=desk, at=AT).code] * 3,
        *[lambda: operations.submit(online, actor=None, at=AT).code] * 3,
    )
    assert sorted(map(answers.count, set(answers))) == [3, 3]
    assert Case.objects.count() == 2
    assert differences() == []
    assert balance() == []


def test_two_officers_do_the_same_step_of_a_case_and_it_is_done_once(cast: Cast) -> None:
    case = a_case(cast)
    moved = at_once(*[lambda: operations.act(case, "propose", step="xu_ly", actor=cast.registrar, at=AT)] * 2)
    assert _refused(moved) == ["Hồ sơ này không ở trong tay bạn. Tải lại trang để xem ai đang giữ."]
    signed = at_once(
        lambda: operations.act(case, "sign", step="ky", actor=cast.commune_leader, at=AT),
        lambda: operations.act(case, "send_back", step="ky", reason="Sai tên", actor=cast.commune_leader, at=AT),
    )
    assert len(_refused(signed)) == 1
    assert case.hand_overs.filter(left_at=None).count() == 1
    assert differences() == []


def test_a_step_that_is_taken_back_and_gone_on_with_at_once_goes_one_way(cast: Cast) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    answers = at_once(
        lambda: operations.undo(case, actor=cast.registrar, at=AT + HOUR),
        lambda: operations.act(case, "sign", step="ky", actor=cast.commune_leader, at=AT + HOUR),
    )
    assert len(_refused(answers)) == 1
    assert _refused(answers)[0].startswith(("Không hoàn tác được nữa", "Hồ sơ này không ở trong tay bạn"))
    case.refresh_from_db()
    assert case.step in {"xu_ly", "tra"}
    assert case.hand_overs.filter(left_at=None).count() == 1
    assert differences() == []
