"""A step of a procedure is work like any other: on the desk, by the minute, and done where its subject is."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.kernel import subjects
from lienthong.kernel.subjects import Described, Subject, SubjectKind
from lienthong.tasks import operations
from lienthong.tasks.models import Escalation, Task
from lienthong.tasks.queries import inbox
from lienthong.tasks.queries.rows import calendar_for
from tests.cast import Cast

AT = dt.datetime(2014, 3, 5, 2, 0, tzinfo=dt.UTC)  # Wednesday, 9:00 in Việt Nam
HOUR = dt.timedelta(hours=1)
CASE = Subject("paper_case", 7)


@pytest.fixture(autouse=True)
def _a_kind_of_case() -> None:
    subjects.declare(SubjectKind("paper_case", "Hồ sơ", _described, _is_visible))


def _is_visible(actor: object, pk: int) -> bool:
    return pk == CASE.pk


def _described(pks: object) -> dict[int, Described]:
    return {7: Described("H11.01-140305-0001", "/cases/7/")}


def _held(cast: Cast, *, hours: int = 4) -> operations.Held:
    return operations.Held("Thẩm định: hồ sơ số 7", cast.cntt, due_at=AT + hours * HOUR)


def test_it_lies_on_the_desk_of_its_holder_and_opens_its_subject(cast: Cast) -> None:
    operations.route(CASE, _held(cast), actor=cast.clerk, at=AT)
    page = inbox.page([cast.division_head], name="new", group="", after="", calendar=calendar_for(cast.cntt, AT), at=AT)
    assert [(row.title, row.url, row.explained) for row in page.rows] == [
        ("Thẩm định: hồ sơ số 7", "/cases/7/", "/cases/7/deadline/")
    ]


def test_it_is_late_by_the_minute_and_not_by_the_day(cast: Cast) -> None:
    operations.route(CASE, _held(cast), actor=None, at=AT)
    assert inbox.counts([cast.division_head], AT + 3 * HOUR).groups["today"] == 1
    after = AT + 5 * HOUR
    assert inbox.counts([cast.division_head], after).groups["overdue"] == 1
    page = inbox.page(
        [cast.division_head], name="todo", group="overdue", after="", calendar=calendar_for(cast.cntt, AT), at=after
    )
    assert [row.group for row in page.rows] == ["Quá hạn"]


def test_it_moves_to_the_next_hands_and_ends(cast: Cast) -> None:
    task = operations.route(CASE, _held(cast), actor=cast.clerk, at=AT)
    operations.begin(CASE, at=AT)
    operations.reroute(
        CASE, operations.Held("Ký duyệt", cast.stttt, due_at=AT + 8 * HOUR), actor=cast.division_head, at=AT
    )
    task.refresh_from_db()
    assert (task.state, task.holder, task.accepted_at) == (Task.State.ASSIGNED, cast.stttt.audience, None)
    assert inbox.counts([cast.division_head], AT).tabs["todo"] == 0
    operations.settle(CASE, at=AT + 9 * HOUR)
    task.refresh_from_db()
    assert (task.state, task.is_late) == (Task.State.DONE, True)
    assert inbox.counts([cast.leader], AT).tabs["todo"] == 0


def test_who_handed_it_on_does_not_wait_for_it_among_what_they_assigned(cast: Cast) -> None:
    operations.route(CASE, _held(cast), actor=cast.leader, at=AT)
    assert inbox.counts([cast.leader], AT).tabs["waiting"] == 0


def test_it_is_read_through_its_subject_and_stands_in_no_list_of_tasks(cast: Cast) -> None:
    task = operations.route(CASE, _held(cast), actor=cast.clerk, at=AT)
    assert not Task.objects.visible_to(cast.division_head).exists()
    assert subjects.is_visible(cast.division_head, task.subject)
    assert subjects.describe([task.subject])[task.subject].url == "/cases/7/"


def test_the_next_level_hears_of_a_late_step_in_working_time(cast: Cast) -> None:
    operations.route(CASE, _held(cast, hours=1), actor=None, at=AT)
    assert operations.escalate_late(at=AT) == 0
    assert operations.escalate_late(at=AT + 2 * HOUR) == 1
    assert Escalation.objects.get().audience == cast.stttt.audience
