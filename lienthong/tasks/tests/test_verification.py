from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lienthong.tasks.classes import Class, class_of
from lienthong.tasks.digest import work_of_the_day
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import accept, cancel, finish, report, return_work, send_back, suspend, verify
from lienthong.tasks.queries.lists import of_class
from lienthong.tasks.tests.conftest import FRIDAY, Give
from lienthong.tasks.verification import differences
from tests.cast import Cast

MONDAY_AFTER = dt.timedelta(days=7)


@pytest.fixture
def every_state(cast: Cast, give: Give, at: dt.datetime) -> list[Task]:
    head, leader = cast.division_head, cast.leader
    later = at + MONDAY_AFTER
    tasks = [give(title=f"Việc {number}") for number in range(12)]
    accept(tasks[1], actor=head, at=at)
    report(tasks[2], text="Nửa chừng", percent=50, actor=head, at=at)
    finish(tasks[3], text="Xong", actor=head, at=at)
    verify(finish(tasks[4], text="Xong", actor=head, at=at), actor=leader, at=later)
    verify(finish(tasks[5], text="Xong", delay_reason="Bận", actor=head, at=later), actor=leader, at=later)
    finish(tasks[6], text="Xong", delay_reason="Bận", actor=head, at=later)
    send_back(tasks[7], reason="Sai đơn vị", actor=head, at=at)
    suspend(tasks[8], reason="Chờ", actor=leader, at=at)
    cancel(tasks[9], reason="Thôi", actor=leader, at=at)
    return_work(finish(tasks[10], text="Xong", actor=head, at=at), reason="Thiếu", actor=leader, at=at)
    tasks.append(give(title="Thường xuyên", due=Due.ongoing()))
    return tasks


def test_recomputing_finds_nothing_to_change(every_state: list[Task]) -> None:
    assert list(differences()) == []
    out = StringIO()
    call_command("tasks", "recompute", stdout=out)
    assert "0 chỗ khác" in out.getvalue()


def test_a_shadow_that_lies_is_named_and_repaired(every_state: list[Task]) -> None:
    Task.objects.filter(pk=every_state[3].pk).update(holder=999_999, is_late=True)
    with pytest.raises(CommandError, match="2 chỗ không khớp"):
        call_command("tasks", "recompute", stderr=StringIO())
    call_command("tasks", "recompute", "--repair", stdout=StringIO(), stderr=StringIO())
    assert list(differences()) == []


def test_the_database_and_the_rules_class_alike(every_state: list[Task], at: dt.datetime) -> None:
    for moment in (at, at + dt.timedelta(days=4, hours=12), at + MONDAY_AFTER, at + 2 * MONDAY_AFTER):
        found = {task.pk: one for one in Class for task in Task.objects.filter(of_class(one, moment))}
        known = [task for task in Task.objects.all() if task.finished_at is None or task.finished_at <= moment]
        assert {task.pk: found[task.pk] for task in known} == {task.pk: class_of(task, moment) for task in known}


def test_the_morning_digest_names_what_is_late_and_what_is_due(cast: Cast, every_state: list[Task]) -> None:
    friday = dt.datetime.combine(FRIDAY, dt.time(0, 30), tzinfo=dt.UTC)
    due = work_of_the_day(cast.division_head.post, friday)
    assert {line.text for line in due} == {f"Hết hạn hôm nay: Việc {number}" for number in (0, 1, 2, 10, 11)}
    late = work_of_the_day(cast.division_head.post, friday + MONDAY_AFTER)
    assert all(line.is_late for line in late)
    assert "2 kết quả chờ xác nhận" in [line.text for line in work_of_the_day(cast.leader.post, friday)]
