"""What a post or a unit has open among the drafts, for whoever ends a post or hands work over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import F, QuerySet

from lienthong.kernel.addresses import address_of
from lienthong.organisation.holdings import Holding, UnitHolding, declare, declare_for_units
from lienthong.outgoing.models import Draft, OutgoingBook, ReviewStep
from lienthong.outgoing.operations import taking_over

State = Draft.State


def declare_all() -> None:
    """Declare every kind."""
    declare(
        Holding(
            kind="outgoing.writing",
            name="Dự thảo do người này soạn",
            order=30,
            held=_written,
            post="author",
            take_over=taking_over.writing,
            visible=lambda rows, actor: rows.filter(pk__in=Draft.objects.visible_to(actor).values("pk")),
            title=str,
            address=lambda row: address_of("outgoing:draft", row.pk),
            due=lambda row: row.due_at,
            covers=("outgoing.Draft.author", "outgoing.Draft.holder"),
            right="drafts.write",
        ),
        Holding(
            kind="outgoing.review",
            name="Dự thảo chờ xem, hoặc sẽ đến lượt xem",
            order=31,
            held=_to_review,
            post="post",
            take_over=taking_over.reviewing,
            visible=lambda rows, actor: rows.filter(draft__in=Draft.objects.visible_to(actor).values("pk")),
            title=lambda row: str(row.draft),
            address=lambda row: address_of("outgoing:draft", row.draft_id),
            due=lambda row: row.due_at,
            covers=("outgoing.ReviewStep.post",),
            right="drafts.write",
        ),
        Holding(
            kind="outgoing.signing",
            name="Dự thảo trình người này ký",
            order=32,
            held=_to_sign,
            post="authority__post",
            take_over=taking_over.signing,
            visible=lambda rows, actor: rows.filter(pk__in=Draft.objects.visible_to(actor).values("pk")),
            title=str,
            address=lambda row: address_of("outgoing:draft", row.pk),
            due=lambda row: row.due_at,
            covers=("organisation.SigningAuthority.post",),
            right="drafts.sign",
        ),
    )
    declare_for_units(
        UnitHolding("outgoing.drafts", "Dự thảo chưa phát hành", 30, _drafts_of_unit),
        UnitHolding("outgoing.books", "Sổ văn bản đi đang mở", 31, _books_of_unit),
    )


def _written(posts: Collection[int], on: dt.date) -> QuerySet[Draft]:  # noqa: ARG001 - the contract of holdings
    return Draft.objects.filter(author__in=posts, state__in=Draft.OPEN_STATES).select_related("document_type")


def _to_review(posts: Collection[int], on: dt.date) -> QuerySet[ReviewStep]:  # noqa: ARG001 - as above
    open_steps = (ReviewStep.State.WAITING, ReviewStep.State.CURRENT)
    rows = ReviewStep.objects.filter(post__in=posts, state__in=open_steps)
    return rows.filter(draft__state=State.REVIEW, round=F("draft__round")).select_related("draft__document_type")


def _to_sign(posts: Collection[int], on: dt.date) -> QuerySet[Draft]:  # noqa: ARG001 - as above
    rows = Draft.objects.filter(authority__post__in=posts, state__in=(State.REVIEW, State.SIGNING))
    return rows.select_related("document_type")


def _drafts_of_unit(unit: int) -> QuerySet[Draft]:
    return Draft.objects.filter(unit=unit, state__in=Draft.OPEN_STATES)


def _books_of_unit(unit: int) -> QuerySet[OutgoingBook]:
    return OutgoingBook.objects.open().filter(agency=unit)
