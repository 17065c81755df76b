"""Telling, reading, clearing, sending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from lienthong.kernel.subjects import Subject
from lienthong.notifications.kinds import kind_of
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
