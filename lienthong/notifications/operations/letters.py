"""Writing to people who are no officers: a message to an address, in the caller's transaction, once by its identity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from procrastinate.contrib.django import app as jobs

from lienthong.kernel.subjects import Subject
from lienthong.notifications.models import ContactWish, Delivery

PHONE = "phone"
"""A channel that is none yet: the telephone by the way its owner wishes, SMS where they said nothing."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Thư, tin nhắn cho người dân: what is said to one address, by which channel, and of what it speaks.

    ``channel`` is "email", "sms", "zalo", or "phone" (as the owner of the number wishes). ``message_id`` is its
    identity: the same again is not written. An ``urgent`` one leaves within seconds, at any hour; a ``secret`` one
    (a one-time code) is sent whatever its owner wishes, and its text is wiped afterwards.
    """

    channel: str
    address: str
    heading: str
    text: str
    subject: Subject
    message_id: str
    urgent: bool = False
    secret: bool = False
    not_before: dt.datetime | None = None


_WRITE = """
INSERT INTO notifications_delivery (subject_kind, subject_id, channel, address, heading, text, html, message_id, state,
                                    urgent, is_secret, created_at, not_before, attempts, error)
SELECT given.kind, given.pk, CASE WHEN given.channel = 'phone' THEN COALESCE(NULLIF(wish.way, 'none'), 'sms')
                                  ELSE given.channel END,
       given.address, given.heading, given.text, '', given.message_id, 'waiting', given.urgent, given.secret,
       %(at)s, given.not_before, 0, ''
  FROM unnest(%(kinds)s::text[], %(pks)s::bigint[], %(channels)s::text[], %(addresses)s::text[], %(headings)s::text[],
              %(texts)s::text[], %(ids)s::text[], %(urgent)s::boolean[], %(secret)s::boolean[],
              %(not_before)s::timestamptz[]) WITH ORDINALITY
    AS given (kind, pk, channel, address, heading, text, message_id, urgent, secret, not_before, place)
  LEFT JOIN notifications_contactwish AS wish ON wish.address = given.address
 WHERE given.secret OR wish.way IS DISTINCT FROM 'none'
 ORDER BY given.place
ON CONFLICT (message_id) DO NOTHING
RETURNING id, urgent
"""


@transaction.atomic(savepoint=False)
def write_all(letters: Sequence[Letter], *, at: dt.datetime) -> int:
    """Write letters into the outbox, one statement for all; return how many are new.

    Those without an address, to an address whose owner wants none, or written before, are left out. An urgent one is
    sent at once (a job for each); the others within a minute, in decent hours (``data/notice_hours.toml``).
    """
    known = [one for one in letters if one.address]
    if not known:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, _columns(known, at))
        written = cursor.fetchall()
    for pk, urgent in written:
        if urgent:
            jobs.configure_task("lienthong.notifications.jobs.deliver_now").defer(delivery_id=pk)
    return len(written)


def write_to(
    channel: str,
    address: str,
    *,
    heading: str,
    text: str,
    subject: Subject,
    message_id: str,
    at: dt.datetime,
    urgent: bool = False,
    secret: bool = False,
    not_before: dt.datetime | None = None,
) -> bool:
    """Write one letter to one address; tell whether it is new. See ``Letter``."""
    letter = Letter(channel, address, heading, text, subject, message_id, urgent, secret, not_before)
    return bool(write_all([letter], at=at))


def recall(subject: Subject, beginning: str) -> int:
    """Take back what has not left yet of a matter that is no longer so, by how its message ids begin."""
    waiting = Delivery.objects.filter(subject_kind=subject.kind, subject_id=subject.pk, state=Delivery.State.WAITING)
    return waiting.filter(message_id__startswith=beginning).update(state=Delivery.State.CANCELLED)


def note_left(*, before: dt.datetime) -> int:
    """Note that the letters to people written before a moment have left then: of a past that is played, not lived."""
    waiting = Delivery.objects.filter(officer=None, state=Delivery.State.WAITING, created_at__lt=before)
    return waiting.update(state=Delivery.State.SENT, sent_at=F("created_at"), attempts=1)


def wish(address: str, way: str, *, at: dt.datetime) -> ContactWish:
    """Keep by which way an address wants to be told; the caller has proved that it is theirs."""
    row, _ = ContactWish.objects.update_or_create(
        address=address, defaults={"way": ContactWish.Way(way), "changed_at": at}
    )
    return row


def _columns(letters: Sequence[Letter], at: dt.datetime) -> dict[str, Any]:
    return {
        "at": at,
        "kinds": [one.subject.kind for one in letters],
        "pks": [one.subject.pk for one in letters],
        "channels": [one.channel for one in letters],
        "addresses": [one.address for one in letters],
        "headings": [" ".join(one.heading.replace("\x00", "").split())[:200] for one in letters],
        "texts": [one.text.replace("\x00", "") for one in letters],
        "ids": [one.message_id for one in letters],
        "urgent": [one.urgent for one in letters],
        "secret": [one.secret for one in letters],
        "not_before": [max(at, one.not_before or at) for one in letters],
    }
