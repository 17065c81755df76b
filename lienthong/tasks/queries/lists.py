"""The list of tasks that an actor may see, with its filters in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from lienthong.organisation.actor import Actor
from lienthong.tasks.classes import Class, day_start
from lienthong.tasks.models import OPEN, Task

MOST_COUNTED = 1000
DOING = ("assigned", "in_progress", "sent_back")
ANY = "any"
PARAMETERS = ("open", "class", "state", "unit", "leader", "programme", "q", "sort")
SORTS = {"due": "Hạn gần nhất", "newest": "Mới giao nhất"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty = everything visible."""

    legal_class: str = ""
    state: str = ""
    unit: str = ""
    leader: str = ""
    programme: str = ""
    open: str = ""
    words: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Read the filters of an address; what is not understood is left out."""
        return cls(
            legal_class=_one_of(query.get("class", ""), {one.value for one in Class}),
            state=_one_of(query.get("state", ""), set(Task.State.values)),
            unit=_number(query.get("unit", "")),
            leader=_number(query.get("leader", "")),
            programme=query["programme"] if query.get("programme") == ANY else _number(query.get("programme", "")),
            open=_one_of(query.get("open", ""), {"1"}),
            words=query.get("q", "").strip()[:100],
            sort=_one_of(query.get("sort", ""), set(SORTS)),
        )

    @property
    def is_set(self) -> bool:
        """Whether the list is narrowed at all; sorting narrows nothing."""
        return replace(self, sort="") != Filters()

    @property
    def by_due(self) -> bool:
        """Whether the nearest deadline comes first: as asked, else where only open work is listed."""
        return self.sort == "due" if self.sort else bool(self.open) or self.legal_class == "overdue"

    def apply(self, tasks: QuerySet[Task], at: dt.datetime) -> QuerySet[Task]:
        """Narrow tasks to the filters."""
        if self.legal_class:
            tasks = tasks.filter(of_class(Class(self.legal_class), at))
        if self.state:
            tasks = tasks.filter(state=self.state)
        if self.open:
            tasks = tasks.filter(state__in=OPEN)
        if self.unit:
            tasks = tasks.filter(lead_unit=int(self.unit))
        if self.leader:
            tasks = tasks.filter(assigner_post=int(self.leader))
        if self.programme == ANY:
            tasks = tasks.filter(programme__isnull=False, parent=None)
        elif self.programme:
            tasks = tasks.filter(programme=int(self.programme), parent=None)
        return tasks.filter(title__icontains=self.words) if self.words else tasks


def visible(actor: Actor, filters: Filters, at: dt.datetime, *, before: int | None = None) -> QuerySet[Task]:
    """Return the tasks that an actor sees, narrowed; those older than ``before`` for a deep page."""
    return filters.apply(Task.objects.visible_to(actor, before=before), at)


def total(tasks: QuerySet[Task]) -> int | str:
    """Return how many there are; nothing beyond a thousand, where counting would walk the whole index."""
    counted = tasks.order_by()[: MOST_COUNTED + 1].count()
    return counted if counted <= MOST_COUNTED else ""


def of_class(one: Class, at: dt.datetime) -> Q:
    """Return the condition under which a task is of a legal class at a moment; the same as ``classes.class_of``."""
    late = Q(due_at__lt=day_start(at)) & (Q(state__in=DOING) | Q(state="reported", is_late=True))
    dated = Q(due_at__isnull=False)
    match one:
        case Class.OVERDUE:
            return late
        case Class.NOT_STARTED:
            return dated & Q(state__in=("assigned", "sent_back"), due_at__gte=day_start(at))
        case Class.IN_TIME:
            return dated & (Q(state="in_progress", due_at__gte=day_start(at)) | Q(state="reported", is_late=False))
        case Class.DONE_ON_TIME:
            return Q(state="done", is_late=False)
        case Class.DONE_LATE:
            return Q(state="done", is_late=True)
        case Class.NO_DEADLINE:
            return Q(due_at=None, state__in=OPEN)
        case _:
            return Q(state=one.value)


def _one_of(value: str, known: set[str]) -> str:
    return value if value in known else ""


def _number(value: str) -> str:
    return value if value.isdigit() and len(value) < 18 else ""
