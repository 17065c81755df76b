"""Who may do what with a case; asked by operations and pages alike. Default: no."""

from __future__ import annotations

from lienthong.cases.models import Case, Complaint, Consultation
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit


def can_receive(actor: Actor) -> bool:
    """Whether the actor takes cases in: an officer of a one-stop desk."""
    return actor.can("cases.receive") and actor.post.unit.kind == Unit.Kind.ONE_STOP


def can_act(actor: Actor, case: Case) -> bool:
    """Whether the case lies in the actor's hands, and they may handle cases at all."""
    return not case.is_ended and case.is_held_by(actor) and can_handle(actor)


def can_handle(actor: Actor) -> bool:
    """Whether the actor does anything with cases at all."""
    return actor.can("cases.handle") or actor.can("cases.receive")


def at_the_desk(actor: Actor, case: Case) -> bool:
    """Whether the actor speaks with the applicant of this case: the desk that received it, or one that inherited it."""
    mine = {actor.post.unit_id, *(key for key in actor.inherited_audiences if key > 0)}
    return actor.can("cases.receive") and case.receiving_unit_id in mine


def can_withdraw(actor: Actor, case: Case) -> bool:
    """Whether the actor may note that the applicant takes the case back: the desk, before it is done."""
    return at_the_desk(actor, case) and case.status not in (*Case.ENDED, Case.Status.DONE)


def can_correct(actor: Actor, case: Case) -> bool:
    """Whether the actor may put right what was written of the applicant: the desk, while the case runs."""
    return at_the_desk(actor, case) and actor.can("applicants.keep") and not case.is_ended


def can_talk(actor: Actor, case: Case) -> bool:
    """Whether the actor writes with the applicant: the desk that received the case, and who holds it."""
    return at_the_desk(actor, case) or (case.is_held_by(actor) and can_handle(actor))


def can_supply(actor: Actor, case: Case) -> bool:
    """Whether the actor may take in what was asked for: the desk, or who asked."""
    waiting = case.status == Case.Status.SUPPLEMENT
    return waiting and (at_the_desk(actor, case) or case.is_held_by(actor))


def can_assign(actor: Actor, case: Case) -> bool:
    """Whether the actor may name who in their unit does the step."""
    held_by_unit = case.holder_unit_id is not None and case.holder_unit_id in actor.work_audiences
    return not case.is_ended and held_by_unit and (actor.can("tasks.assign") or actor.can("cases.receive"))


def can_answer(actor: Actor, row: Consultation) -> bool:
    """Whether the actor may give the opinion of the unit that was asked: who takes work for it."""
    return actor.can("cases.handle") and row.unit.audience in actor.work_audiences


def can_answer_complaint(actor: Actor, row: Complaint) -> bool:
    """Whether the actor answers for the agency: who takes work for it and handles cases, its leaders that is."""
    return actor.can("cases.handle") and row.agency.audience in actor.work_audiences


def can_read_book(actor: Actor, desk: Unit) -> bool:
    """Whether the actor may open the tracking book of a desk: who works at it, who leads its agency."""
    if actor.can("cases.receive") and desk.pk in {actor.post.unit_id, *actor.inherited_audiences}:
        return True
    return actor.can("reports.read") and actor.keeps_for(desk.agency_id)


def can_regulate(actor: Actor) -> bool:
    """Whether the actor sets the rules of reception: which desks take in, until which hour."""
    return actor.can("cases.regulate")
