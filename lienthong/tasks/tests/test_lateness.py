from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.kernel.clock import at_local
from lienthong.notifications.models import Notice
from lienthong.organisation.models import Post
from lienthong.tasks.models import Escalation, Reminder, Task
from lienthong.tasks.operations import escalate_late, finish, forward, send_reminders, set_reminder
from lienthong.tasks.tests.conftest import FRIDAY, Give
from tests.cast import Cast


def told(post: Post, kind: str) -> int:
    return Notice.objects.filter(post=post, kind=f"task.{kind}").count()


def local(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return at_local(day, dt.time(hour, minute))


def test_time_passes_and_the_next_levels_hear_of_it_once_each(cast: Cast, give: Give) -> None:
    task = give(person=cast.specialist.post)
    heard: list[tuple[str, int]] = []
    moment = local(FRIDAY, 16)
    while moment < local(FRIDAY + dt.timedelta(days=14), 18):
        if escalate_late(at=moment):
            newest = Escalation.objects.latest("pk")
            heard.append((f"{moment + dt.timedelta(hours=7):%a %d %H:%M}", newest.audience))
        moment += dt.timedelta(minutes=30)
    assert heard == [
        ("Mon 17 07:00", cast.cntt.audience),  # never on the weekend that follows the due Friday
        ("Wed 19 07:00", cast.stttt.audience),
        ("Mon 24 07:00", cast.leader.post.audience),
    ]
    assert told(cast.division_head.post, "escalated") == 1
    assert told(cast.leader.post, "escalated") == 2
    assert Task.objects.get(pk=task.pk).state == "assigned"


def test_nobody_hears_of_what_is_done_in_time(cast: Cast, give: Give, at: dt.datetime) -> None:
    finish(give(), text="Xong", actor=cast.division_head, at=at)
    assert escalate_late(at=local(FRIDAY + dt.timedelta(days=5), 10)) == 0


def test_a_reminder_comes_on_its_working_morning_to_whoever_holds_the_task(
    cast: Cast, give: Give, at: dt.datetime
) -> None:
    task = give()
    set_reminder(task, days_before=1, actor=cast.leader, at=at)
    forward(task, to=cast.bcvt, actor=cast.leader, at=at)
    thursday = FRIDAY - dt.timedelta(days=1)
    assert send_reminders(at=local(thursday, 6, 30)) == 0
    assert send_reminders(at=local(thursday, 7, 0)) == 1
    assert send_reminders(at=local(thursday, 7, 30)) == 0
    assert told(cast.second_division_head.post, "reminded") == 1
    assert told(cast.division_head.post, "reminded") == 0


def test_a_reminder_that_was_missed_at_night_waits_for_the_morning(cast: Cast, give: Give, at: dt.datetime) -> None:
    set_reminder(give(), days_before=1, actor=cast.leader, at=at)
    thursday = FRIDAY - dt.timedelta(days=1)
    assert send_reminders(at=local(thursday, 21)) == 0
    assert send_reminders(at=local(FRIDAY, 7)) == 1


def test_a_reminder_of_finished_work_dies(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give(by=cast.division_head, person=cast.division_head.post)
    set_reminder(task, days_before=1, actor=cast.division_head, at=at)
    finish(task, text="Xong", actor=cast.division_head, at=at)
    assert send_reminders(at=local(FRIDAY, 7)) == 0
    assert Reminder.objects.get().ended_at is not None


def test_looking_at_many_late_tasks_costs_a_fixed_number_of_queries(
    cast: Cast, give: Give, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        give(title=f"Việc {number}")
    monday = local(FRIDAY + dt.timedelta(days=3), 9)
    assert escalate_late(at=monday) == 8
    with django_assert_max_num_queries(4):
        assert escalate_late(at=monday) == 0
