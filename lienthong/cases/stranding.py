"""Telling those above that cases lie where nobody works any more: each place once while it lasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from lienthong.cases.models import Case
from lienthong.cases.queries.stranded import stranded_units
from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Described, Subject, SubjectKind
from lienthong.kernel.subjects import declare as declare_kind
from lienthong.notifications import kinds
from lienthong.notifications.models import Notice
from lienthong.notifications.operations import clear, tell
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.roles import roles
from lienthong.tasks.notices import posts_of

KIND = "case.stranded"
PLACE = "stranded_place"
RIGHT = "cases.rehouse"


def declare() -> None:
    """Declare the notice and the place of which it speaks."""
    kinds.declare(KIND, "Hồ sơ nằm ở nơi không còn người nhận", by_email=True)
    declare_kind(SubjectKind(PLACE, "Nơi không còn người nhận hồ sơ", _describe, _is_visible))


def _describe(pks: Iterable[int]) -> dict[int, Described]:
    return {unit.pk: Described(unit.name, reverse("cases:stranded")) for unit in Unit.objects.filter(pk__in=pks)}


def _is_visible(actor: Actor, _pk: int) -> bool:
    return actor.can(RIGHT)


def tell_stranded(*, at: dt.datetime) -> int:
    """Tell administrators and those above of each place with stranded cases; take back what is settled.

    Returns of how many places was told.
    """
    day = local_date(at)
    deserted = set(stranded_units(day))
    known = set(
        Notice.objects.filter(subject_kind=PLACE, kind=KIND, cleared_at=None).values_list("subject_id", flat=True)
    )
    for pk in known - deserted:
        clear(Subject(PLACE, pk), [KIND], at=at)
    fresh = Unit.objects.filter(pk__in=deserted - known).select_related("parent", "agency__parent")
    return sum(_tell(unit, day, at) for unit in fresh.order_by("pk"))


def _tell(unit: Unit, day: dt.date, at: dt.datetime) -> int:
    count = Case.objects.filter(holder_unit=unit, holder__gt=0).count()
    text = f"{unit.short_name} không còn ai nhận việc, {count} hồ sơ đang nằm đó: hãy chuyển tới nơi khác"
    agency = unit.agency
    above = {one.audience for one in (unit.parent, agency, agency.parent if agency else None) if one is not None}
    tell({*_administrators(day), *posts_of(above, day)}, about=Subject(PLACE, unit.pk), text=text, at=at, kind=KIND)
    return 1


def _administrators(day: dt.date) -> Iterable[int]:
    keepers = [code for code, role in roles().items() if "organisation.administer" in role.rights]
    return Post.objects.in_force(day).filter(role__in=keepers).values_list("pk", flat=True)
