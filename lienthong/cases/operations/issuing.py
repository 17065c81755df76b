"""Papers that leave the house are written down as they were first printed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.cases import policies
from lienthong.cases.models import Case, IssuedPaper
from lienthong.cases.operations import writing
from lienthong.cases.papers import forms
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.ui.formats import moment

SAID = ("lines", "after", "right_name")
"""What may have been mistaken on a receipt; the papers handed in stay those of the day."""


@transaction.atomic
def issue(case: Case, form: str, number: int = 1, *, actor: Actor | None, at: dt.datetime) -> IssuedPaper | None:
    """Return mẫu số 01 to 04 of a case as it was last made out; the first time its words are kept.

    None where a case has no such paper. Two who print it first at once keep the same words. ``actor`` is None where the
    applicant's own doing makes it due; it stands then under whoever received the case.
    """
    found = _newest(case, form, number)
    if found is not None:
        return found
    words = forms.written(case, form, number)
    if words is None:
        return None
    first = {"words": words, "at": at, "by": actor.post if actor else case.received_by}
    row, _ = IssuedPaper.objects.get_or_create(case=case, form=form, number=number, issue=1, defaults=first)
    return row


@transaction.atomic
def issue_receipt_anew(case: Case, *, actor: Actor, at: dt.datetime) -> IssuedPaper:
    """Make out a receipt again after a mistake in what it says was corrected; the former one stays on file.

    Refuses: who is not at the desk that received the case; a receipt that nobody printed yet; nothing changed.
    """
    case = writing.locked(case)
    if not policies.at_the_desk(actor, case):
        raise Forbidden("Chỉ Bộ phận Một cửa đã nhận hồ sơ lập lại giấy tiếp nhận.")
    former = _newest(case, IssuedPaper.Form.RECEIPT, 1)
    if former is None:
        raise Refusal("Giấy tiếp nhận này chưa in lần nào. Bấm in giấy tiếp nhận là giấy mang thông tin hiện nay.")
    words = forms.receipt(case)
    if all(words[key] == former.words[key] for key in SAID):
        raise Refusal("Thông tin trên giấy tiếp nhận không thay đổi. Hãy in lại giấy đã lập.")
    words |= {"rows": former.words["rows"], "ends": [*words["ends"], _instead(former, at)]}
    row = IssuedPaper.objects.create(
        case=case, form=former.form, number=1, issue=former.issue + 1, words=words, at=at, by=actor.post
    )
    record(case.subject, "case.receipt_anew", actor=actor, at=at, particulars={"issue": row.issue})
    return row


def _newest(case: Case, form: str, number: int) -> IssuedPaper | None:
    return IssuedPaper.objects.filter(case=case, form=form, number=number).order_by("-issue").first()


def _instead(former: IssuedPaper, at: dt.datetime) -> str:
    return f"Lập lại {moment(at)}, thay giấy lập {moment(former.at)}."
