"""What the home page costs: declared as the benchmark ``inbox``.

The officer measured always has the same open work (two hundred tasks, in two audiences) among more and more tasks of
others, of which three in a hundred are open: what must not matter is how much there is in all. The floor is the same
rows by one bare statement on a bare connection, through a bare template.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection, transaction
from django.template import engines
from django.template.loader import render_to_string
from django.urls import reverse

from lienthong.calendars.models import WorkCalendar
from lienthong.identity.models import User
from lienthong.kernel import clock
from lienthong.kernel.timing import bare_connection, beside, request_of
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, Unit
from lienthong.organisation.queries import actors_of
from lienthong.tasks.models import Task
from lienthong.tasks.queries import inbox
from lienthong.tasks.queries.rows import calendar_for
from lienthong.tasks.views.mine import work

OWN = 200
DIVISIONS, PEOPLE = 40, 10
FOUNDED = dt.date(2010, 1, 1)

_TASKS = """
INSERT INTO tasks_task (
    subject_kind, subject_id, title, content, product, urgency, assigner_post_id, assigner_unit_id, lead_unit_id,
    lead_post_id, holder, verifier, state, deadline_kind, due_at, original_due_at, assigned_at, accepted_at,
    finished_at, verified_at, is_late, percent, changed_at)
SELECT 'task', 1 + n %% 1000, 'Tham mưu văn bản triển khai nhiệm vụ số ' || n || ' theo chỉ đạo của UBND tỉnh',
       '', '', 'normal', %(giver)s, %(agency)s, unit, post, CASE WHEN n %% 2 = 0 THEN -post ELSE unit END, -%(giver)s,
       CASE WHEN open THEN 'in_progress' ELSE 'done' END, 'date', due, due, due - interval '10 days',
       due - interval '9 days', CASE WHEN NOT open THEN due END, CASE WHEN NOT open THEN due END,
       CASE WHEN NOT open THEN false END, CASE WHEN open THEN 40 ELSE 100 END, due - interval '9 days'
  FROM (
    SELECT n, n <= %(own)s OR n %% 33 = 0 AS open,
           %(at)s::timestamptz + ((n::bigint * 7919) %% 60 - 10) * interval '1 day' AS due,
           (%(posts)s::bigint[])[CASE WHEN n <= %(own)s THEN 1 ELSE 2 + n %% (%(people)s - 1) END] AS post,
           (%(units)s::bigint[])[CASE WHEN n <= %(own)s THEN 1 ELSE 2 + n %% (%(divisions)s - 1) END] AS unit
      FROM generate_series(1, %(size)s) AS n
  ) AS made
"""

_FLOOR = """
SELECT t.id, t.title, t.state, t.urgency, t.due_at, u.short_name, o.full_name, a.full_name, t.subject_id
  FROM tasks_task t
  JOIN organisation_unit u ON u.id = t.lead_unit_id
  LEFT JOIN organisation_post p ON p.id = t.lead_post_id LEFT JOIN organisation_officer o ON o.id = p.officer_id
  JOIN organisation_post g ON g.id = t.assigner_post_id JOIN organisation_officer a ON a.id = g.officer_id
 WHERE t.holder = ANY(%s) AND t.state IN ('assigned', 'in_progress', 'sent_back')
 ORDER BY t.due_at, t.id LIMIT 26
"""

_ROWS = """<ol>{% for row in rows %}<li><a href="/tasks/{{ row.0 }}/">{{ row.1 }}</a><p>{{ row.2 }} {{ row.3 }}
{{ row.4|date:"d/m/Y" }}</p><p>{{ row.6|default:row.5 }} {{ row.7 }}</p></li>{% endfor %}</ol>"""


def prepare(size: int) -> None:
    """Make a province of four hundred officers and their tasks, unless it is there: two minutes for a million."""
    if Task.objects.count() >= size:
        return
    call_command("load_calendars", verbosity=0)
    with transaction.atomic():
        posts, units, giver, agency = _people()
        facts: dict[str, Any] = {
            "posts": posts, "units": units, "giver": giver, "agency": agency, "own": OWN, "size": size,
            "people": len(posts), "divisions": len(units), "at": clock.now(),
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE tasks_task RESTART IDENTITY CASCADE")
            cursor.execute(_TASKS, facts)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE tasks_task")


def _people() -> tuple[list[int], list[int], int, int]:
    agency = Unit.objects.create(
        kind="department", name="Sở Đo tốc độ", short_name="Sở ĐTĐ", is_agency=True, valid_from=FOUNDED
    )
    Unit.objects.filter(pk=agency.pk).update(agency=agency)
    units = Unit.objects.bulk_create(
        Unit(kind="division", name=f"Phòng {number}", short_name=f"Phòng {number}", parent=agency, agency=agency,
             valid_from=FOUNDED)
        for number in range(DIVISIONS)
    )  # fmt: skip
    user = User.objects.create(username="inbox")
    count = DIVISIONS * PEOPLE + 1
    officers = Officer.objects.bulk_create(
        Officer(full_name=f"Nguyễn Văn {number}", sort_name=f"{number:05}", user=user if number == 0 else None)
        for number in range(count)
    )
    posts = Post.objects.bulk_create(
        Post(officer=officer, unit=units[index % DIVISIONS], title="Trưởng phòng",
             role="division_head" if index < DIVISIONS else "specialist", valid_from=FOUNDED)
        for index, officer in enumerate(officers[:-1])
    )  # fmt: skip
    giver = Post.objects.create(officer=officers[-1], unit=agency, title="Giám đốc", role="leader", valid_from=FOUNDED)
    return [post.pk for post in posts], [unit.pk for unit in units], giver.pk, agency.pk


def measure(size: int) -> dict[str, object]:
    """Measure my work (queries, rows, fragment) and the whole home page beside the bare rows."""
    assert WorkCalendar.objects.exists()  # noqa: S101 - prepared
    at = clock.now()
    user = User.objects.get(username="inbox")
    actors = actors_of(Officer.objects.get(user=user).pk, on=clock.local_date(at))
    keys = inbox.work_keys(actors)
    template = engines["django"].from_string(_ROWS)
    whole = request_of(user, reverse("tasks:mine"))
    with bare_connection() as bare:
        figures = beside(partial(_answer, actors, at), partial(_floor, bare, template, keys), request=whole)
    return {
        **figures,
        "rows": 25,
        "open_of_officer": inbox.counts(actors, at).tabs["todo"],
        "tasks": size,
    }


def _answer(actors: list[Actor], at: dt.datetime) -> str:
    context = work(actors, {}, calendar=calendar_for(actors[0].post.unit, at), at=at)
    return render_to_string("tasks/mine.html#work", {**context, "csrf_token": "x"})


def _floor(bare: psycopg.Connection[Any], template: Any, keys: list[int]) -> str:
    return str(template.render({"rows": bare.execute(_FLOOR, [keys]).fetchall()}))
