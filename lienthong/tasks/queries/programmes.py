"""Programmes: the list, and one with its tasks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from lienthong.organisation.actor import Actor
from lienthong.tasks.classes import Class
from lienthong.tasks.models import Participant, Programme, Report, Task
from lienthong.tasks.queries.lists import of_class


def listed(actor: Actor, at: dt.datetime) -> QuerySet[Programme, Any]:
    """Return the programmes that an actor sees, newest first, with what is done and late of what they see in each."""
    mine = Q(tasks__parent=None, tasks__readers__audience__in=actor.audiences)
    late = Q(tasks__in=Task.objects.filter(of_class(Class.OVERDUE, at)))
    return (
        Programme.objects.visible_to(actor)
        .select_related("issuer", "owner__officer")
        .annotate(
            total=Count("tasks", filter=mine, distinct=True),
            done=Count("tasks", filter=mine & Q(tasks__state="done"), distinct=True),
            late=Count("tasks", filter=mine & late, distinct=True),
        )
        .order_by("-year", "-pk")
    )


def tasks_of(programme: Programme, actor: Actor) -> list[Task]:
    """Return the numbered tasks that an actor sees, with who takes part and what was reported, in three queries."""
    return list(
        Task.objects.visible_to(actor)
        .filter(programme=programme, parent=None)
        .select_related("lead_unit", "lead_post__officer")
        .prefetch_related(
            Prefetch("participants", Participant.objects.select_related("unit").order_by("pk")),
            Prefetch("reports", Report.objects.order_by("pk")),
        )
        .order_by("number", "pk")
    )
