"""Signing, and taking a signature back before the document is issued."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.vietnamese import nfc
from lienthong.organisation.actor import Actor
from lienthong.outgoing import notices, policies
from lienthong.outgoing.models import Draft, Signature
from lienthong.outgoing.operations.checking import refuse_unchecked
from lienthong.outgoing.operations.drafting import close_version
from lienthong.outgoing.operations.readers import enter, locked, open_to
from lienthong.outgoing.signers import checked_authority, refuse_gone_agency
from lienthong.outgoing.wording import digest

NOT_YOU = "Văn bản này không chờ bạn ký. Người ký là người được ghi trong sổ thẩm quyền ký, ký trong chức vụ của mình."


@transaction.atomic
def sign(
    draft: Draft,
    *,
    version: int,
    method: str = Signature.Method.RECORDED,
    evidence: dict[str, object] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Signature:
    """Sign the version that the signer has before them, by the authority of this very day.

    ``evidence`` comes from the means of a digital signature. Refuses who is not the signer in person, an authority
    that lapsed or has not begun, a version that is not the newest, and a long one whose check is not finished.
    """
    draft = locked(draft)
    if not policies.can_sign(actor, draft):
        raise Forbidden(NOT_YOU)
    assert draft.authority is not None  # noqa: S101 - the policy looked
    refuse_gone_agency(draft.agency, on=local_date(at))
    authority = checked_authority(draft.authority, draft.agency, on=local_date(at))
    if version != draft.version:
        raise Refusal(f"Dự thảo đã có phiên bản {draft.version}. Hãy tải lại trang và xem trước khi ký.")
    signed = close_version(draft, at=at)
    refuse_unchecked(draft, signed, at=at)
    parts = {
        "agency": draft.agency_id,
        "type": draft.document_type.code,
        "urgency": draft.urgency,
        "circulation": draft.circulation,
        "abstract": signed.abstract,
        "addressees": signed.addressees,
        "body": signed.body,
        "appendices": signed.appendices,
        "recipients": list(draft.recipients.order_by("order").values_list("line", flat=True)),
        "signing": [*authority.block, actor.officer.full_name],
    }
    signature = Signature.objects.create(
        draft=draft,
        version=signed,
        authority=authority,
        post=actor.post,
        name=actor.officer.full_name,
        lines=list(authority.block),
        method=method,
        digest=digest(parts),
        evidence=evidence or {},
        signed_at=at,
    )
    notices.settled(draft, at=at)
    enter(draft, Draft.State.SIGNED, holder=None)
    open_to(draft, [draft.agency.audience])
    event = {
        "version": signed.number,
        "authority": authority.get_form_display(),
        "method": signature.get_method_display(),
        "digest": signature.digest,
    }
    record(draft.subject, "draft.signed", actor=actor, at=at, particulars=event)
    notices.waits_for_issue(draft, at=at)
    return signature


@transaction.atomic
def withdraw_signature(draft: Draft, *, reason: str, actor: Actor, at: dt.datetime) -> Draft:
    """Take one's signature back before the document is issued; it waits for the signer again."""
    draft = locked(draft)
    if not policies.can_withdraw_signature(actor, draft):
        raise Forbidden("Chỉ người đã ký rút lại được chữ ký, khi văn bản chưa cấp số.")
    said = nfc(reason).strip()
    if not said:
        raise Refusal("Hãy ghi lý do rút chữ ký.", field="reason")
    signature = draft.signatures.select_for_update().get(withdrawn_at=None)
    signature.withdrawn_at, signature.withdrawn_reason = at, said[:500]
    signature.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    notices.settled(draft, at=at)
    enter(draft, Draft.State.SIGNING, holder=signature.post_id)
    record(draft.subject, "draft.signature_withdrawn", actor=actor, at=at, particulars={"reason": said})
    return draft
