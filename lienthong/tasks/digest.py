"""What the morning digest says of tasks."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from lienthong.kernel.clock import local, local_date
from lienthong.kernel.subjects import describe
from lienthong.notifications.digest import DigestLine
from lienthong.organisation.models import Post
from lienthong.organisation.queries import actor_for
from lienthong.tasks.classes import day_start
from lienthong.tasks.models import Task

MOST = 20
NEEDED = ("title", "due_at", "is_routed", "subject_kind", "subject_id")


def work_of_the_day(post: Post, at: dt.datetime) -> list[DigestLine]:
    """Return what a post must do: what is late and due today by name, what waits for confirmation as a number."""
    actor = actor_for(post, on=local_date(at))
    held = Task.objects.open().held_by(actor.work_audiences)
    tomorrow = day_start(at) + dt.timedelta(days=1)
    urgent = held.exclude(state="reported").filter(due_at__lt=tomorrow).order_by("due_at", "pk")
    tasks = list(urgent.only(*NEEDED)[:MOST])
    described = describe({task.subject for task in tasks})
    lines = [_line(task, described[task.subject].url, at) for task in tasks]
    waiting = held.filter(state="reported").count()
    if waiting:
        lines.append(DigestLine(f"{waiting} kết quả chờ xác nhận", f"{reverse('tasks:mine')}?tab=verify"))
    return lines


def _line(task: Task, address: str, at: dt.datetime) -> DigestLine:
    late_from = at if task.is_routed else day_start(at)
    late = task.due_at is not None and task.due_at < late_from
    day = f"{local(task.due_at):%d/%m/%Y}" if task.due_at else ""
    words = f"Quá hạn từ {day}: {task.title}" if late else f"Hết hạn hôm nay: {task.title}"
    return DigestLine(words, address, late)
