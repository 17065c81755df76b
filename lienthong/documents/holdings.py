"""What a post or a unit has open among the documents, for whoever ends a post or hands work over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.urls import reverse

from lienthong.documents.models import Book, IncomingDocument, Intake, StandingRule, Step, Wait
from lienthong.documents.operations import taking_over
from lienthong.kernel.addresses import address_of
from lienthong.organisation.holdings import Holding, UnitHolding, declare, declare_for_units

State = IncomingDocument.State


def declare_all() -> None:
    """Declare every kind."""
    declare(
        Holding(
            kind="documents.instruction",
            name="Văn bản đến chờ cho ý kiến",
            order=20,
            held=_for_instruction,
            post="holder_post",
            take_over=taking_over.for_instruction,
            visible=lambda rows, actor: rows.filter(pk__in=IncomingDocument.objects.visible_to(actor).values("pk")),
            title=str,
            address=lambda row: address_of("documents:document", row.pk),
            covers=("documents.IncomingDocument.holder_post",),
            right="incoming.instruct",
        ),
        Holding(
            kind="documents.forwarding",
            name="Văn bản đến đã vào sổ, chưa chuyển",
            order=21,
            held=_for_forwarding,
            post="post",
            take_over=taking_over.for_forwarding,
            visible=lambda rows, actor: rows.filter(
                document__in=IncomingDocument.objects.visible_to(actor).values("pk")
            ),
            title=lambda row: str(row.document),
            address=lambda row: address_of("documents:document", row.document_id),
            due=lambda row: row.due_at,
            covers=("documents.Wait.post",),
            right="incoming.forward",
        ),
        Holding(
            kind="documents.rules",
            name="Quy tắc chuyển theo ý kiến của người này",
            order=22,
            held=_rules_by_word,
            post="authority",
            take_over=taking_over.rules_by_word,
            visible=lambda rows, actor: rows.filter(pk__in=StandingRule.objects.visible_to(actor).values("pk")),
            title=lambda row: row.name,
            address=lambda _row: reverse("documents:settings"),
            covers=("documents.StandingRule.authority",),
            right="incoming.instruct",
        ),
        Holding(
            kind="documents.rules_to",
            name="Quy tắc chuyển văn bản đến người này",
            order=23,
            held=_rules_to,
            post="leader",
            take_over=taking_over.rules_to,
            visible=lambda rows, actor: rows.filter(pk__in=StandingRule.objects.visible_to(actor).values("pk")),
            title=lambda row: row.name,
            address=lambda _row: reverse("documents:settings"),
            covers=("documents.StandingRule.leader",),
            right="incoming.instruct",
        ),
    )
    declare_for_units(
        UnitHolding("documents.open", "Văn bản đến chưa giải quyết", 20, _open_of_unit),
        UnitHolding("documents.intakes", "Văn bản chờ vào sổ", 21, _intakes_of_unit),
        UnitHolding("documents.books", "Sổ văn bản đến đang mở", 22, _books_of_unit),
    )


def _for_instruction(posts: Collection[int], on: dt.date) -> QuerySet[IncomingDocument]:  # noqa: ARG001 - the contract
    return IncomingDocument.objects.filter(holder_post__in=posts, state=State.FORWARDED)


def _for_forwarding(posts: Collection[int], on: dt.date) -> QuerySet[Wait]:  # noqa: ARG001 - as above
    rows = Wait.objects.running().filter(post__in=posts, step=Step.FORWARD)
    return rows.select_related("document")


def _rules_by_word(posts: Collection[int], on: dt.date) -> QuerySet[StandingRule]:
    return StandingRule.objects.filter(_goes_on(on), authority__in=posts)


def _rules_to(posts: Collection[int], on: dt.date) -> QuerySet[StandingRule]:
    return StandingRule.objects.filter(_goes_on(on), leader__in=posts)


def _goes_on(on: dt.date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=on)


def _open_of_unit(unit: int) -> QuerySet[IncomingDocument]:
    return IncomingDocument.objects.filter(agency=unit, state__in=(State.REGISTERED, State.FORWARDED))


def _intakes_of_unit(unit: int) -> QuerySet[Intake]:
    return Intake.objects.waiting().filter(agency=unit)


def _books_of_unit(unit: int) -> QuerySet[Book]:
    return Book.objects.open().filter(agency=unit)
