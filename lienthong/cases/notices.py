"""Whom a step of a case concerns, and what they are told."""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case, Consultation
from lienthong.kernel.clock import local_date
from lienthong.notifications.operations import tell
from lienthong.organisation.models import Post
from lienthong.tasks.notices import posts_of

ANSWERED = "case.answered"
TALKED = "case.talked"


def talked(case: Case, *, at: dt.datetime) -> None:
    """Tell the desk that received a case and whoever holds it that the applicant wrote."""
    posts = posts_of(filter(None, [case.receiving_unit.audience, case.holder]), local_date(at))
    text = f"{case.code}: người nộp nhắn tin, hãy xem và trả lời"
    tell(posts, about=case.subject, text=text, at=at, kind=TALKED)


def answered(case: Case, row: Consultation, *, left: int, at: dt.datetime) -> None:
    """Tell who holds the case (or asked) that a unit answered, and how many are still waited for."""
    to: Post = case.holder_post or row.asked_by
    rest = f", còn {left} nơi chưa trả lời" if left else ", đã đủ ý kiến"
    words = "thống nhất" if row.agrees else "không thống nhất" if row.agrees is False else "trả lời"
    text = f"{row.unit.short_name} {words}: {case.code}{rest}"
    tell([to], about=case.subject, text=text, at=at, kind=ANSWERED)
