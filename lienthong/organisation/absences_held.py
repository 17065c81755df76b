"""Standing in for others as work that a post holds: whoever is away must not be left without a substitute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet

from lienthong.kernel.addresses import address_of
from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.holdings import Hands, Holding, declare
from lienthong.organisation.models import Absence


def declare_all() -> None:
    """Declare the kind."""
    declare(
        Holding(
            kind="organisation.absences",
            name="Đang nhận làm thay người vắng",
            order=90,
            held=_held,
            post="substitute",
            take_over=_take_over,
            visible=lambda rows, _actor: rows,
            title=lambda absence: f"Thay {absence.post.officer.full_name}, {absence.post.title}",
            address=lambda absence: address_of("administration:officer", absence.post.officer_id),
            covers=("organisation.Absence.substitute",),
        )
    )


def _held(posts: Collection[int], on: dt.date) -> QuerySet[Absence]:
    rows = Absence.objects.filter(substitute__in=posts, valid_to__gt=on)
    return rows.select_related("post__officer")


def _take_over(rows: QuerySet[Absence], hands: Hands) -> int:
    absences = list(rows.select_for_update(of=("self",)))
    if any(absence.post_id == hands.taker.pk for absence in absences):
        raise Refusal(
            f"{hands.taker.officer} đang vắng và chính {hands.giver.officer} làm thay. Hãy chọn người khác "
            "hoặc bỏ khai vắng mặt trước.",
            field="taker",
        )
    Absence.objects.filter(pk__in=[absence.pk for absence in absences]).update(substitute=hands.taker)
    for absence in absences:
        told = {**hands.told, "title": absence.post.title}
        subject = Subject("officer", absence.post.officer_id)
        record(subject, "officer.substitute_changed", actor=hands.actor, at=hands.at, particulars=told)
    return len(absences)
