"""To whom a draft will go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.vietnamese import nfc
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.outgoing import policies
from lienthong.outgoing.models import Draft, Recipient
from lienthong.outgoing.operations.readers import locked

Way = Recipient.Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of Nơi nhận as somebody enters it."""

    line: str
    way: str
    unit: Unit | None = None
    post: Post | None = None
    address: str = ""
    email: str = ""
    copies: int = 1


@transaction.atomic
def set_recipients(draft: Draft, lines: Sequence[Line], *, actor: Actor, at: dt.datetime) -> list[Recipient]:
    """Write the whole list of recipients anew, in its order.

    Refuses who does not write the draft; an empty line; a unit that no longer exists, has no books of its own (on the
    system) or stands twice; somebody inside who is of another agency; post without address, e-mail without address.
    """
    draft = locked(draft)
    if not policies.can_put_up(actor, draft):
        raise Forbidden("Chỉ người soạn thảo sửa được nơi nhận, khi dự thảo chưa trình.")
    for line in lines:
        _check(line, draft, on=local_date(at))
    sent = [line.unit.pk for line in lines if line.unit and line.way in (Way.SYSTEM, Way.INSIDE)]
    if len(sent) != len(set(sent)):
        raise Refusal("Một đơn vị đứng hai lần trong nơi nhận.", field="recipients")
    draft.recipients.all().delete()
    made = Recipient.objects.bulk_create(
        Recipient(
            draft=draft,
            order=order,
            line=" ".join(nfc(line.line).split()),
            way=line.way,
            unit=line.unit,
            post=line.post,
            address=line.address.strip(),
            email=line.email.strip(),
            copies=line.copies,
        )
        for order, line in enumerate(lines, start=1)
    )
    event = {"recipients": [one.line for one in made if one.way != Way.FILE]}
    record(draft.subject, "draft.recipients_set", actor=actor, at=at, particulars=event)
    return made


def _check(line: Line, draft: Draft, *, on: dt.date) -> None:
    name = " ".join(line.line.split())
    if not name or len(name) > 300:
        raise Refusal("Mỗi dòng nơi nhận cần có tên (không quá 300 chữ).", field="recipients")
    if line.way not in Way.values:
        raise Refusal(f"Hãy chọn cách gửi cho “{name}”.", field="recipients")
    if not 1 <= line.copies <= 999:
        raise Refusal(f"Số bản gửi “{name}” từ 1 đến 999.", field="recipients")
    if line.way == Way.SYSTEM:
        _check_agency(line.unit, draft, name, on)
    if line.way == Way.INSIDE:
        unit = line.post.unit if line.post else line.unit
        if unit is None or unit.agency_id != draft.agency_id:
            raise Refusal(f"“{name}” không thuộc {draft.agency}. Hãy chọn cách gửi khác.", field="recipients")
    if line.way == Way.POST and not line.address.strip():
        raise Refusal(f"Gửi bưu điện cho “{name}” cần địa chỉ.", field="recipients")
    if line.way == Way.EMAIL:
        try:
            validate_email(line.email.strip())
        except ValidationError:
            raise Refusal(f"Địa chỉ thư điện tử của “{name}” chưa đúng.", field="recipients") from None


def _check_agency(unit: Unit | None, draft: Draft, name: str, on: dt.date) -> None:
    if unit is None or not unit.is_agency or unit.is_external:
        raise Refusal(f"“{name}” không nhận văn bản trên hệ thống. Hãy chọn cách gửi khác.", field="recipients")
    if unit.valid_to is not None and unit.valid_to <= on:
        raise Refusal(
            f"{unit} đã thôi hoạt động từ {unit.valid_to:%d/%m/%Y}. Hãy chọn đơn vị kế thừa.", field="recipients"
        )
    if unit.pk == draft.agency_id:
        raise Refusal(f"{unit} là cơ quan ban hành. Hãy ghi từng đơn vị trong cơ quan.", field="recipients")
