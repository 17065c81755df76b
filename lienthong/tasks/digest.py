"""What the morning digest says of tasks."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from lienthong.kernel.clock import local, local_date
from lienthong.notifications.digest import DigestLine
from lienthong.organisation.models import Post
from lienthong.organisation.queries import actor_for
from lienthong.tasks.classes import day_start
from lienthong.tasks.models import Task

MOST = 20


def work_of_the_day(post: Post, at: dt.datetime) -> list[DigestLine]:
    """Return what a post must do: what is late and due today by name, what waits for confirmation as a number."""
    actor = actor_for(post, on=local_date(at))
    held = Task.objects.open().held_by(actor.work_audiences)
    tomorrow = day_start(at) + dt.timedelta(days=1)
    urgent = held.exclude(state="reported").filter(due_at__lt=tomorrow).order_by("due_at", "pk")
    lines = [_line(pk, title, due_at, at) for pk, title, due_at in urgent.values_list("pk", "title", "due_at")[:MOST]]
    waiting = held.filter(state="reported").count()
    if waiting:
        lines.append(DigestLine(f"{waiting} kết quả chờ xác nhận", f"{reverse('tasks:mine')}?tab=verify"))
    return lines


def _line(pk: int, title: str, due_at: dt.datetime | None, at: dt.datetime) -> DigestLine:
    late = due_at is not None and due_at < day_start(at)
    day = f"{local(due_at):%d/%m/%Y}" if due_at else ""
    words = f"Quá hạn từ {day}: {title}" if late else f"Hết hạn hôm nay: {title}"
    return DigestLine(words, reverse("tasks:show", args=[pk]), late)
