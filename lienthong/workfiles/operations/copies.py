"""Giving the kept copy of a document to somebody to use, and taking it back (NĐ 30/2020 Điều 19)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.organisation.rules import required, short_enough
from lienthong.outgoing.models import OutgoingDocument
from lienthong.workfiles import policies
from lienthong.workfiles.models import CopyUse, Filing


@transaction.atomic
def give_copy(
    document: OutgoingDocument,
    *,
    user: Post | str,
    allowed_by: Post,
    note: str = "",
    given_on: dt.date | None = None,
    actor: Actor,
    at: dt.datetime,
) -> CopyUse:
    """Give the kept copy of a document to a post of the agency or to somebody named.

    Refuses who does not keep the copies, a day to come or before the document, a leave from outside the agency, and a
    copy that is in somebody's hands.
    """
    document = OutgoingDocument.objects.select_for_update(of=("self",)).select_related("draft").get(pk=document.pk)
    if not policies.can_give_copy(actor, document):
        raise Forbidden("Chỉ văn thư, lưu trữ của cơ quan ban hành cho sử dụng bản lưu.")
    day = given_on or local_date(at)
    if not document.issue_date <= day <= local_date(at):
        raise Refusal("Ngày sử dụng phải từ ngày văn bản đến hôm nay.", field="given_on")
    if allowed_by.unit.agency_id != document.agency_id:
        raise Refusal("Người cho phép phải thuộc cơ quan này.", field="allowed_by")
    if isinstance(user, Post) and user.unit.agency_id != document.agency_id:
        raise Refusal("Người ngoài cơ quan thì ghi họ tên, đơn vị vào ô bên dưới.", field="user")
    held = CopyUse.objects.filter(document=document, returned_on=None).first()
    if held is not None:
        raise Refusal(
            f"{held.user_name} đang sử dụng bản lưu {document.symbol} từ ngày {held.given_on:%d/%m/%Y}. "
            "Hãy nhận lại trước.",
            field="symbol",
        )
    name = user.officer.full_name if isinstance(user, Post) else user
    use = CopyUse.objects.create(
        agency_id=document.agency_id,
        document=document,
        user=user if isinstance(user, Post) else None,
        user_name=required(name, what="họ tên người sử dụng", field="user_name", longest=200),
        file_code=_file_code(document),
        allowed_by=allowed_by,
        note=short_enough(note, what="ghi chú", field="note", longest=300),
        given_on=day,
        given_at=at,
        given_by=actor.post,
    )
    event = {"user": use.user_name, "allowed_by": allowed_by.officer.full_name}
    record(
        document.subject,
        "kept_copy.given",
        actor=actor,
        at=at,
        particulars=event,
        thread=document.draft.subject,
    )
    return use


@transaction.atomic
def take_copy_back(use: CopyUse, *, returned_on: dt.date | None = None, actor: Actor, at: dt.datetime) -> CopyUse:
    """Note that a kept copy came back. Refuses a second time, a day to come or before it was given."""
    use = CopyUse.objects.select_for_update(of=("self",)).select_related("document__draft").get(pk=use.pk)
    if not policies.can_give_copy(actor, use.document):
        raise Forbidden("Chỉ văn thư, lưu trữ của cơ quan ban hành nhận lại bản lưu.")
    if use.returned_on is not None:
        raise Refusal(f"Bản lưu này đã trả ngày {use.returned_on:%d/%m/%Y}.")
    day = returned_on or local_date(at)
    if not use.given_on <= day <= local_date(at):
        raise Refusal("Ngày trả phải từ ngày sử dụng đến hôm nay.", field="returned_on")
    use.returned_on, use.returned_to = day, actor.post
    use.save(update_fields=["returned_on", "returned_to"])
    document = use.document
    event = {"user": use.user_name}
    record(
        document.subject,
        "kept_copy.returned",
        actor=actor,
        at=at,
        particulars=event,
        thread=document.draft.subject,
    )
    return use


def _file_code(document: OutgoingDocument) -> str:
    lying = Filing.objects.filter(subject_kind="outgoing", subject_id=document.pk, removed_at=None)
    codes = lying.order_by("file__code").values_list("file__code", flat=True)
    return ", ".join(codes)[:60]
