"""What the page of an account shows beside the account itself."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from lienthong.notifications.models import ContactWish
from lienthong.online.addresses import Address
from lienthong.online.models import Citizen


@dataclass(frozen=True, slots=True)
class State:
    """Tình trạng tài khoản: by which ways it is told, how many browsers are signed in, its second factor."""

    phone_way: str
    email_way: str
    sessions: int
    has_factor: bool


def state_of(citizen: Citizen) -> State:
    """Return what hangs on an account."""
    ways = ways_of(citizen)
    return State(
        phone_way=ContactWish.Way(ways.get(citizen.phone, "sms")).label,
        email_way=ContactWish.Way(ways.get(citizen.email, "email")).label,
        sessions=UserSession.objects.filter(user_id=citizen.user_id).count(),
        has_factor=factor_of(citizen) is not None,
    )


def factor_of(citizen: Citizen) -> Authenticator | None:
    """Return the second factor of an account: an app that makes codes."""
    return Authenticator.objects.filter(user_id=citizen.user_id, type=Authenticator.Type.TOTP).first()


def sessions_of(citizen: Citizen, current: str) -> list[UserSession]:
    """Return the browsers that are signed in, this one first."""
    rows = UserSession.objects.filter(user_id=citizen.user_id).order_by("-created_at")
    return sorted(rows, key=lambda one: one.session_key != current)


def ways_of(citizen: Citizen) -> dict[str, str]:
    """Return by which way each address of an account wants to be told, where its holder said one."""
    rows = ContactWish.objects.filter(address__in=[citizen.phone, citizen.email])
    return dict(rows.values_list("address", "way"))


def account_at(address: Address) -> Citizen | None:
    """Return the account of a proved address."""
    return Citizen.objects.select_related("user").of(phone=address.phone, email=address.email)


def account_of(user_pk: int | None) -> Citizen | None:
    """Return the account of whoever is signed in, where it is a citizen's."""
    return Citizen.objects.filter(user_id=user_pk).first() if user_pk else None
