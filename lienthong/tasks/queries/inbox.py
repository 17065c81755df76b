"""My work: what an officer must do, in every post in which they act today, by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from lienthong.calendars.clock import Calendar
from lienthong.kernel.clock import at_local, local_date
from lienthong.organisation.actor import Actor
from lienthong.tasks.classes import day_start
from lienthong.tasks.models import Extension, Participant, Task
from lienthong.tasks.queries.rows import Page, page_by_due

TODO = ("assigned", "in_progress", "sent_back")
GROUPS = {"overdue": "Quá hạn", "today": "Hôm nay", "week": "Tuần này", "later": "Sau đó"}
TABS = {
    "todo": "Cần làm",
    "new": "Mới đến",
    "verify": "Chờ tôi xác nhận",
    "extension": "Chờ tôi gia hạn",
    "co": "Phối hợp",
    "waiting": "Chờ người khác",
}


COUNTED = ("overdue", "today", "week", "later", "todo", "new", "verify", "waiting", "co", "extension")
COUNTS = """
SELECT count(*) FILTER (WHERE todo AND due_at < late_from),
       count(*) FILTER (WHERE todo AND due_at >= late_from AND due_at < %(tomorrow)s),
       count(*) FILTER (WHERE todo AND due_at >= %(tomorrow)s AND due_at < %(monday)s),
       count(*) FILTER (WHERE todo AND (due_at >= %(monday)s OR due_at IS NULL)),
       count(*) FILTER (WHERE todo),
       count(*) FILTER (WHERE held AND state = 'assigned'),
       count(*) FILTER (WHERE held AND state = 'reported'),
       count(*) FILTER (WHERE given AND NOT held),
       (SELECT count(DISTINCT asked.task_id) FROM tasks_participant asked JOIN tasks_task task
                  ON task.id = asked.task_id
         WHERE asked.audience = ANY(%(keys)s) AND asked.role = 'co_worker' AND asked.done_at IS NULL
           AND task.state IN ('assigned', 'in_progress', 'reported', 'sent_back')),
       (SELECT count(*) FROM tasks_extension asked JOIN tasks_task task ON task.id = asked.task_id
         WHERE asked.decision = 'pending' AND task.assigner_post_id = ANY(%(posts)s)
           AND task.state IN ('assigned', 'in_progress', 'reported', 'sent_back')),
       max(changed_at)
  FROM (SELECT state, due_at, changed_at, held, given, held AND state <> 'reported' AS todo, late_from
          FROM (SELECT state, due_at, changed_at, holder = ANY(%(keys)s) AS held,
                       assigner_post_id = ANY(%(posts)s) AND NOT is_routed AS given,
                       CASE WHEN is_routed THEN %(now)s ELSE %(today)s END AS late_from
                  FROM tasks_task
                 WHERE state IN ('assigned', 'in_progress', 'reported', 'sent_back')
                   AND (holder = ANY(%(keys)s) OR assigner_post_id = ANY(%(posts)s))) AS mine) AS work
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of each there is; ``token`` changes when anything of it does."""

    groups: dict[str, int]
    tabs: dict[str, int]
    token: str


def conditions(at: dt.datetime) -> dict[str, Q]:
    """Return what makes a task overdue, for today, this week or later: the lists and the counts ask the same."""
    tomorrow = day_start(at) + dt.timedelta(days=1)
    monday = next_monday(at)
    return {
        "overdue": is_over(at),
        "today": Q(due_at__lt=tomorrow) & ~is_over(at),
        "week": Q(due_at__gte=tomorrow, due_at__lt=monday),
        "later": Q(due_at__gte=monday) | Q(due_at=None),
    }


def is_over(at: dt.datetime) -> Q:
    """Return what makes a deadline missed: the due day is over; for a step of a procedure, the due minute."""
    return Q(due_at__lt=at) & (Q(due_at__lt=day_start(at)) | Q(is_routed=True))


def next_monday(at: dt.datetime) -> dt.datetime:
    """Return the midnight with which the week after that of ``at`` begins."""
    day = local_date(at)
    return at_local(day + dt.timedelta(days=7 - day.weekday()), dt.time())


def work_keys(actors: Sequence[Actor]) -> list[int]:
    """Return every audience whose work is done by one of the actors."""
    return sorted({key for actor in actors for key in actor.work_audiences})


def tab(actors: Sequence[Actor], name: str) -> QuerySet[Task]:
    """Return the tasks of one tab."""
    held = Task.objects.open().held_by(work_keys(actors))
    if name == "verify":
        return held.filter(state="reported")
    if name == "new":
        return held.filter(state="assigned")
    if name == "co":
        return _asked(actors)
    if name == "waiting":
        return _given(actors).exclude(holder__in=work_keys(actors))
    if name == "extension":
        return _given(actors).filter(Exists(Extension.objects.filter(task=OuterRef("pk"), decision="pending")))
    return held.filter(state__in=TODO)


def _given(actors: Sequence[Actor]) -> QuerySet[Task]:
    posts = frozenset[int]().union(*(actor.posts for actor in actors))
    return Task.objects.open().filter(assigner_post__in=posts, is_routed=False)


def _asked(actors: Sequence[Actor]) -> QuerySet[Task]:
    mine = Participant.objects.filter(
        task=OuterRef("pk"), audience__in=work_keys(actors), role=Participant.Role.CO_WORKER, done_at=None
    )
    return Task.objects.open().filter(Exists(mine))


def counts(actors: Sequence[Actor], at: dt.datetime) -> Counts:
    """Count every tab and group in one statement; a test holds it to the lists."""
    today = day_start(at)
    facts: dict[str, Any] = {
        "keys": work_keys(actors),
        "posts": sorted(frozenset[int]().union(*(actor.posts for actor in actors))),
        "now": at,
        "today": today,
        "tomorrow": today + dt.timedelta(days=1),
        "monday": next_monday(at),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, facts)
        *counted, newest = cursor.fetchone()
    found = dict(zip(COUNTED, counted, strict=True))
    parts = [local_date(at).isoformat(), *counted, newest.timestamp() if newest else 0]
    return Counts(
        {name: found[name] for name in GROUPS},
        {name: found[name] for name in TABS},
        "-".join(str(part) for part in parts),
    )


def open_tasks(actors: Sequence[Actor]) -> QuerySet[Task]:
    """Return what is counted beside the menu entry: what the officer must do in all their posts, as the page does."""
    return tab(actors, "todo")


def page(actors: Sequence[Actor], *, name: str, group: str, after: str, calendar: Calendar, at: dt.datetime) -> Page:
    """Return a page of one tab, perhaps of one group of it, with the group of each row and whose work it is."""
    limits = conditions(at)
    tasks = tab(actors, name)
    found = page_by_due(
        tasks.filter(limits[group]) if group in limits else tasks, after=after, calendar=calendar, at=at
    )
    absent = _absent(actors)
    today = day_start(at)
    for row in found.rows:
        row.group = group_of(row.due_at, at if row.is_routed else today, local_date(at))
        row.whose = absent.get(row.holder, "")
    return found


def _absent(actors: Sequence[Actor]) -> dict[int, str]:
    """Return for each audience served only as a substitute whose it is."""
    own = {key for actor in actors if not actor.is_substitute for key in actor.work_audiences}
    return {
        key: actor.post.officer.full_name
        for actor in actors
        if actor.is_substitute
        for key in actor.work_audiences
        if key not in own
    }


def group_of(due_at: dt.datetime | None, late_from: dt.datetime, day: dt.date) -> str:
    """Return under which heading a deadline stands: overdue (before ``late_from``), today, this week, later."""
    if due_at is None:
        return GROUPS["later"]
    if due_at < late_from:
        return GROUPS["overdue"]
    ahead = (local_date(due_at) - day).days
    if ahead == 0:
        return GROUPS["today"]
    return GROUPS["week"] if ahead < 7 - day.weekday() else GROUPS["later"]
