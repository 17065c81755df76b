"""Who may do what with a task; asked by operations and templates alike. Default: no."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.audience import unit_audience
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.tasks.classes import end_of_due_day
from lienthong.tasks.models import Programme, Task
from lienthong.tasks.queries import Chain

DOING = (Task.State.ASSIGNED, Task.State.IN_PROGRESS)


def can_assign(actor: Actor) -> bool:
    """Whether the post may give work to others at all."""
    return actor.can("tasks.assign")


def reach(actor: Actor) -> frozenset[int]:
    """Return the units under which an actor may assign: their own, and for leaders the whole agency.

    The head of an office that serves an authority (Văn phòng) assigns for that authority.
    """
    unit = actor.post.unit
    units = {unit.pk}
    if actor.can("programmes.manage"):
        units.add(unit.agency_id or unit.pk)
        if unit.kind == Unit.Kind.OFFICE and unit.parent_id:
            units.add(unit.parent_id)
    return frozenset(units)


def can_lead(actor: Actor, chain: Chain) -> bool:
    """Whether the actor may make a unit (by its chain upwards) the lead of a task."""
    return not reach(actor).isdisjoint(chain.units)


def can_take_part(actor: Actor, chain: Chain) -> bool:
    """Whether the actor may ask a unit to co-work or inform it: anybody in their agency or in their reach."""
    return (actor.post.unit.agency_id or actor.post.unit_id) in chain.units or can_lead(actor, chain)


def can_accept(actor: Actor, task: Task) -> bool:
    """Whether the actor may accept: it was given to them, and they may take work."""
    return task.state == Task.State.ASSIGNED and task.is_held_by(actor) and actor.can("tasks.accept")


def can_pass_on(actor: Actor, task: Task) -> bool:
    """Whether the actor may give the task to a sub-unit or a person: it is in their hands, or in those of their unit.

    The head may so take it from one person and give it to another.
    """
    in_unit = unit_audience(task.lead_unit_id) in actor.work_audiences
    return task.state in DOING and (task.is_held_by(actor) or in_unit) and can_assign(actor)


def can_send_back(actor: Actor, task: Task) -> bool:
    """Whether the actor may send the task back to its assigner: before anything was reported as a result."""
    return task.state in DOING and task.is_held_by(actor)


def can_reassign(actor: Actor, task: Task) -> bool:
    """Whether the actor may give the task to another unit: its assigner, while it is open."""
    return can_direct(actor, task) and task.state in (*DOING, Task.State.SENT_BACK)


def can_report(actor: Actor, task: Task) -> bool:
    """Whether the actor may report progress or the result: who does it, after accepting."""
    return task.state in DOING and task.is_held_by(actor) and actor.can("tasks.accept")


def can_verify(actor: Actor, task: Task) -> bool:
    """Whether the actor may confirm or return the result."""
    return task.state == Task.State.REPORTED and task.verifier in actor.work_audiences


def can_direct(actor: Actor, task: Task) -> bool:
    """Whether the actor is the assigner (or acts for them), with the right to assign."""
    return can_assign(actor) and task.assigner_post_id in actor.posts and not task.is_ended


def can_ask_extension(actor: Actor, task: Task, at: dt.datetime) -> bool:
    """Whether the actor may ask for more time: who does it, where there is a deadline, before it has run out."""
    return does_by_deadline(actor, task) and not too_late_to_extend(task, at)


def does_by_deadline(actor: Actor, task: Task) -> bool:
    """Whether the actor does the task and has a deadline to keep, met or missed."""
    return task.state in DOING and task.is_held_by(actor) and task.due_at is not None


def too_late_to_extend(task: Task, at: dt.datetime) -> bool:
    """Whether the day by whose end more time had to be asked for is over."""
    return task.due_at is not None and at >= end_of_due_day(task.due_at)


def can_contribute(actor: Actor, audience: int) -> bool:
    """Whether the actor may answer for a co-worker."""
    return audience in actor.work_audiences and actor.can("tasks.accept")


def reads_programmes(actor: Actor) -> bool:
    """Whether the pages of programmes open for the actor."""
    return actor.can("programmes.read") or actor.can("programmes.manage")


def can_manage_programmes(actor: Actor) -> bool:
    """Whether the actor may set up programmes."""
    return actor.can("programmes.manage")


def can_edit_programme(actor: Actor, programme: Programme) -> bool:
    """Whether the actor may change one programme: of their own unit or agency, still open."""
    ours = {actor.post.unit_id, actor.post.unit.agency_id}
    return (
        can_manage_programmes(actor)
        and programme.closed_at is None
        and (programme.issuer_id in ours or programme.owner_id == actor.post.pk or programme.issuer_id in reach(actor))
    )


def can_undo(actor: Actor, task: Task) -> bool:
    """Whether undoing may be tried at all; which step is still harmless ``tasks.undoing`` says."""
    return actor.post.pk in {task.assigner_post_id, task.lead_post_id} or task.doer in actor.work_audiences
