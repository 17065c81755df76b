"""Putting right what was written of an applicant at the counter, and where letters about the case go."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.applicants.models import Applicant
from lienthong.applicants.operations import amend
from lienthong.applicants.particulars import Particulars, checked, email_address, phone_number
from lienthong.applicants.queries import particulars_of
from lienthong.cases import policies
from lienthong.cases.models import Case, CaseReader
from lienthong.cases.operations import writing
from lienthong.cases.operations.receiving import entry_of
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.search.operations import add_body, index_entry

UNCHANGED = "Chưa có thông tin nào thay đổi."


@transaction.atomic
def correct(
    case: Case, said: Particulars, *, phone: str, email: str, reason: str, actor: Actor, at: dt.datetime
) -> Case:
    """Correct who hands in a case, and the telephone and e-mail that letters about it go to; papers issued stay.

    A new name is that of the applicant everywhere. Refuses whoever is not at the case's desk, a case that ended, no
    reason, impossible particulars, a paper of somebody else, and where nothing changes.
    """
    case = writing.locked(case)
    if not policies.can_correct(actor, case):
        raise Forbidden("Chỉ Bộ phận Một cửa đã nhận hồ sơ sửa thông tin người nộp, khi hồ sơ chưa kết thúc.")
    why = writing.said_why(reason)[:500]
    contact = {"contact_phone": _contact(phone, "contact_phone"), "contact_email": _contact(email, "contact_email")}
    changed = [name for name, value in contact.items() if getattr(case, name) != value]
    is_applicant = checked(said, on=local_date(at)) != particulars_of(case.applicant)
    if not changed and not is_applicant:
        raise Refusal(UNCHANGED)
    before = case.applicant.name
    if is_applicant:
        case.applicant = amend(case.applicant, said, reason=why, actor=actor, at=at)
        changed.append("applicant")
    for name, value in contact.items():
        setattr(case, name, value)
    if case.abstract.endswith(f" - {before}"):
        case.abstract = f"{case.abstract.removesuffix(before)}{case.applicant.name}"[:500]
    writing.conclude(case, "corrected", *contact, "abstract", actor=actor, at=at, changed=changed, reason=why)
    if case.applicant.name != before:
        _found_anew(case, case.applicant, at=at)
    return case


def _contact(text: str, field: str) -> str:
    try:
        return phone_number(text) if field == "contact_phone" else email_address(text)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=field) from refusal


def _found_anew(case: Case, applicant: Applicant, *, at: dt.datetime) -> None:
    """Let this case be found by the new name, and the applicant's others that run (a statement for each)."""
    audiences = CaseReader.objects.filter(case=case).values_list("audience", flat=True)
    index_entry(entry_of(case, list(audiences), at=at))
    for other in applicant.cases.filter(status__in=Case.OPEN).exclude(pk=case.pk).only("pk"):
        add_body(other.subject, applicant.name)
