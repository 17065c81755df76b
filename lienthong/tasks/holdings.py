"""What a post or a unit has open among the tasks, for whoever ends a post or hands work over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from lienthong.kernel.addresses import address_of
from lienthong.organisation.holdings import Holding, UnitHolding, declare, declare_for_units
from lienthong.tasks.models import Extension, Participant, Programme, Task
from lienthong.tasks.operations import taking_over

ENDED = (Task.State.DONE, Task.State.CANCELLED)
ASKED = Exists(Extension.objects.filter(task=OuterRef("pk"), decision=Extension.Decision.PENDING))


def declare_all() -> None:
    """Declare every kind; a task stands under one of them for each post."""
    declare(
        _tasks("doing", "Nhiệm vụ đang làm", 10, _doing, "lead_post", "tasks.accept", covers=("lead_post", "holder")),
        _tasks("verify", "Kết quả chờ xác nhận", 11, _to_verify, "assigner_post", "tasks.assign", covers=("verifier",)),
        _tasks("extension", "Đề nghị gia hạn chờ quyết định", 12, _to_extend, "assigner_post", "tasks.assign"),
        _tasks("given", "Nhiệm vụ đã giao, đang theo dõi", 13, _given, "assigner_post", "tasks.assign"),
        Holding(
            kind="tasks.co",
            name="Nhiệm vụ đang phối hợp",
            order=14,
            held=_co_working,
            post="post",
            take_over=taking_over.co_work,
            visible=lambda rows, actor: rows.filter(task__in=Task.objects.visible_to(actor).values("pk")),
            title=lambda row: row.task.title,
            address=lambda row: address_of("tasks:show", row.task_id),
            due=lambda row: row.task.due_at,
            covers=("tasks.Participant.post", "tasks.Participant.audience"),
            right="tasks.accept",
        ),
        Holding(
            kind="tasks.programmes",
            name="Chương trình nhiệm vụ đang theo dõi",
            order=15,
            held=_programmes,
            post="owner",
            take_over=taking_over.programmes,
            visible=lambda rows, actor: rows.filter(pk__in=Programme.objects.visible_to(actor).values("pk")),
            title=str,
            address=lambda row: address_of("tasks:programme", row.pk),
            covers=("tasks.Programme.owner",),
            right="programmes.manage",
        ),
    )
    declare_for_units(
        UnitHolding("tasks.unit", "Nhiệm vụ chưa xong của đơn vị", 10, _of_unit),
        UnitHolding("tasks.unit_co", "Nhiệm vụ đơn vị đang phối hợp", 11, _co_work_of_unit),
    )


def _tasks(
    word: str,
    name: str,
    order: int,
    held: Callable[[Collection[int], dt.date], QuerySet[Task]],
    post: str,
    right: str,
    covers: tuple[str, ...] = ("assigner_post",),
) -> Holding:
    return Holding(
        kind=f"tasks.{word}",
        name=name,
        order=order,
        held=held,
        post=post,
        take_over=taking_over.doing if post == "lead_post" else taking_over.directing,
        visible=lambda rows, actor: rows.filter(pk__in=Task.objects.visible_to(actor).values("pk")),
        title=lambda task: task.title,
        address=lambda task: address_of("tasks:show", task.pk),
        due=lambda task: task.due_at,
        covers=tuple(f"tasks.Task.{column}" for column in covers),
        right=right,
    )


def _doing(posts: Collection[int], on: dt.date) -> QuerySet[Task]:  # noqa: ARG001 - the contract of holdings
    return Task.objects.filter(lead_post__in=posts, is_routed=False).exclude(state__in=ENDED)


def _directed(posts: Collection[int]) -> QuerySet[Task]:
    return Task.objects.filter(assigner_post__in=posts, is_routed=False).exclude(state__in=ENDED)


def _to_verify(posts: Collection[int], on: dt.date) -> QuerySet[Task]:  # noqa: ARG001 - as above
    return _directed(posts).filter(state=Task.State.REPORTED)


def _to_extend(posts: Collection[int], on: dt.date) -> QuerySet[Task]:  # noqa: ARG001 - as above
    return _directed(posts).exclude(state=Task.State.REPORTED).filter(ASKED)


def _given(posts: Collection[int], on: dt.date) -> QuerySet[Task]:  # noqa: ARG001 - as above
    return _directed(posts).exclude(state=Task.State.REPORTED).filter(~ASKED)


def _co_working(posts: Collection[int], on: dt.date) -> QuerySet[Participant]:  # noqa: ARG001 - as above
    rows = Participant.objects.filter(post__in=posts, role=Participant.Role.CO_WORKER, done_at=None)
    return rows.exclude(task__state__in=ENDED).select_related("task")


def _programmes(posts: Collection[int], on: dt.date) -> QuerySet[Programme]:  # noqa: ARG001 - as above
    return Programme.objects.filter(owner__in=posts, closed_at=None)


def _of_unit(unit: int) -> QuerySet[Task]:
    in_person = Q(lead_post__isnull=False)
    return Task.objects.filter(lead_unit=unit, is_routed=False).exclude(state__in=ENDED).exclude(in_person)


def _co_work_of_unit(unit: int) -> QuerySet[Participant]:
    rows = Participant.objects.filter(unit=unit, post=None, role=Participant.Role.CO_WORKER, done_at=None)
    return rows.exclude(task__state__in=ENDED)
