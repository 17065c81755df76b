"""Who may do what with lists of files, work files and hand-overs; asked by operations and templates, default no."""

from __future__ import annotations

from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import OutgoingDocument
from lienthong.workfiles.models import FilePlan, HandOver, WorkFile

KEEP, PLAN, APPROVE, ARCHIVE = "workfiles.keep", "workfiles.plan", "workfiles.approve", "workfiles.archive"


def can_plan(actor: Actor) -> bool:
    """Who drafts the list of files for an agency."""
    return actor.can(PLAN) and actor.post.unit.agency_id is not None


def can_draft(actor: Actor, plan: FilePlan) -> bool:
    """The agency's drafters change a list: freely until it is put up, with a reason once it is approved."""
    return can_plan(actor) and actor.keeps_for(plan.agency_id) and plan.state != FilePlan.State.SUBMITTED


def can_submit(actor: Actor, plan: FilePlan) -> bool:
    """The agency's drafters put a draft up."""
    return can_plan(actor) and actor.keeps_for(plan.agency_id) and plan.state == FilePlan.State.DRAFT


def can_approve(actor: Actor, plan: FilePlan) -> bool:
    """The head of the agency approves what was put up, or gives it back."""
    return actor.can(APPROVE) and actor.keeps_for(plan.agency_id) and plan.state == FilePlan.State.SUBMITTED


def can_open(actor: Actor) -> bool:
    """Whoever works on something keeps a file of it."""
    return actor.can(KEEP) and actor.post.unit.agency_id is not None


def keeps(actor: Actor, file: WorkFile) -> bool:
    """The responsible post, the head of its unit, and the archivist of the agency look after a file.

    Where the unit is no more, whoever took over from it does.
    """
    if not actor.can(KEEP) or not actor.keeps_for(file.agency_id):
        return False
    return file.post_id in actor.posts or file.unit.audience in actor.audiences or actor.can(ARCHIVE)


def can_keep(actor: Actor, file: WorkFile) -> bool:
    """Who looks after it changes it while it is open."""
    return file.state == WorkFile.State.OPEN and keeps(actor, file)


def can_reopen(actor: Actor, file: WorkFile) -> bool:
    """Who looks after it opens again what was closed and not handed over."""
    return file.state == WorkFile.State.CLOSED and keeps(actor, file)


def can_hand_over(actor: Actor, file: WorkFile) -> bool:
    """Who looks after a closed file gives it to the archive."""
    return file.state == WorkFile.State.CLOSED and keeps(actor, file)


def can_decide(actor: Actor, hand_over: HandOver) -> bool:
    """The archivist of the agency takes or returns what was given."""
    return actor.can(ARCHIVE) and actor.keeps_for(hand_over.agency_id) and hand_over.state == HandOver.State.SUBMITTED


def can_withdraw(actor: Actor, hand_over: HandOver) -> bool:
    """Who gave takes back what the archive has not yet decided."""
    return hand_over.giver_id in actor.posts and hand_over.state == HandOver.State.SUBMITTED


def can_give_copy(actor: Actor, document: OutgoingDocument) -> bool:
    """Who keeps the copies of an agency (its clerk or archivist) gives them to be used, and takes them back."""
    return can_see_copies(actor, document.agency_id)


def can_see_copies(actor: Actor, agency_id: int) -> bool:
    """Who keeps the copies of an agency opens the register of their use."""
    return actor.can(ARCHIVE) and actor.keeps_for(agency_id)
