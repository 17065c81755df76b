"""What the officer's strip, the screen and the person with a number see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Described, describe
from lienthong.organisation.actor import Actor
from lienthong.queueing.models import Device, ServiceGroup, ServicePoint, Ticket
from lienthong.queueing.models.hall import SERVE

LAST_CALLED = 6
FRESH = dt.timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Strip:
    """What stands above an officer's work: their counter, who is there and what came of it, how many wait for them."""

    point: ServicePoint | None
    ticket: Ticket | None
    waiting: int
    day: dt.date
    about: Described | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A line of the screen: which number goes to which counter, and whether it has only just been called."""

    code: str
    point: int
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in the queue: how many go before them, and about how many minutes that takes."""

    before: int
    minutes: int


def strip(actor: Actor, at: dt.datetime) -> Strip:
    """Return the officer's strip. Five queries at most."""
    point = seat_of(actor)
    day = local_date(at)
    if point is None:
        return Strip(None, None, 0, day)
    here = Ticket.objects.filter(point=point, state__in=Ticket.AT_COUNTER).select_related("group").first()
    subject = here.subject if here else None
    about = describe([subject]).get(subject) if subject else None
    return Strip(point, here, waiting_for(point, day), day, about)


def strip_here(actor: Actor, at: dt.datetime) -> Strip | None:
    """Return the strip for another page of an officer who sits at a counter. At most five queries, none without right.

    None for everybody else.
    """
    found = strip(actor, at) if actor.can(SERVE) else None
    return found if found and found.point else None


def seat_of(actor: Actor) -> ServicePoint | None:
    """Return the counter at which the officer sits."""
    rows = ServicePoint.objects.visible_to(actor).select_related("unit").prefetch_related("groups")
    return rows.filter(post=actor.post).first()


def current_ticket(actor: Actor) -> Ticket | None:
    """Return who is at the officer's counter now: what a page that receives a case asks. One query."""
    rows = Ticket.objects.visible_to(actor).filter(point__post=actor.post, state__in=Ticket.AT_COUNTER)
    return rows.select_related("group", "appointment").first()


def waiting_for(point: ServicePoint, day: dt.date) -> int:
    """Return how many wait for a counter."""
    groups = [one.pk for one in point.groups.all()]
    for_me = Q(for_point=point) | (Q(for_point=None, group__in=groups) if groups else Q(for_point=None))
    return Ticket.objects.of_day(point.unit_id, day).waiting().filter(for_me).count()


def called(unit_pk: int, at: dt.datetime) -> list[Called]:
    """Return the last numbers that were called in a hall, the newest first. One query."""
    rows = Ticket.objects.of_day(unit_pk, local_date(at)).filter(called_at__isnull=False, point__isnull=False)
    rows = rows.exclude(state=Ticket.State.SKIPPED).select_related("point").order_by("-called_at", "-pk")
    return [
        Called(
            one.code,
            one.point.number if one.point else 0,
            one.state == Ticket.State.CALLED and one.called_at is not None and at - one.called_at < FRESH,
        )
        for one in rows[:LAST_CALLED]
    ]


def waiting_by_group(unit_pk: int, day: dt.date) -> list[ServiceGroup]:
    """Return the groups for which numbers are given, each with ``waits``. One query."""
    waits = Count("tickets", filter=Q(tickets__day=day, tickets__state=Ticket.State.WAITING))
    rows = ServiceGroup.objects.filter(unit_id=unit_pk).in_use()
    return list(rows.annotate(waits=waits).order_by("order", "pk"))


def place_of(ticket: Ticket) -> Place:
    """Return how many of the same group go before somebody, and a guess of the minutes. Two queries."""
    if ticket.state != Ticket.State.WAITING:
        return Place(0, 0)
    same = Ticket.objects.of_day(ticket.unit_id, ticket.day).waiting().filter(group_id=ticket.group_id)
    sooner = Q(queued_at__lt=ticket.queued_at) | Q(queued_at=ticket.queued_at, pk__lt=ticket.pk)
    before = same.filter(Q(priority__gt=ticket.priority) | (Q(priority=ticket.priority) & sooner)).count()
    staffed = ServicePoint.objects.filter(unit_id=ticket.unit_id, is_open=True, post__isnull=False)
    counters = staffed.filter(Q(groups=ticket.group_id) | Q(groups=None)).distinct().count()
    return Place(before, -(-before * ticket.group.minutes // max(1, counters)))


def by_token(token: UUID) -> Ticket | None:
    """Return the ticket whose secret address somebody holds."""
    return Ticket.objects.select_related("group", "unit", "point", "appointment").filter(token=token).first()


def device_by(token: UUID, kind: str) -> Device | None:
    """Return the machine at a secret address, unless it was shut off."""
    return Device.objects.working().select_related("unit").filter(token=token, kind=kind).first()
