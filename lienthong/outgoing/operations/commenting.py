"""Remarks on a draft."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.vietnamese import nfc
from lienthong.organisation.actor import Actor
from lienthong.outgoing import notices, policies
from lienthong.outgoing.models import Draft, DraftComment
from lienthong.outgoing.operations.readers import locked
from lienthong.outgoing.paragraphs import paragraphs


@transaction.atomic
def comment(draft: Draft, *, text: str, line: int | None = None, actor: Actor, at: dt.datetime) -> DraftComment:
    """Remark on the newest version, on one paragraph (from 1) or the whole.

    Refuses an empty remark, and a paragraph that the newest version does not have.
    """
    draft = locked(draft)
    if not policies.can_comment(actor, draft):
        raise Forbidden("Dự thảo đã ký hoặc đã bỏ, không góp ý được nữa.")
    text = nfc(text).strip()
    if not text or len(text) > 4000:
        raise Refusal("Hãy ghi góp ý (không quá 4.000 chữ).", field="text")
    version = draft.versions.get(number=draft.version)
    number_of = len(paragraphs(version.body))
    if line is not None and not 1 <= line <= number_of:
        raise Refusal(f"Phiên bản {version.number} có {number_of} đoạn. Hãy chọn lại đoạn.", field="line")
    made = DraftComment.objects.create(version=version, post=actor.post, line=line, text=text, at=at)
    record(draft.subject, "draft.commented", actor=actor, at=at, particulars={"text": text, "line": line})
    notices.remarked(draft, text, by=actor.post, at=at)
    return made


@transaction.atomic
def resolve(remark: DraftComment, *, actor: Actor, at: dt.datetime) -> DraftComment:
    """Say that a remark was dealt with: its author, or who writes the draft. Again changes nothing."""
    draft = locked(remark.version.draft)
    remark = DraftComment.objects.select_for_update().get(pk=remark.pk)
    if actor.post.pk not in (remark.post_id, draft.author_id) and actor.post.unit_id != draft.unit_id:
        raise Forbidden("Chỉ người góp ý hoặc người soạn thảo đánh dấu đã xử lý được.")
    if remark.resolved_at is None:
        remark.resolved_at, remark.resolved_by = at, actor.post
        remark.save(update_fields=["resolved_at", "resolved_by"])
        record(draft.subject, "draft.remark_resolved", actor=actor, at=at, particulars={"text": remark.text[:200]})
    return remark
