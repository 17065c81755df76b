"""An account comes into being, and cases are opened to it."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from lienthong.cases.models import Case
from lienthong.identity.models import User
from lienthong.kernel.refusal import Refusal
from lienthong.online.models import Citizen, OwnCase


@transaction.atomic
def open_account(*, phone: str = "", email: str = "", name: str = "", at: dt.datetime) -> Citizen:
    """Open an account for a telephone number or an address that was just proved; a known one is that account.

    ``phone`` is digits alone. Refuses when neither is given.
    """
    if not phone and not email:
        raise Refusal("Hãy ghi số điện thoại hoặc thư điện tử.", field="phone")
    known = Citizen.objects.filter(phone=phone).first() if phone else Citizen.objects.filter(email=email).first()
    if known is not None:
        return known
    user = User(username=f"cd-{secrets.token_hex(8)}", email=email)
    user.set_unusable_password()
    user.save(force_insert=True)
    return Citizen.objects.create(user=user, phone=phone, email=email, name=name[:150], opened_at=at)


def open_case_to(citizen: Citizen, case: Case, *, right: str, at: dt.datetime) -> OwnCase:
    """Open a case to an account; twice is once. The caller has proved the right."""
    row, _ = OwnCase.objects.get_or_create(citizen=citizen, case=case, defaults={"right": right, "since": at})
    return row
