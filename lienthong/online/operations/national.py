"""The national sign-in and accounts: linked with consent, and what it opens."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from lienthong.applicants.models import Applicant, IdentityPaper
from lienthong.applicants.operations import enter
from lienthong.applicants.particulars import Particulars
from lienthong.cases.models import Case
from lienthong.kernel.refusal import Refusal
from lienthong.online.claims import Identified
from lienthong.online.models import Citizen, NationalIdentity, OwnCase

KINDS = (IdentityPaper.Kind.CCCD, IdentityPaper.Kind.CMND)
OTHER = "Tài khoản này đã liên kết với một người khác. Hãy đăng xuất rồi đăng nhập bằng số điện thoại của bạn."
TAKEN = "Định danh này đã liên kết với một tài khoản khác. Hãy đăng nhập bằng định danh để vào tài khoản đó."


@transaction.atomic
def link(citizen: Citizen, who: Identified, *, at: dt.datetime) -> Citizen:
    """Link an account to the person whom the national sign-in has proved; the caller has their consent.

    The account bears the proved name from now on, and the cases of that very identity number open. Refuses an account
    of somebody else, and a person who has an account already.
    """
    row = Citizen.objects.select_for_update(of=("self",)).get(pk=citizen.pk)
    own = NationalIdentity.objects.filter(citizen=row).first()
    if own is not None and (own.issuer, own.subject) != (who.issuer, who.subject):
        raise Refusal(OTHER)
    theirs = NationalIdentity.objects.filter(Q(issuer=who.issuer, subject=who.subject) | Q(number=who.number))
    if theirs.exclude(citizen=row).exists():
        raise Refusal(TAKEN)
    NationalIdentity.objects.update_or_create(
        citizen=row,
        defaults=who.kept() | {"seen_at": at},
        create_defaults=who.kept() | {"linked_at": at, "seen_at": at},
    )
    _know(row, who, at)
    return row


@transaction.atomic
def recognise(who: Identified, *, at: dt.datetime) -> Citizen | None:
    """Return the account that is linked to a person who just proved themselves, with their newest cases open."""
    found = NationalIdentity.objects.select_for_update(of=("self",)).filter(issuer=who.issuer, subject=who.subject)
    row = found.select_related("citizen__user").first()
    if row is None:
        return None
    if row.number != who.number:
        raise Refusal("Số định danh đã đổi so với lần trước. Hãy mang giấy tờ đến Bộ phận Một cửa để được hỗ trợ.")
    row.name, row.birth, row.seen_at = who.name, who.birth, at
    row.save(update_fields=["name", "birth", "seen_at"])
    _know(row.citizen, who, at)
    return row.citizen


@transaction.atomic
def unlink(citizen: Citizen) -> None:
    """End the link: cases that it opened close to the account, those handed in or proved stay."""
    NationalIdentity.objects.filter(citizen=citizen).delete()
    OwnCase.objects.filter(citizen=citizen, right=OwnCase.Right.NATIONAL).delete()
    citizen.assurance, citizen.applicant = Citizen.Assurance.DECLARED, None
    citizen.save(update_fields=["assurance", "applicant"])


def _know(citizen: Citizen, who: Identified, at: dt.datetime) -> None:
    applicants = _applicants(who.number)
    citizen.applicant = applicants[0] if applicants else _entered(who, at)
    citizen.name, citizen.assurance = who.name, Citizen.Assurance.NATIONAL
    citizen.save(update_fields=["applicant", "name", "assurance"])
    cases = Case.objects.filter(applicant__in=applicants).values_list("pk", flat=True)
    rows = [OwnCase(citizen=citizen, case_id=pk, right=OwnCase.Right.NATIONAL, since=at) for pk in cases]
    OwnCase.objects.bulk_create(rows, ignore_conflicts=True)


def _applicants(number: str) -> list[Applicant]:
    """Return who holds the very number now, the one that stands first, then those that were merged into them."""
    held = IdentityPaper.objects.filter(kind__in=KINDS, number=number, valid_to=None).order_by("pk")
    known = [one.applicant.merged_into or one.applicant for one in held.select_related("applicant__merged_into")]
    citizens = list(dict.fromkeys(one for one in known if one.kind == Applicant.Kind.CITIZEN))
    return [*citizens, *Applicant.objects.filter(merged_into__in=citizens)] if citizens else []


def _entered(who: Identified, at: dt.datetime) -> Applicant:
    kind = IdentityPaper.Kind.CCCD if len(who.number) == 12 else IdentityPaper.Kind.CMND
    birth = "/".join(reversed(who.birth.split("-")))
    said = Particulars("citizen", who.name, birth=birth, paper_kind=kind.value, paper_number=who.number)
    return enter(said, actor=None, at=at)
