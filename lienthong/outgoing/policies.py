"""Who may do what with drafts and with what was issued; asked by operations and templates alike, default no."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.audience import unit_audience
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.outgoing.models import Draft, OutgoingBook, OutgoingDocument, ReviewStep

State = Draft.State


def can_begin(actor: Actor) -> bool:
    """Whoever writes for an agency begins a draft."""
    return actor.can("drafts.write") and actor.post.unit.agency_id is not None


def can_write(actor: Actor, draft: Draft, *, reviews: bool = False) -> bool:
    """The author and the people of the drafting unit write together; a reviewer whose turn it is may mend.

    ``reviews`` says whether a step of the draft waits for the actor's post now.
    """
    if draft.state == State.REVIEW:
        return reviews
    return draft.state == State.WRITING and actor.can("drafts.write") and _writes_with(actor, draft)


def can_put_up(actor: Actor, draft: Draft) -> bool:
    """The author, or a colleague of the drafting unit, puts it up; recipients and sources are theirs too."""
    return draft.state == State.WRITING and actor.can("drafts.write") and _writes_with(actor, draft)


def can_withdraw(actor: Actor, draft: Draft) -> bool:
    """The author takes it back while it is reviewed or waits for the signer."""
    return draft.state in (State.REVIEW, State.SIGNING) and draft.author_id in actor.posts


def can_drop(actor: Actor, draft: Draft) -> bool:
    """The author gives it up before it is signed."""
    return draft.state in (State.WRITING, State.REVIEW, State.SIGNING) and draft.author_id in actor.posts


def can_take_up_again(actor: Actor, draft: Draft) -> bool:
    """The author takes up again what was given up."""
    return draft.state == State.DROPPED and draft.author_id in actor.posts


def can_comment(actor: Actor, draft: Draft) -> bool:
    """Whoever reads a draft may remark on it until it is signed."""
    return draft.state in (State.WRITING, State.REVIEW, State.SIGNING) and actor.keeps_for(draft.agency_id)


def can_review(actor: Actor, step: ReviewStep) -> bool:
    """The post whose turn it is, or who stands in for it."""
    return step.state == ReviewStep.State.CURRENT and step.post_id in actor.posts


def can_sign(actor: Actor, draft: Draft) -> bool:
    """The holder of the post that the register names, in person: a signature is not given by a substitute."""
    return (
        draft.state == State.SIGNING
        and draft.authority is not None
        and draft.authority.post_id == actor.post.pk
        and not actor.is_substitute
    )


def can_decline_to_sign(actor: Actor, draft: Draft) -> bool:
    """Who is to sign, or who stands in for them, sends it back."""
    return draft.state == State.SIGNING and draft.authority is not None and draft.authority.post_id == actor.post.pk


def can_withdraw_signature(actor: Actor, draft: Draft) -> bool:
    """Who signed takes the signature back before the document is issued."""
    return draft.state == State.SIGNED and draft.authority is not None and draft.authority.post_id == actor.post.pk


def can_issue(actor: Actor, draft: Draft) -> bool:
    """A clerk of the agency issues what is signed (NĐ 30/2020 Điều 14)."""
    return draft.state == State.SIGNED and actor.can("outgoing.issue") and actor.keeps_for(draft.agency_id)


def can_dispatch(actor: Actor, document: OutgoingDocument) -> bool:
    """A clerk of the agency notes what went by post, by e-mail or by hand."""
    return actor.can("outgoing.issue") and actor.keeps_for(document.agency_id)


def can_recall(actor: Actor, document: OutgoingDocument) -> bool:
    """A leader of the agency recalls what it issued."""
    standing = (OutgoingDocument.State.ISSUED, OutgoingDocument.State.PUBLISHED, OutgoingDocument.State.CORRECTED)
    return document.state in standing and actor.can("outgoing.recall") and actor.keeps_for(document.agency_id)


def can_change(actor: Actor, document: OutgoingDocument) -> bool:
    """Who writes for the agency, or for who came after it, begins what replaces or corrects a document that stands."""
    gone = (OutgoingDocument.State.REPLACED, OutgoingDocument.State.RECALLED)
    return document.state not in gone and can_begin(actor) and actor.keeps_for(document.agency_id)


def can_adopt(actor: Actor, draft: Draft, *, on: dt.date) -> bool:
    """Who writes for the successor takes over what an agency or a unit that is no more was writing."""
    agency = actor.post.unit.agency_id
    if agency is None or not actor.can("drafts.write") or draft.state not in Draft.OPEN_STATES:
        return False
    if _is_gone(draft.agency, on):
        return draft.agency_id in actor.inherited_agencies
    if not _is_gone(draft.unit, on) or draft.agency_id != agency or draft.state == State.SIGNED:
        return False
    return draft.author_id in actor.posts or unit_audience(draft.unit_id) in actor.inherited_audiences


def can_open_books(actor: Actor) -> bool:
    """An administrator opens books for the agencies."""
    return actor.can("books.open")


def can_print_books(actor: Actor, book: OutgoingBook) -> bool:
    """Books are read by those of the agency who keep or check them."""
    return actor.can("outgoing.print_books") and actor.keeps_for(book.agency_id)


def _writes_with(actor: Actor, draft: Draft) -> bool:
    """The author, the unit, and who came after a unit that is no more."""
    return (
        draft.author_id in actor.posts
        or actor.post.unit_id == draft.unit_id
        or unit_audience(draft.unit_id) in actor.inherited_audiences
    )


def _is_gone(unit: Unit, on: dt.date) -> bool:
    return unit.valid_to is not None and unit.valid_to <= on
