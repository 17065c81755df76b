"""Officers: entering them and keeping what is known of them right."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from lienthong.identity.models import User
from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import fold, sort_key
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer
from lienthong.organisation.policies import require_administrator
from lienthong.organisation.rules import required, short_enough


@transaction.atomic
def add_officer(
    *,
    full_name: str,
    email: str = "",
    phone: str = "",
    staff_code: str = "",
    user: User | None = None,
    actor: Actor | None,
    at: dt.datetime,
) -> Officer:
    """Enter a person who works here; refuses a staff code that somebody else has."""
    require_administrator(actor)
    officer = Officer(user=user)
    _fill(officer, full_name=full_name, email=email, phone=phone, staff_code=staff_code)
    officer.save(force_insert=True)
    told = {"full_name": officer.full_name}
    record(Subject("officer", officer.pk), "officer.added", actor=actor, at=at, particulars=told, is_new=True)
    return officer


@transaction.atomic
def amend_officer(
    officer: Officer,
    *,
    full_name: str,
    email: str,
    phone: str,
    staff_code: str,
    actor: Actor | None,
    at: dt.datetime,
) -> Officer:
    """Correct a person's name or how to reach them; nothing changed, nothing recorded."""
    require_administrator(actor)
    officer = Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    fields = ("full_name", "email", "phone", "staff_code")
    before = {name: getattr(officer, name) for name in fields}
    _fill(officer, full_name=full_name, email=email, phone=phone, staff_code=staff_code)
    changed = {
        name: [before[name], getattr(officer, name)] for name in fields if before[name] != getattr(officer, name)
    }
    if changed:
        officer.save(update_fields=[*fields, "sort_name", "folded_name"])
        record(Subject("officer", officer.pk), "officer.amended", actor=actor, at=at, particulars={"changed": changed})
    return officer


def _fill(officer: Officer, *, full_name: str, email: str, phone: str, staff_code: str) -> None:
    officer.full_name = required(full_name, what="họ và tên", field="full_name", longest=100)
    officer.sort_name = name_key(officer.full_name)
    officer.folded_name = fold(officer.full_name)
    officer.email = email.strip().lower()
    officer.phone = short_enough(phone, what="số điện thoại", field="phone", longest=20)
    officer.staff_code = short_enough(staff_code, what="mã cán bộ", field="staff_code", longest=30)
    if officer.email:
        try:
            validate_email(officer.email)
        except ValidationError:
            raise Refusal(
                f"“{email}” không phải địa chỉ thư điện tử. Hãy nhập dạng ten@donvi.gov.vn.", field="email"
            ) from None
    twin = Officer.objects.filter(staff_code=officer.staff_code).exclude(pk=officer.pk).first()
    if officer.staff_code and twin is not None:
        raise Refusal(f"Mã {officer.staff_code} là của {twin}. Hãy nhập mã khác.", field="staff_code")


def name_key(full_name: str) -> str:
    """Return the key by which Vietnamese lists are ordered: given name first, then family and middle names."""
    *before, given = full_name.split()
    return sort_key(" ".join([given, *before]))
