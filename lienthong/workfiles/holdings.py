"""What a post or a unit keeps among the work files, for whoever ends a post or hands work over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet

from lienthong.kernel.addresses import address_of
from lienthong.organisation.holdings import Holding, UnitHolding, declare, declare_for_units
from lienthong.workfiles import policies
from lienthong.workfiles.models import FilePlan, PlannedFile, WorkFile
from lienthong.workfiles.operations import taking_over


def declare_all() -> None:
    """Declare every kind."""
    declare(
        Holding(
            kind="workfiles.keeping",
            name="Hồ sơ công việc chưa nộp lưu",
            order=40,
            held=_kept,
            post="post",
            take_over=taking_over.files,
            visible=lambda rows, actor: rows.filter(pk__in=WorkFile.objects.visible_to(actor).values("pk")),
            title=str,
            address=lambda row: address_of("workfiles:file", row.pk),
            covers=("workfiles.WorkFile.post",),
            right=policies.KEEP,
        ),
        Holding(
            kind="workfiles.planned",
            name="Hồ sơ dự kiến lập trong danh mục",
            order=41,
            held=_planned,
            post="post",
            take_over=taking_over.planned_files,
            visible=lambda rows, actor: rows.filter(heading__plan__in=FilePlan.objects.visible_to(actor).values("pk")),
            title=str,
            address=lambda row: address_of("workfiles:plan", row.heading.plan_id),
            covers=("workfiles.PlannedFile.post",),
            right=policies.KEEP,
        ),
    )
    declare_for_units(UnitHolding("workfiles.files", "Hồ sơ công việc chưa nộp lưu", 40, _files_of_unit))


def _kept(posts: Collection[int], on: dt.date) -> QuerySet[WorkFile]:  # noqa: ARG001 - the contract of holdings
    return WorkFile.objects.filter(post__in=posts).exclude(state=WorkFile.State.HANDED_OVER)


def _planned(posts: Collection[int], on: dt.date) -> QuerySet[PlannedFile]:
    rows = PlannedFile.objects.filter(post__in=posts, file=None, heading__plan__year__gte=on.year)
    return rows.select_related("heading")


def _files_of_unit(unit: int) -> QuerySet[WorkFile]:
    return WorkFile.objects.filter(unit=unit).exclude(state=WorkFile.State.HANDED_OVER)
