"""Giving work: assign, pass on, accept, send back, forward."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from lienthong.kernel.audience import post_audience, unit_audience
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import holds
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.tasks import policies
from lienthong.tasks.due import Due
from lienthong.tasks.models import Assignment, Participant, Programme, Reminder, SendBack, Task
from lienthong.tasks.notices import notify, when
from lienthong.tasks.operations import deadlines
from lienthong.tasks.operations.steps import allow, conclude, open_to, reason_given, take, tell_the_house
from lienthong.tasks.queries import chains


@dataclass(frozen=True, slots=True)
class Item:
    """Một việc được giao: what, who leads, who takes part, what comes of it, by when."""

    title: str
    lead_unit: Unit
    due: Due
    lead_post: Post | None = None
    co_workers: Sequence[Unit | Post] = field(default=())
    informed: Sequence[Unit | Post] = field(default=())
    content: str = ""
    product: str = ""
    urgency: str = Task.Urgency.NORMAL
    number: int | None = None

    def with_number(self, number: int) -> Item:
        """Return the same with its number in a programme."""
        return replace(self, number=number)

    def units(self) -> set[int]:
        """Every unit that it names."""
        return {self.lead_unit.pk, *(_unit(one) for one in (*self.co_workers, *self.informed))}


@transaction.atomic
def assign(
    subject: Subject | None,
    items: Sequence[Item],
    *,
    key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    instruction: str = "",
    rule: str = "",
    programme: Programme | None = None,
) -> list[Task]:
    """Give one or many tasks about a subject (or by themselves) in one go.

    The same ``key`` again gives the tasks already made. ``rule`` names the standing rule by which it is done.

    Refuses: a post without the right, a unit outside the actor's reach, a deadline in the past, nothing to assign.
    """
    allow(policies.can_assign(actor), "Chức vụ này không có quyền giao việc.")
    if not items:
        raise Refusal("Chưa chọn đơn vị hoặc người nào để giao.", field="lead_unit")
    given, is_new = Assignment.objects.get_or_create(
        key=key,
        defaults={
            "subject_kind": subject.kind if subject else "",
            "subject_id": subject.pk if subject else 0,
            "instruction": instruction.strip(),
            "rule": rule,
            "post": actor.post,
            "officer": actor.officer,
            "at": at,
        },
    )
    if not is_new:
        return _already_given(given, subject, actor)
    _check_reach(items, actor, at)
    return [_give(subject, item, given=given, programme=programme, actor=actor, at=at) for item in items]


def _already_given(given: Assignment, subject: Subject | None, actor: Actor) -> list[Task]:
    if (given.subject if given.subject_id else None) != subject or given.post_id != actor.post.pk:
        raise Refusal("Trang này đã cũ. Tải lại trang rồi giao việc lại.")
    return list(Task.objects.filter(assignment=given).order_by("pk"))


def _check_reach(items: Sequence[Item], actor: Actor, at: dt.datetime) -> None:
    above = chains({unit for item in items for unit in item.units()})
    for item in items:
        unit = item.lead_unit
        allow(
            policies.can_lead(actor, above[unit.pk]),
            f"{unit.short_name} không thuộc phạm vi giao việc của {actor.post.unit.short_name}.",
        )
        _check_receiver(item, local_date(at))
        for one in (*item.co_workers, *item.informed):
            allow(
                policies.can_take_part(actor, above[_unit(one)]),
                f"{one} không thuộc phạm vi phối hợp của {actor.post.unit.short_name}.",
            )


def _check_receiver(item: Item, on: dt.date) -> None:
    unit, post = item.lead_unit, item.lead_post
    if not item.title.strip():
        raise Refusal("Cần ghi việc phải làm.", field="title")
    if unit.is_external or not holds(unit.valid_from, unit.valid_to, on):
        raise Refusal(f"{unit.name} không nhận việc trên hệ thống này. Chọn đơn vị khác.", field="lead_unit")
    if post and (post.unit_id != unit.pk or not holds(post.valid_from, post.valid_to, on)):
        raise Refusal(f"{post} không còn công tác tại {unit.short_name}. Chọn người khác.", field="lead_post")


def _give(
    subject: Subject | None,
    item: Item,
    *,
    given: Assignment | None,
    actor: Actor,
    at: dt.datetime,
    programme: Programme | None = None,
    parent: Task | None = None,
) -> Task:
    task = Task(
        subject_kind=subject.kind if subject else "task",
        subject_id=subject.pk if subject else 0,
        assignment=given,
        parent=parent,
        programme=programme,
        number=item.number,
        title=item.title.strip(),
        content=item.content.strip(),
        product=item.product.strip(),
        urgency=item.urgency,
        assigner_post=actor.post,
        assigner_unit=actor.post.unit,
        lead_unit=item.lead_unit,
        lead_post=item.lead_post,
        verifier=post_audience(actor.post.pk),
        assigned_at=at,
        changed_at=at,
    )
    task.holder = task.doer
    deadlines.give(task, item.due, parent=parent, actor=actor, at=at)
    _enlist(task, item, at)
    tell_the_house(
        task,
        "assigned",
        actor=actor,
        at=at,
        is_new=True,
        particulars={
            "to": name_of(item.lead_post or item.lead_unit),
            "due": task.due_at.isoformat() if task.due_at else "",
            "instruction": given.instruction if given else item.content.strip(),
            "co_workers": [name_of(one) for one in item.co_workers] or None,
            "parent": parent.pk if parent else None,
        },
    )
    notify(
        [task.doer], task, f"Việc mới: {task.title} ({when(task.due_at)})", kind="assigned", at=at, but=actor.post.pk
    )
    return task


def _enlist(task: Task, item: Item, at: dt.datetime) -> None:
    taking = {
        _audience(one): Participant(
            task=task,
            role=role,
            unit_id=_unit(one),
            post=one if isinstance(one, Post) else None,
            audience=_audience(one),
            added_at=at,
        )
        for role, named in (("informed", item.informed), ("co_worker", item.co_workers))
        for one in named
        if _audience(one) != task.doer
    }
    Participant.objects.bulk_create(taking.values())
    posts = [
        (one.pk, one.unit_id) for one in (item.lead_post, *item.co_workers, *item.informed) if isinstance(one, Post)
    ]
    posts.append(task.giver)
    open_to(task, units={*item.units(), task.giver[1]}, posts=posts, at=at)
    for role, words in (("co_worker", "Phối hợp"), ("informed", "Để biết")):
        audiences = [one.audience for one in taking.values() if one.role == role]
        if audiences:
            notify(audiences, task, f"{words}: {task.title} ({when(task.due_at)})", kind=role, at=at)


@transaction.atomic
def pass_on(
    task: Task,
    *,
    to: Unit | Post,
    actor: Actor,
    at: dt.datetime,
    as_part: bool = False,
    title: str = "",
    instruction: str = "",
    due: Due | None = None,
) -> Task:
    """Give the task in hand to a sub-unit or a person: the same task, or (``as_part``) a part of it of one's own.

    The same task is reported to whoever gave it; a part is reported to the one who passes it on, who stays answerable
    for the whole. Accepts the task where that was not done yet. Refuses a receiver outside the actor's unit.
    """
    task = take(task)
    allow(policies.can_pass_on(actor, task), "Chỉ người đang giữ việc và có quyền giao việc mới giao tiếp được.")
    unit = to.unit if isinstance(to, Post) else to
    post = to if isinstance(to, Post) else None
    own = due or (Due.on(local_date(task.due_at)) if task.due_at else Due.ongoing())
    item = Item(
        title or task.title,
        unit,
        own,
        lead_post=post,
        content=instruction or task.content,
        product=task.product,
        urgency=task.urgency,
    )
    _check_reach([item], actor, at)
    if as_part:
        allow(task.is_held_by(actor), "Chỉ người đang giữ việc mới tách việc con được.")
        if task.state == Task.State.ASSIGNED:
            task.state, task.accepted_at = Task.State.IN_PROGRESS, at
            conclude(task, "accepted", "state", "accepted_at", actor=actor, at=at)
        return _give(task.thread, item, given=None, programme=task.programme, parent=task, actor=actor, at=at)
    task.accepted_at = task.accepted_at or at
    before = task.doer
    _hand_over(task, unit, post, at=at)
    conclude(
        task,
        "passed_on",
        "lead_unit",
        "lead_post",
        "holder",
        "state",
        "accepted_at",
        actor=actor,
        at=at,
        to=name_of(to),
        due=task.due_at and task.due_at.isoformat(),
        instruction=instruction.strip(),
    )
    _tell_receiver(task, at=at)
    if before not in (task.doer, *actor.work_audiences):
        notify([before], task, f"Đã chuyển cho {name_of(to)}: {task.title}", kind="forwarded", at=at)
    return task


def _hand_over(task: Task, unit: Unit, post: Post | None, *, at: dt.datetime) -> None:
    """Put the task into other hands: its personal reminders die, and the new hands may read it."""
    task.lead_unit, task.lead_post = unit, post
    task.holder = task.doer
    task.state = Task.State.ASSIGNED
    Reminder.objects.filter(task=task, is_personal=True, sent_at=None, ended_at=None).update(ended_at=at)
    open_to(task, units=[unit.pk], posts=[(post.pk, unit.pk)] if post else [], at=at)


def _tell_receiver(task: Task, *, at: dt.datetime) -> None:
    notify([task.doer], task, f"Việc mới: {task.title} ({when(task.due_at)})", kind="assigned", at=at)


@transaction.atomic
def accept(task: Task, *, actor: Actor, at: dt.datetime) -> Task:
    """Take on a task that was given to the actor's post or unit."""
    task = take(task)
    allow(policies.can_accept(actor, task), "Việc này không chờ người dùng hiện tại nhận.")
    task.state = Task.State.IN_PROGRESS
    task.accepted_at = at
    conclude(task, "accepted", "state", "accepted_at", actor=actor, at=at)
    return task


@transaction.atomic
def send_back(task: Task, *, reason: str, actor: Actor, at: dt.datetime) -> Task:
    """Send the task back to its assigner with the reason; the assigner must act now."""
    task = take(task)
    allow(policies.can_send_back(actor, task), "Chỉ người đang giữ việc mới trả lại được.")
    said = reason_given(reason)
    SendBack.objects.create(task=task, post=actor.post, at=at, reason=said)
    task.state = Task.State.SENT_BACK
    task.holder = post_audience(task.giver[0])
    conclude(task, "sent_back", "state", "holder", actor=actor, at=at, reason=said)
    notify([task.holder], task, f"Bị trả lại: {task.title}. Lý do: {said}", kind="sent_back", at=at, but=actor.post.pk)
    return task


@transaction.atomic
def forward(task: Task, *, to: Unit | Post, actor: Actor, at: dt.datetime, reason: str = "") -> Task:
    """Give a task to another unit than the one to which it went: the assigner's correction of a wrong address.

    Whoever got it by mistake sends it back; the assigner forwards. The deadline and the assigner's reminders follow.
    """
    task = take(task)
    allow(policies.can_reassign(actor, task), "Chỉ người giao việc mới chuyển việc sang đơn vị khác được.")
    unit = to.unit if isinstance(to, Post) else to
    post = to if isinstance(to, Post) else None
    _check_reach([Item(task.title, unit, Due.ongoing(), lead_post=post)], actor, at)
    before = task.doer
    task.accepted_at = None
    _hand_over(task, unit, post, at=at)
    conclude(
        task,
        "forwarded",
        "lead_unit",
        "lead_post",
        "holder",
        "state",
        "accepted_at",
        actor=actor,
        at=at,
        to=name_of(to),
        reason=reason.strip(),
        due=task.due_at and task.due_at.isoformat(),
    )
    _tell_receiver(task, at=at)
    notify([before], task, f"Đã chuyển cho {name_of(to)}: {task.title}", kind="forwarded", at=at, but=actor.post.pk)
    return task


def name_of(one: Unit | Post) -> str:
    """Return how a receiver is named in a sentence."""
    return one.officer.full_name if isinstance(one, Post) else one.short_name


def _unit(one: Unit | Post) -> int:
    return one.unit_id if isinstance(one, Post) else one.pk


def _audience(one: Unit | Post) -> int:
    return post_audience(one.pk) if isinstance(one, Post) else unit_audience(one.pk)
