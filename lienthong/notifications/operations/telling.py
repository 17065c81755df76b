"""Telling people, and taking it back when the matter is settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from lienthong.kernel.subjects import Subject
from lienthong.notifications.kinds import kind_of
from lienthong.notifications.models import Notice
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post

_TELL = """
WITH told AS (
    INSERT INTO notifications_notice (post_id, subject_kind, subject_id, kind, text, urgent, created_at)
    SELECT DISTINCT unnest(%(posts)s::bigint[]), %(subject_kind)s, %(subject_id)s::bigint, %(kind)s, %(text)s,
           %(urgent)s, %(at)s::timestamptz
    RETURNING id, post_id
), people AS (
    SELECT told.id, o.id AS officer_id, o.email, o.phone,
           (%(by_email)s OR %(kind)s = ANY(COALESCE(p.email_on, '{}')))
               AND NOT %(kind)s = ANY(COALESCE(p.email_off, '{}')) AS wants_email,
           %(by_sms)s AND COALESCE(p.sms, TRUE) AS wants_sms
      FROM told JOIN organisation_post post ON post.id = told.post_id
      JOIN organisation_officer o ON o.id = post.officer_id
      LEFT JOIN notifications_preference p ON p.officer_id = o.id
), sent AS (
    SELECT id, officer_id, 'email' AS channel, email AS address FROM people WHERE wants_email AND email <> ''
     UNION ALL
    SELECT id, officer_id, 'sms', phone FROM people WHERE wants_sms AND phone <> ''
)
INSERT INTO notifications_delivery (notice_id, officer_id, channel, address, heading, text, html, message_id, state,
                                    urgent, created_at, not_before, attempts, error)
SELECT id, officer_id, channel, address, left(%(text)s, 200), %(text)s, '', 'notice-' || id || '-' || channel,
       'waiting', %(urgent)s, %(at)s, %(not_before)s, 0, ''
  FROM sent
"""


def tell(
    posts: Iterable[Post | int],
    *,
    about: Subject,
    text: str,
    at: dt.datetime,
    kind: str,
    urgent: bool = False,
    not_before: dt.datetime | None = None,
) -> None:
    """Tell whoever holds the posts one sentence about a subject, in the caller's transaction and in one statement.

    Officers who want e-mail of this kind get one; it leaves after the transaction, not before ``not_before``, and
    outside working hours only when the notice is urgent.
    """
    keys = sorted({post if isinstance(post, int) else post.pk for post in posts})
    if not keys:
        return
    means = kind_of(kind)
    with connection.cursor() as cursor:
        cursor.execute(
            _TELL,
            {
                "posts": keys,
                "subject_kind": about.kind,
                "subject_id": about.pk,
                "kind": kind,
                "text": _one_sentence(text),
                "urgent": urgent or means.urgent,
                "by_email": means.by_email,
                "by_sms": means.by_sms,
                "at": at,
                "not_before": max(at, not_before or at),
            },
        )


def _one_sentence(text: str) -> str:
    text = " ".join(text.replace("\x00", "").split())
    return text if len(text) <= 500 else f"{text[:499]}…"


_CLEAR = """
WITH settled AS (
    UPDATE notifications_notice SET cleared_at = %(at)s
     WHERE subject_kind = %(subject_kind)s AND subject_id = %(subject_id)s AND cleared_at IS NULL
       AND (%(kinds)s::text[] IS NULL OR kind = ANY (%(kinds)s::text[]))
       AND (%(posts)s::bigint[] IS NULL OR post_id = ANY (%(posts)s::bigint[]))
    RETURNING id
)
UPDATE notifications_delivery SET state = 'cancelled' FROM settled
 WHERE notice_id = settled.id AND state = 'waiting'
"""


def clear(
    about: Subject,
    kinds: Iterable[str] | None = None,
    *,
    at: dt.datetime,
    posts: Iterable[Post | int] | None = None,
) -> None:
    """Take away the notices about a settled matter, and do not send what has not left yet; one statement.

    ``kinds`` and ``posts`` narrow it: when work passes to another, only the former holder's notices go.
    """
    keys = None if posts is None else [post if isinstance(post, int) else post.pk for post in posts]
    with connection.cursor() as cursor:
        cursor.execute(
            _CLEAR,
            {
                "subject_kind": about.kind,
                "subject_id": about.pk,
                "kinds": None if kinds is None else list(kinds),
                "posts": keys,
                "at": at,
            },
        )


_CLEAR_MANY = _CLEAR.replace("subject_id = %(subject_id)s", "subject_id = ANY (%(subject_ids)s::bigint[])")


def clear_many(kind: str, pks: Iterable[int], *, at: dt.datetime, posts: Iterable[Post | int]) -> None:
    """Take away what posts were told about many subjects of one kind, now in other hands; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CLEAR_MANY,
            {
                "subject_kind": kind,
                "subject_ids": sorted(pks),
                "kinds": None,
                "posts": [post if isinstance(post, int) else post.pk for post in posts],
                "at": at,
            },
        )


def mark_read(actor: Actor, *, at: dt.datetime, notice: int | None = None, about: Subject | None = None) -> int:
    """Mark one notice, or those about one subject, as read by the holder of the post; return how many were unread."""
    unread = Notice.objects.visible_to(actor).filter(read_at=None)
    if notice is not None:
        unread = unread.filter(pk=notice)
    if about is not None:
        unread = unread.about(about)
    return unread.update(read_at=at)


def mark_all_read(actor: Actor, *, at: dt.datetime, until: int) -> int:
    """Mark as read every standing notice up to the one that was shown first; later ones stay new."""
    return Notice.objects.visible_to(actor).unread().filter(pk__lte=until).update(read_at=at)
