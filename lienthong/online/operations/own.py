"""What an account does with a case of its own; the case's operations check the rest."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.core.files import File
from django.db import transaction

from lienthong.cases import operations as cases
from lienthong.cases.models import Case, Message, Supplement
from lienthong.cases.operations import Given
from lienthong.cases.operations.papers import attach_papers
from lienthong.files.operations import receive
from lienthong.kernel.refusal import Refusal
from lienthong.online.models import Citizen, OwnCase
from lienthong.online.operations.accounts import open_case_to
from lienthong.online.queries.tracking import by_code
from lienthong.payments.models import Charge, Payment
from lienthong.payments.operations.online import begin_online

WRONG = "Không có hồ sơ nào khớp mã và số điện thoại này. Hãy xem lại cả hai trên giấy tiếp nhận."


def prove_case(citizen: Citizen, *, code: str, phone: str, at: dt.datetime) -> Case:
    """Open to an account the case whose code and telephone its holder knows. A wrong pair says nothing of either."""
    case = by_code(code, phone)
    if case is None:
        raise Refusal(WRONG, field="code")
    open_case_to(citizen, case, right=OwnCase.Right.PROVED, at=at)
    return case


def pay(case: Case, *, gateway: str, key: uuid.UUID, at: dt.datetime) -> Payment:
    """Begin to pay all that a case owes, through a gateway. Refuses when nothing is owed."""
    due = list(Charge.objects.of(case.subject).owed().select_related("unit", "agency").order_by("pk"))
    if not due:
        raise Refusal("Hồ sơ này không còn khoản nào phải nộp. Tải lại trang.")
    return begin_online(due, gateway=gateway, key=f"own:{key}", at=at)


@transaction.atomic
def talk(
    case: Case, *, text: str, key: uuid.UUID, files: Sequence[File[bytes]], author: str, at: dt.datetime
) -> Message:  # fmt: skip
    """Write to the office, with files; the caller has let the applicant in. Refuses as ``cases.write_message`` does."""
    kept = [receive(one, name=one.name or "tệp", actor=None, at=at) for one in files]
    return cases.write_message(case, text=text, key=key, files=kept, author=author, actor=None, at=at)


@transaction.atomic
def supply(
    case: Case, *, files: Mapping[str, Sequence[File[bytes]]], text: str, at: dt.datetime
) -> Supplement:  # fmt: skip
    """Bring what was asked for, as files and words; the caller has let the applicant in. The clock runs on.

    Refuses what ``cases.operations.supply`` refuses, a paper that was not asked for, and files that are not taken.
    """
    asked = case.supplements.filter(state=Supplement.State.ASKED).first()
    known = {one["key"] for one in asked.papers} if asked else set()
    if set(files) - known:
        raise Refusal("Có giấy tờ không nằm trong yêu cầu bổ sung. Tải lại trang rồi gửi lại.")
    brought = {key: Given(is_digital=True) for key, some in files.items() if some}
    row = cases.supply(case, papers=brought, text=text, actor=None, at=at)
    kept = {
        key: [receive(one, name=one.name or "tệp", actor=None, at=at) for one in some] for key, some in files.items()
    }
    attach_papers(case, kept, actor=None, at=at)
    return row
