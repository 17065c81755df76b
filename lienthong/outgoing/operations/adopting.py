"""What an agency or a unit that is no more was writing goes on at its successor (decision 0042)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.queries import successors
from lienthong.outgoing import notices, policies
from lienthong.outgoing.models import Draft, Recipient, ReviewStep
from lienthong.outgoing.operations.drafting import copy_version
from lienthong.outgoing.operations.readers import enter, index_draft, locked, open_to

State = Draft.State
Way = Recipient.Way
OPEN_STEPS = (ReviewStep.State.WAITING, ReviewStep.State.CURRENT)


@transaction.atomic
def adopt(draft: Draft, *, actor: Actor, at: dt.datetime) -> Draft:
    """Take over a draft of an agency or a unit that is no more, for the actor's own, which took over from it.

    The draft of an agency returns to writing as a version of its own: head, symbol and signers are the new agency's; a
    signature in the old name is withdrawn, reviewers need not look any more. The draft of a division stays where it
    is; only its unit and who answers for it change. Refuses who did not take over.
    """
    draft = locked(draft)
    today = local_date(at)
    if not policies.can_adopt(actor, draft, on=today):
        raise Forbidden("Chỉ đơn vị kế thừa tiếp nhận được dự thảo, khi đơn vị soạn thảo đã thôi hoạt động.")
    before = {"agency": draft.agency.name, "unit": draft.unit.name, "author": str(draft.author)}
    agency = actor.post.unit.agency
    assert agency is not None  # noqa: S101 - the policy looked
    changed: list[str] = []
    moves = draft.agency_id != agency.pk
    if draft.author_id not in actor.posts or moves:
        draft.author = actor.post
    draft.unit = actor.post.unit
    if moves:
        changed = _move(draft, agency, actor=actor, at=at)
    draft.save(update_fields=["agency", "unit", "author", "authority", "version"])
    if moves:
        enter(draft, State.WRITING, holder=actor.post.pk)
        notices.settled(draft, at=at)
    elif draft.state == State.WRITING:
        enter(draft, State.WRITING, holder=draft.author_id)
    open_to(draft, [actor.audience, actor.post.audience, actor.post.unit.audience])
    audiences = list(draft.readers.values_list("audience", flat=True))
    index_draft(draft, audiences, body=draft.versions.get(number=draft.version).body, at=at)
    event = {"from": before, "agency": agency.name, "unit": draft.unit.name, "recipients": changed}
    record(draft.subject, "draft.adopted", actor=actor, at=at, particulars=event)
    return draft


def _move(draft: Draft, agency: Unit, *, actor: Actor, at: dt.datetime) -> list[str]:
    """Let a locked draft belong to another agency; return what changed among its recipients."""
    old = draft.agency
    reason = f"{old} đã thôi hoạt động, {agency} tiếp nhận dự thảo"
    draft.signatures.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_reason=reason[:500])
    draft.steps.filter(state__in=OPEN_STEPS).update(state=ReviewStep.State.DROPPED)
    draft.agency, draft.authority = agency, None
    copy_version(draft, note=f"Tiếp nhận từ {old}"[:300], actor=actor, at=at)
    return _readdress(draft, on=local_date(at))


def _readdress(draft: Draft, *, on: dt.date) -> list[str]:
    """Give recipients inside the old agency to those who took over in the new one; take away who no longer fits."""
    changed = []
    for row in draft.recipients.select_related("unit", "post").filter(way__in=(Way.INSIDE, Way.SYSTEM)):
        if row.unit is None or (row.way == Way.SYSTEM and row.unit_id != draft.agency_id):
            continue
        if row.way == Way.INSIDE and row.unit.agency_id == draft.agency_id:
            continue
        heirs = [one for one in successors(row.unit, on) if one.agency_id == draft.agency_id and not one.is_agency]
        if row.way == Way.INSIDE and row.post is None and heirs:
            row.unit = heirs[0]
            row.save(update_fields=["unit"])
            changed.append(f"{row.line}: chuyển sang {heirs[0]}")
        else:
            changed.append(f"{row.line}: bỏ khỏi nơi nhận")
            row.delete()
    return changed
