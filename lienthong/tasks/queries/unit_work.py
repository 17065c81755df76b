"""The open work of a unit by person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lienthong.calendars.clock import Calendar
from lienthong.organisation.actor import Actor
from lienthong.tasks.classes import day_start
from lienthong.tasks.models import Task
from lienthong.tasks.queries.rows import Row, dress, rows_of

MOST = 300


@dataclass(frozen=True, slots=True)
class Person:
    """One person, or the unit itself for what nobody in it has yet, with the open work."""

    name: str
    rows: list[Row]
    late: int


def by_person(actor: Actor, *, calendar: Calendar, at: dt.datetime) -> list[Person]:
    """Return the open work of the actor's unit and its parts, whoever has most of it late first."""
    tasks = Task.objects.visible_to(actor).open().filter(lead_unit__in=_parts(actor)).order_by("due_at", "pk")
    rows = rows_of(tasks[:MOST])
    dress(rows, calendar, at)
    names: dict[str, list[Row]] = {}
    for row in rows:
        names.setdefault(row.person or f"{row.unit} (chưa giao người)", []).append(row)
    today = day_start(at)
    people = [
        Person(
            name, held, sum(row.due_at is not None and row.due_at < today and row.state != "reported" for row in held)
        )
        for name, held in names.items()
    ]
    return sorted(people, key=lambda person: (-person.late, -len(person.rows), person.name))


def _parts(actor: Actor) -> list[int]:
    unit = actor.post.unit
    own = [unit.pk, *unit.children.values_list("pk", flat=True)]
    return own if not unit.is_agency else [*own, *unit.parts.values_list("pk", flat=True)]
