"""The marks on a paper: how urgent it is, and how far it may go (NĐ 30/2020 Điều 8, Phụ lục I)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.documents.models import IncomingDocument
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.outgoing import policies
from lienthong.outgoing.models import Draft
from lienthong.outgoing.models.draft import Circulation
from lienthong.outgoing.operations.drafting import NOT_YOURS, copy_version, is_reviewer
from lienthong.outgoing.operations.readers import locked


@transaction.atomic
def set_marks(draft: Draft, *, urgency: str, circulation: str, actor: Actor, at: dt.datetime) -> Draft:
    """Set the urgency and the circulation of a draft that is in one's hands, as a version of its own.

    So who signs or reviews sees that the paper changed. Refuses who may not write now, and marks that there are not.
    The same marks again change nothing.
    """
    draft = locked(draft)
    if not policies.can_write(actor, draft, reviews=is_reviewer(draft, actor)):
        raise Forbidden(NOT_YOURS)
    if urgency not in IncomingDocument.Urgency.values:
        raise Refusal("Hãy chọn độ khẩn trong danh sách.", field="urgency")
    if circulation and circulation not in Circulation.values:
        raise Refusal("Hãy chọn chỉ dẫn phạm vi lưu hành trong danh sách.", field="circulation")
    if (urgency, circulation) == (draft.urgency, draft.circulation):
        return draft
    draft.urgency, draft.circulation = urgency, circulation
    said = f"Độ khẩn: {draft.get_urgency_display().lower()}; lưu hành: {circulation or 'không ghi'}"
    version = copy_version(draft, note=said, actor=actor, at=at)
    draft.save(update_fields=["urgency", "circulation", "version"])
    event = {"urgency": draft.get_urgency_display(), "circulation": circulation, "version": version.number}
    record(draft.subject, "draft.marked", actor=actor, at=at, particulars=event)
    return draft
