"""What a post or a unit has open among the cases, for whoever ends a post or hands work over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet

from lienthong.cases.models import Case
from lienthong.cases.operations.taking_over import take_over
from lienthong.kernel.addresses import address_of
from lienthong.organisation.holdings import Holding, UnitHolding, declare, declare_for_units


def declare_all() -> None:
    """Declare the cases that a post holds, and those that a unit holds."""
    declare(
        Holding(
            kind="cases.held",
            name="Hồ sơ một cửa đang giải quyết",
            order=30,
            held=_held,
            post="holder_post",
            take_over=take_over,
            visible=lambda rows, actor: rows.filter(pk__in=Case.objects.visible_to(actor).values("pk")),
            title=str,
            address=lambda case: address_of("cases:show", case.pk),
            due=lambda case: case.due_at,
            covers=("cases.Case.holder_post", "cases.Case.holder"),
            right="cases.handle",
        )
    )
    declare_for_units(UnitHolding("cases.unit", "Hồ sơ một cửa đơn vị đang giữ", 30, _of_unit))


def _held(posts: Collection[int], on: dt.date) -> QuerySet[Case]:  # noqa: ARG001 - the contract of holdings
    return Case.objects.filter(holder_post__in=posts).exclude(holder=0)


def _of_unit(unit: int) -> QuerySet[Case]:
    return Case.objects.filter(holder_unit=unit, holder_post=None).exclude(holder=0)
