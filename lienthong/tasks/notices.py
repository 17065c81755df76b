"""Whom a step concerns, and what they are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from lienthong.kernel.clock import local, local_date
from lienthong.notifications.operations import tell
from lienthong.organisation.models import Post
from lienthong.organisation.queries import heirs_of
from lienthong.organisation.roles import roles
from lienthong.tasks.models import Task


def posts_of(audiences: Iterable[int], on: dt.date) -> list[int]:
    """Return the posts that work for audiences on a day: the post itself, or those that receive for the unit."""
    keys = heirs_of(audiences, on)
    receiving = [code for code, role in roles().items() if role.receives]
    units = [key for key in keys if key > 0]
    posts = {-key for key in keys if key < 0}
    if units:
        held = Post.objects.in_force(on).filter(unit_id__in=units, role__in=receiving)
        posts.update(held.values_list("pk", flat=True))
    return sorted(posts)


def notify(
    audiences: Iterable[int], task: Task, text: str, *, kind: str, at: dt.datetime, but: int | None = None
) -> None:
    """Tell whoever works for the audiences about a task, except the post ``but`` that did it."""
    posts = [pk for pk in posts_of(audiences, local_date(at)) if pk != but]
    if posts:
        tell(posts, about=task.subject, text=text, at=at, kind=f"task.{kind}")


def when(due_at: dt.datetime | None) -> str:
    """Return ``hạn 22/01/2014``, or that there is none."""
    return f"hạn {local(due_at):%d/%m/%Y}" if due_at else "không có thời hạn"
