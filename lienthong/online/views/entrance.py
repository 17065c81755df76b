"""The citizens' entrance: an address, the code sent to it, the first time a name; and where they arrive."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from lienthong.online import entrance
from lienthong.online.addresses import Address
from lienthong.online.entrance_forms import AddressForm, CodeForm, NameForm
from lienthong.online.models import OneTimeCode
from lienthong.online.national import provider
from lienthong.online.operations import open_account
from lienthong.online.operations.codes import prove, send_code
from lienthong.online.queries.account import account_at, account_of
from lienthong.online.views.tracking import moment_of
from lienthong.ui.answering import told
from lienthong.ui.posting import posts_only

SIGN_IN = OneTimeCode.Purpose.SIGN_IN.value
LATE = "Đã quá lâu kể từ lúc xác nhận. Hãy xin mã khác."


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where citizens arrive: find a procedure, look up a case, their own cases."""
    return render(request, "online/home.html", {"citizen": account_of(request.user.pk)})


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Type a telephone or a mailbox; the answer is the same whether it has an account or not."""
    if request.user.is_authenticated:
        return redirect("online:home")
    entrance.remember_back(request)
    form = AddressForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and told(form, lambda: _send(request, form.cleaned_data["address"]))
    ):
        return redirect("online:code")
    return render(
        request, "online/sign_in.html", {"form": form, "provider": provider()}, status=422 if form.errors else 200
    )


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """Type the code; who is known comes in, who is not is asked for a name."""
    asked = entrance.code_asked(request, SIGN_IN)
    if asked is None:
        return redirect("online:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and told(form, lambda: _prove(request, form.cleaned_data["code"])):
        return _in(request)
    page = {
        "form": form, "asked": asked, "masked": Address(asked["address"]).masked, "title": "Nhập mã",
        "verb": "Đăng nhập", "again": reverse("online:another_code"), "other": reverse("online:sign_in"),
    }  # fmt: skip
    return render(request, "online/code.html", page, status=422 if form.errors else 200)


@posts_only("online:sign_in")
def another_code(request: HttpRequest) -> HttpResponse:
    """Send another code to the same address."""
    asked = entrance.code_asked(request, SIGN_IN)
    form = AddressForm({"address": asked["address"] if asked else ""})
    if form.is_valid() and told(form, lambda: _send(request, form.cleaned_data["address"])):
        messages.success(request, "Đã gửi mã khác. Hãy dùng mã trong tin mới nhất.")
    else:
        messages.error(request, " ".join(str(one) for one in form.errors.get("address", [])))
    return redirect("online:code")


@never_cache
def name(request: HttpRequest) -> HttpResponse:
    """The first time: say a name, and the account is opened."""
    address = entrance.proved(request, moment_of(request))
    if address is None:
        messages.error(request, LATE)
        return redirect("online:sign_in")
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = " ".join(form.cleaned_data["name"].split())
        return entrance.come_in(
            request, open_account(phone=address.phone, email=address.email, name=said, at=moment_of(request))
        )
    return render(request, "online/name.html", {"form": form, "address": address}, status=422 if form.errors else 200)


@posts_only("online:home")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave this browser."""
    logout(request)
    messages.success(request, "Đã đăng xuất.")
    return redirect("online:home")


def _send(request: HttpRequest, address: Address) -> None:
    asked = send_code(address, purpose=SIGN_IN, sender=entrance.sender_of(request), at=moment_of(request))
    entrance.remember_code(request, asked, address, SIGN_IN)


def _prove(request: HttpRequest, typed: str) -> None:
    asked = entrance.code_asked(request, SIGN_IN) or {"ticket": ""}
    address = prove(asked["ticket"], typed, purpose=SIGN_IN, at=moment_of(request))
    entrance.forget_code(request)
    entrance.remember_proved(request, address, moment_of(request))


def _in(request: HttpRequest) -> HttpResponse:
    address = entrance.proved(request, moment_of(request))
    assert address is not None  # noqa: S101 - just proved
    known = account_at(address)
    return entrance.come_in(request, known) if known else redirect("online:name")
