"""What the session of somebody at the citizens' entrance remembers between its pages, and how they come in."""

from __future__ import annotations

import datetime as dt

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from lienthong.online.addresses import Address
from lienthong.online.claims import Identified
from lienthong.online.models import Citizen
from lienthong.online.operations.codes import LASTS, Asked, shown_in_demo

_ASKED, _PROVED, _BACK, _NATIONAL = "citizen_code", "citizen_proved", "citizen_next", "citizen_national"


def sender_of(request: HttpRequest) -> str:
    """Return the network address of who asks."""
    return str(get_adapter().get_client_ip(request))


def remember_code(request: HttpRequest, asked: Asked, address: Address, purpose: str) -> None:
    """Keep the ticket of a code that was sent; the newest takes the place of the one before."""
    request.session[_ASKED] = {
        "ticket": asked.ticket, "address": address.text, "purpose": purpose, "shown": shown_in_demo(asked),
    }  # fmt: skip


def code_asked(request: HttpRequest, purpose: str) -> dict[str, str] | None:
    """Return what was kept of the code that was sent for a purpose."""
    found: dict[str, str] | None = request.session.get(_ASKED)
    return found if found and found["purpose"] == purpose else None


def forget_code(request: HttpRequest) -> None:
    """Forget the ticket: its code was used."""
    request.session.pop(_ASKED, None)


def remember_proved(request: HttpRequest, address: Address, at: dt.datetime) -> None:
    """Keep that an address was just proved, until its holder has said a name."""
    request.session[_PROVED] = {"address": address.text, "at": at.timestamp()}


def proved(request: HttpRequest, at: dt.datetime) -> Address | None:
    """Return the address that was proved within the life of a code."""
    found = request.session.get(_PROVED)
    if not found or at.timestamp() - found["at"] > LASTS.total_seconds():
        return None
    return Address(found["address"])


def remember_national(request: HttpRequest, who: Identified, at: dt.datetime) -> None:
    """Keep whom the national sign-in has proved, until they agree to link their account."""
    request.session[_NATIONAL] = {"who": who.kept(), "at": at.timestamp()}


def national_pending(request: HttpRequest, at: dt.datetime) -> Identified | None:
    """Return whom the national sign-in has proved a little while ago."""
    found = request.session.get(_NATIONAL)
    if not found or at.timestamp() - found["at"] > 2 * LASTS.total_seconds():
        return None
    return Identified(**found["who"])


def forget_national(request: HttpRequest) -> None:
    """Forget whom the national sign-in has proved."""
    request.session.pop(_NATIONAL, None)


def remember_back(request: HttpRequest) -> None:
    """Keep where somebody wanted to go when they were asked to sign in."""
    wanted = request.GET.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        request.session[_BACK] = wanted


def come_in(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Sign in with a new session key, over the second factor where one is set up, and go where they wanted."""
    back = request.session.pop(_BACK, "") or reverse("online:home")
    back = reverse("online:national_link") if _NATIONAL in request.session else back
    for word in (_ASKED, _PROVED):
        request.session.pop(word, None)
    response: HttpResponse = perform_login(request, citizen.user, email_verification="none", redirect_url=back)
    return response
