"""Cases that lie where nobody takes work any more: the desk closed, the unit ended and nobody took over."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from lienthong.cases.models import Case
from lienthong.cases.queries.desks import open_desks
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.roles import roles
from lienthong.tasks.notices import posts_of

RELATED = ("procedure", "holder_unit__agency", "holder_unit__parent", "competent_agency")


def stranded_units(on: dt.date) -> list[int]:
    """Return the units that hold cases while nobody, nor any heir, takes work for them (one query, a few for each)."""
    held = Case.objects.filter(holder_unit=OuterRef("pk"), holder__gt=0)
    deserted = Unit.objects.filter(Exists(held)).exclude(Exists(_receiving(on).filter(unit=OuterRef("pk"))))
    gone = Unit.objects.filter(Exists(held), valid_to__lte=on)
    units = (deserted | gone).distinct().order_by("pk")
    return [unit.pk for unit in units if not _is_served(unit, on)]


def _is_served(unit: Unit, on: dt.date) -> bool:
    """Tell whether somebody takes work for a unit or its heirs; for a desk, somebody at a desk."""
    posts = posts_of([unit.audience], on)
    if unit.kind != Unit.Kind.ONE_STOP:
        return bool(posts)
    at_desks = [code for code, role in roles().items() if "cases.receive" in role.rights]
    return Post.objects.filter(pk__in=posts, role__in=at_desks).exists()


def _receiving(on: dt.date) -> QuerySet[Post]:
    return Post.objects.in_force(on).filter(role__in=[code for code, role in roles().items() if role.receives])


def stranded_cases(actor: Actor, on: dt.date) -> QuerySet[Case]:
    """Return the stranded cases that the actor must pass on, the oldest first: all for an administrator, else those
    below the actor's agency. Whose they are is not for the list to say.
    """
    rows = Case.objects.filter(holder_unit__in=stranded_units(on), holder__gt=0)
    if not actor.can("organisation.administer"):
        mine = actor.post.unit.agency_id if actor.can("cases.rehouse") else None
        above = (f"holder_unit__{path}" for path in ("agency", "parent", "agency__parent", "parent__parent"))
        rows = rows.filter(reduce(or_, (Q(**{name: mine}) for name in above))) if mine else rows.none()
    return rows.select_related(*RELATED).defer("values").order_by("submitted_at", "pk")


def units_for(case: Case, on: dt.date) -> QuerySet[Unit]:
    """Return who may take a stranded case: an open desk while it is not received or lies at a desk, else an agency."""
    if case.received_at is None or (case.holder_unit and case.holder_unit.kind == Unit.Kind.ONE_STOP):
        return open_desks(on).select_related("parent").order_by("order", "name")
    staffed = Exists(_receiving(on).filter(unit=OuterRef("pk")))
    rows = Unit.objects.existing(on).filter(staffed, is_external=False).exclude(kind=Unit.Kind.ONE_STOP)
    return rows.order_by("order", "name")
