"""The thread between applicant and office: written, taken back until it is read, read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from lienthong.cases import following, letters, notices, policies
from lienthong.cases.models import Case, Message
from lienthong.cases.operations import writing
from lienthong.files.models import StoredFile
from lienthong.files.operations import attach
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.operations import clear
from lienthong.organisation.actor import Actor

LONGEST = 4000
MOST_FILES = 5
MOST_UNREAD = 10
"""Messages of an applicant that may lie unread; more would help nobody."""
NOT_YOURS = "Chỉ Bộ phận Một cửa đã nhận hồ sơ và người đang giữ hồ sơ nhắn tin với người nộp."


@transaction.atomic
def write_message(
    case: Case,
    *,
    text: str,
    key: uuid.UUID,
    files: Sequence[StoredFile] = (),
    author: str = "",
    actor: Actor | None,
    at: dt.datetime,
) -> Message:
    """Write to the other side, who is told; ``actor`` None: the applicant, under the name ``author``.

    The same key again is the same message. Refuses: who is neither at the desk nor holds the case; a case that ended;
    nothing said; too long, too many files, too many messages that nobody has read.
    """
    case = writing.locked(case)
    if actor is not None and not policies.can_talk(actor, case):
        raise Forbidden(NOT_YOURS)
    known = Message.objects.filter(key=key, case=case).first()
    if known is not None:
        return known
    said = text.replace("\x00", "").strip()
    _look_at(case, said, files, is_office=actor is not None)
    row = Message.objects.create(
        case=case,
        key=key,
        by_office=actor is not None,
        unit=actor.post.unit if actor else None,
        post=actor.post if actor else None,
        officer=actor.officer if actor else None,
        author=author[:150],
        text=said,
        at=at,
    )
    for file in files:
        attach(file, row.subject, actor=actor, at=at, tell=False)
    record(case.subject, "case.talked", actor=actor, at=at, particulars={"files": len(files)} if files else {})
    if actor is None:
        notices.talked(case, at=at)
    else:
        following.tell("talked", case, actor=actor, at=at)
    return row


def _look_at(case: Case, said: str, files: Sequence[StoredFile], *, is_office: bool) -> None:
    if case.is_ended:
        raise Refusal("Hồ sơ đã kết thúc nên không nhắn tin thêm. Có điều chưa rõ thì gửi phản ánh, kiến nghị.")
    if not said:
        raise Refusal("Hãy ghi nội dung tin nhắn.", field="text")
    if len(said) > LONGEST:
        raise Refusal(f"Tin nhắn dài quá {LONGEST} chữ cái. Hãy viết gọn lại, hoặc gửi kèm tệp.", field="text")
    if len(files) > MOST_FILES:
        raise Refusal(f"Mỗi tin nhắn kèm nhiều nhất {MOST_FILES} tệp.", field="attached")
    waiting = not is_office and case.messages.unread_by(office=True).count() >= MOST_UNREAD
    if waiting:
        raise Refusal(f"Đã có {MOST_UNREAD} tin nhắn chưa được xem. Hãy đợi trả lời, hoặc gọi nơi nhận hồ sơ.")


@transaction.atomic
def take_back_message(case: Case, pk: int, *, actor: Actor | None, at: dt.datetime) -> None:
    """Take a message back that the other side has not opened, and the letter about it that has not left yet.

    Refuses another's, and one that was read.
    """
    row = case.messages.standing().select_for_update().filter(pk=pk, by_office=actor is not None).first()
    if row is None or (actor is not None and row.officer_id != actor.officer.pk):
        raise Refusal("Không có tin nhắn này, hoặc tin nhắn là của người khác.")
    if row.read_at is not None:
        raise Refusal("Bên kia đã xem tin nhắn nên không thu hồi được nữa.")
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])
    record(case.subject, "case.talk_taken_back", actor=actor, at=at)
    if actor is not None:
        letters.untalk(case, row.pk)
    elif not case.messages.unread_by(office=True).exists():
        clear(case.subject, [notices.TALKED], at=at)


def read_messages(case: Case, *, actor: Actor | None, at: dt.datetime) -> int:
    """Note that this side has opened the thread; return how many were new. Who may not answer leaves no mark."""
    if actor is not None and not policies.can_talk(actor, case):
        return 0
    unread = case.messages.unread_by(office=actor is not None)
    found = unread.update(read_at=at, read_by=actor.officer if actor else None)
    if found and actor is not None:
        clear(case.subject, [notices.TALKED], at=at)
    return found
