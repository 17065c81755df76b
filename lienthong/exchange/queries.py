"""What lies in the outbox and how each partner is reached, for administrators and the command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from lienthong.exchange import partners
from lienthong.exchange.models import MISSING, Arrival, Link, Message
from lienthong.exchange.partners.contract import Adapter
from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described, Subject, describe
from lienthong.organisation.actor import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """Một đối tác: whether it is connected and reached, and how much waits for it."""

    code: str
    name: str
    address: str
    is_open: bool
    waiting: int = 0
    failed: int = 0
    delivered: int = 0
    link: Link | None = None

    @property
    def is_away(self) -> bool:
        """Whether it could not be reached last."""
        return self.link is not None and self.link.down_since is not None


@dataclass(frozen=True, slots=True)
class Row:
    """A message or an arrival with the title and address of what it is about."""

    it: Message | Arrival
    partner: str
    about: Described | None


def standings() -> list[Standing]:
    """Return every partner with its queue (two queries)."""
    states = Message.State
    counted = Message.objects.values("partner").annotate(
        waiting=Count("pk", filter=Q(state__in=[states.WAITING, states.SENDING])),
        failed=Count("pk", filter=Q(state=states.FAILED)),
        delivered=Count("pk", filter=Q(state=states.DELIVERED)),
    )
    numbers = counted.order_by().values_list("partner", "waiting", "failed", "delivered")
    queues = {partner: (waiting, failed, delivered) for partner, waiting, failed, delivered in numbers}
    links = {link.partner: link for link in Link.objects.all()}
    return [_standing(one, queues.get(one.code, (0, 0, 0)), links.get(one.code)) for one in partners.every()]


def _standing(partner: Adapter, queue: tuple[int, int, int], link: Link | None) -> Standing:
    waiting, failed, delivered = queue
    return Standing(partner.code, partner.name, partner.address, partner.is_open(), waiting, failed, delivered, link)


def messages(
    actor: Actor, *, state: str = "", partner: str = "", before: int | None = None
) -> tuple[list[Row], int | None]:
    """Return a page of messages, newest first, and the key after which the next one goes on."""
    rows = Message.objects.visible_to(actor)
    if state in Message.State.values:
        rows = rows.filter(state=state)
    if partner:
        rows = rows.filter(partner=partner)
    return _page(rows.filter(pk__lt=before) if before else rows)


def arrivals(actor: Actor, *, before: int | None = None) -> tuple[list[Row], int | None]:
    """Return a page of what came, newest first."""
    rows = Arrival.objects.visible_to(actor)
    return _page(rows.filter(pk__lt=before) if before else rows)


def _page(rows: object) -> tuple[list[Row], int | None]:
    found = list(rows.defer("body").order_by("-pk")[: PAGE + 1])  # type: ignore[attr-defined]  # either queryset
    shown = found[:PAGE]
    about = describe({one.subject for one in shown if one.subject is not None})
    lines = [Row(one, partners.name_of(one.partner), about.get(one.subject) if one.subject else None) for one in shown]
    return lines, shown[-1].pk if len(found) > PAGE else None


def counts(actor: Actor) -> dict[str, int]:
    """Return how many messages are in each state."""
    return dict(Message.objects.visible_to(actor).values_list("state").annotate(Count("pk")).order_by())


def lacking() -> int:
    """Return how many messages wait because something is missing in them (one query, by an index)."""
    return Message.objects.failed().filter(code=MISSING).count()


def arrival_of(subject: Subject) -> Arrival | None:
    """Return the arrival that became a subject, if one did."""
    rows = Arrival.objects.taken().filter(subject_kind=subject.kind, subject_id=subject.pk)
    return rows.order_by("pk").first()


def taken_as(partner: str, their_id: str) -> Arrival | None:
    """Return the arrival that was taken in under a partner's number, if one was: the first."""
    return Arrival.objects.taken().filter(partner=partner, their_id=their_id).order_by("pk").first()


def described(keys: Iterable[int]) -> dict[int, Described]:
    """Describe messages by their service."""
    rows = Message.objects.filter(pk__in=list(keys)).values_list("pk", "kind")
    return {pk: Described(kind, address_of("exchange:show", pk)) for pk, kind in rows}


def described_links(keys: Iterable[int]) -> dict[int, Described]:
    """Describe links by their partners."""
    rows = Link.objects.filter(pk__in=list(keys)).values_list("pk", "partner")
    return {pk: Described(partners.name_of(code), reverse("exchange:list")) for pk, code in rows}
