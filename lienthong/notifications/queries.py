"""What there is to tell an actor, and what is on its way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse

from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Described, Subject, describe
from lienthong.notifications.models import Delivery, Notice, Preference, SandboxMessage
from lienthong.organisation.actor import Actor

COUNTED = 100
PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A notice with the title of what it is about; ``is_dead`` when that is gone."""

    notice: Notice
    title: str
    is_dead: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Notices of one stretch of time."""

    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A page of notices in groups; ``older`` is the key after which the next page goes on."""

    groups: list[Group]
    newest: int
    older: int | None


def unread(actor: Actor) -> QuerySet[Notice]:
    """Return the standing notices that the actor has not read, up to ``COUNTED``: one walk of a partial index."""
    return Notice.objects.visible_to(actor).unread()[:COUNTED]


def unread_count(actor: Actor) -> int:
    """Return how many standing notices the actor has not read, up to ``COUNTED``."""
    return unread(actor).count()


def notices(actor: Actor, *, at: dt.datetime, before: int | None = None, only_unread: bool = False) -> NoticePage:
    """Return the standing notices of the actor's post, newest first, grouped by day."""
    standing = Notice.objects.visible_to(actor).standing()
    if only_unread:
        standing = standing.unread()
    if before is not None:
        standing = standing.filter(pk__lt=before)
    rows = list(standing.order_by("-pk")[: PAGE + 1])
    shown = rows[:PAGE]
    described = describe({notice.subject for notice in shown})
    groups: list[Group] = []
    today = local_date(at)
    for notice in shown:
        title = _stretch(local_date(notice.created_at), today)
        if not groups or groups[-1].title != title:
            groups.append(Group(title, []))
        about = described.get(notice.subject)
        groups[-1].lines.append(Line(notice, about.title if about else "", is_dead=about is None))
    return NoticePage(groups, shown[0].pk if shown else 0, shown[-1].pk if len(rows) > PAGE else None)


def _stretch(day: dt.date, today: dt.date) -> str:
    ago = (today - day).days
    if ago <= 0:
        return "Hôm nay"
    if ago == 1:
        return "Hôm qua"
    return "Bảy ngày qua" if ago < 7 else "Cũ hơn"


def preference_of(actor: Actor) -> Preference | None:
    """Return what the officer chose; None when they never chose."""
    return Preference.objects.filter(officer=actor.officer).first()


def outbox(actor: Actor, *, state: str = "", before: int | None = None) -> tuple[list[Delivery], int | None]:
    """Return the newest deliveries of a state (none: of any), and the key after which the next page goes on."""
    deliveries = Delivery.objects.visible_to(actor)
    if state:
        deliveries = deliveries.filter(state=state)
    if before is not None:
        deliveries = deliveries.filter(pk__lt=before)
    rows = list(deliveries.select_related("officer").order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def letters_about(subject: Subject, *, limit: int = 30) -> list[Delivery]:
    """Return what was written to people outside about a subject, newest first; the caller may see the subject."""
    rows = Delivery.objects.filter(subject_kind=subject.kind, subject_id=subject.pk, is_secret=False)
    return list(rows.defer("text", "html").order_by("-pk")[:limit])


def sandbox(actor: Actor, *, before: int | None = None) -> tuple[list[SandboxMessage], int | None]:
    """Return the newest messages of the demo's gateway, and the key after which the next page goes on."""
    rows = SandboxMessage.objects.visible_to(actor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def outbox_counts(actor: Actor) -> dict[str, int]:
    """Return how many deliveries are in each state."""
    counted = Delivery.objects.visible_to(actor).values_list("state").annotate(Count("pk"))
    return dict(counted.order_by())


def described(keys: Iterable[int]) -> dict[int, Described]:
    """Describe deliveries by their headings."""
    rows = Delivery.objects.filter(pk__in=list(keys)).values_list("pk", "heading")
    return {pk: Described(heading, reverse("notifications:outbox")) for pk, heading in rows}
