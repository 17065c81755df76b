"""Whom a step of a case concerns, and what they are told."""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case, Complaint, Consultation
from lienthong.kernel.clock import local_date
from lienthong.notifications.operations import tell
from lienthong.organisation.models import Post
from lienthong.tasks.notices import posts_of
from lienthong.ui.formats import moment

ANSWERED = "case.answered"
TALKED = "case.talked"
COMPLAINED = "case.complained"
RESULT = "case.result"


def talked(case: Case, *, at: dt.datetime) -> None:
    """Tell the desk that received a case and whoever holds it that the applicant wrote."""
    posts = posts_of(filter(None, [case.receiving_unit.audience, case.holder]), local_date(at))
    text = f"{case.code}: người nộp nhắn tin, hãy xem và trả lời"
    tell(posts, about=case.subject, text=text, at=at, kind=TALKED)


def complained(row: Complaint, case: Case, *, at: dt.datetime) -> None:
    """Tell the leaders of the agency that an applicant complains, and by when to answer."""
    text = f"{case.code}: có phản ánh, kiến nghị, trả lời trước {moment(row.answer_by)}"
    tell(posts_of([row.agency.audience], local_date(at)), about=row.subject, text=text, at=at, kind=COMPLAINED)


def answered(case: Case, row: Consultation, *, left: int, at: dt.datetime) -> None:
    """Tell who holds the case (or asked) that a unit answered, and how many are still waited for."""
    to: Post = case.holder_post or row.asked_by
    rest = f", còn {left} nơi chưa trả lời" if left else ", đã đủ ý kiến"
    words = "thống nhất" if row.agrees else "không thống nhất" if row.agrees is False else "trả lời"
    text = f"{row.unit.short_name} {words}: {case.code}{rest}"
    tell([to], about=case.subject, text=text, at=at, kind=ANSWERED)


def result_changed(case: Case, said: str, *, at: dt.datetime) -> None:
    """Tell whoever holds a case and its desk that the document of its result is another now, or none."""
    posts = posts_of(filter(None, [case.receiving_unit.audience, case.holder]), local_date(at))
    tell(posts, about=case.subject, text=f"{case.code}: {said}", at=at, kind=RESULT)
