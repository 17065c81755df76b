"""An account comes into being, and cases are opened to it."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import IntegrityError, transaction

from lienthong.cases.models import Case
from lienthong.identity.models import User
from lienthong.kernel.refusal import Refusal
from lienthong.online.models import Citizen, OwnCase


@transaction.atomic
def open_account(
    *, phone: str = "", email: str = "", name: str = "", is_demo: bool = False, at: dt.datetime
) -> Citizen:  # fmt: skip
    """Open an account for a telephone number or an address that was just proved; a known one is that account.

    ``phone`` is digits alone; ``is_demo`` marks an invented person. Refuses when neither is given.
    """
    if not phone and not email:
        raise Refusal("Hãy ghi số điện thoại hoặc thư điện tử.", field="phone")
    known = Citizen.objects.of(phone=phone, email=email)
    try:
        return known or _opened(phone, email, name, is_demo=is_demo, at=at)
    except IntegrityError:  # the same address was proved twice at the same moment
        return Citizen.objects.of(phone=phone, email=email) or _opened(phone, email, name, is_demo=is_demo, at=at)


@transaction.atomic
def _opened(phone: str, email: str, name: str, *, is_demo: bool, at: dt.datetime) -> Citizen:
    """The user bears no e-mail and no password: no page of the officers' entrance can find or open it."""
    user = User(username=f"cd-{secrets.token_hex(8)}", is_demo=is_demo)
    user.set_unusable_password()
    user.save(force_insert=True)
    return Citizen.objects.create(user=user, phone=phone, email=email, name=name[:150], opened_at=at)


def open_case_to(citizen: Citizen, case: Case, *, right: str, at: dt.datetime) -> OwnCase:
    """Open a case to an account; twice is once. The caller has proved the right."""
    row, _ = OwnCase.objects.get_or_create(citizen=citizen, case=case, defaults={"right": right, "since": at})
    return row
