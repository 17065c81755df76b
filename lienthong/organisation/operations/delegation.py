"""Letting another post use some of one's rights, in writing and for a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.rights import declared
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Delegation, Post
from lienthong.organisation.policies import require_arranger
from lienthong.organisation.roles import roles
from lienthong.organisation.rules import ordered, required, within

NOT_DELEGABLE = frozenset({"organisation.administer", "identity.invite"})


@transaction.atomic
def delegate(
    giver: Post,
    *,
    receiver: Post,
    rights: Collection[str] = (),
    source: str,
    valid_from: dt.date,
    valid_to: dt.date,
    actor: Actor | None,
    at: dt.datetime,
) -> Delegation:
    """Let ``receiver`` use rights of ``giver`` for a period; no rights named means every right that can be given.

    Refuses what the giver's role does not hold, passing on (whoever acts for another may not delegate for them), and
    a delegation without a paper (NĐ 30/2020/NĐ-CP, Điều 13).
    """
    require_arranger(actor, giver)
    if actor is not None and actor.is_substitute:
        raise Forbidden(
            "Người được ủy quyền hoặc đang thay không được ủy quyền lại. Hãy để người giao tự làm việc này."
        )
    ordered(valid_from, valid_to)
    source = required(source, what="văn bản ủy quyền", field="source", longest=200)
    held = roles()[giver.role].rights - NOT_DELEGABLE
    wanted = frozenset(rights) or held
    if not wanted <= held:
        names = ", ".join(declared().get(right, right) for right in sorted(wanted - held))
        raise Refusal(f"Chức vụ {giver.title} không giao được quyền: {names}. Hãy bỏ các quyền đó.", field="rights")
    if not wanted:
        raise Refusal(f"Chức vụ {giver.title} không có quyền nào giao được.", field="rights")
    if giver.officer_id == receiver.officer_id:
        raise Refusal("Người nhận phải là người khác. Hãy chọn một đồng nghiệp.", field="receiver")
    within(valid_from, valid_to, giver.valid_from, giver.valid_to, what=f"Chức vụ {giver.title}")
    within(valid_from, valid_to, receiver.valid_from, receiver.valid_to, what=f"Chức vụ {receiver.title}")
    Post.objects.select_for_update().get(pk=giver.pk)
    same_days = Delegation.objects.filter(
        giver=giver, receiver=receiver, revoked_at=None, valid_from__lt=valid_to, valid_to__gt=valid_from
    )
    for other in same_days:
        if frozenset(other.rights) == wanted and (other.valid_from, other.valid_to) == (valid_from, valid_to):
            return other
        if frozenset(other.rights) & wanted:
            raise Refusal("Đã có ủy quyền trùng phạm vi trong thời gian này. Hãy thu hồi trước.", field="valid_from")
    delegation = Delegation.objects.create(
        giver=giver, receiver=receiver, rights=sorted(wanted), source=source, valid_from=valid_from, valid_to=valid_to
    )
    told = {
        "title": giver.title,
        "receiver": receiver.officer.full_name,
        "rights": delegation.rights,
        "source": source,
        "from": valid_from.isoformat(),
        "to": valid_to.isoformat(),
    }
    record(Subject("officer", giver.officer_id), "officer.delegated", actor=actor, at=at, particulars=told)
    return delegation


@transaction.atomic
def revoke_delegation(delegation: Delegation, *, actor: Actor | None, at: dt.datetime) -> Delegation:
    """Take a delegation back at once; taking it back again changes nothing."""
    delegation = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("giver__officer", "receiver__officer")
        .get(pk=delegation.pk)
    )
    require_arranger(actor, delegation.giver)
    if delegation.revoked_at is not None:
        return delegation
    delegation.revoked_at = at
    delegation.save(update_fields=["revoked_at"])
    told = {"title": delegation.giver.title, "receiver": delegation.receiver.officer.full_name}
    record(Subject("officer", delegation.giver.officer_id), "officer.undelegated", actor=actor, at=at, particulars=told)
    return delegation
