"""The account: who it is, how it is reached and told, and its end."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from lienthong.online import entrance
from lienthong.online.account_forms import KINDS, ClosingForm, ContactForm, WishForm
from lienthong.online.addresses import Address
from lienthong.online.entrance_forms import CodeForm, NameForm
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.models import OneTimeCode
from lienthong.online.national import provider
from lienthong.online.operations import account as operations
from lienthong.online.operations.codes import prove, send_code
from lienthong.online.queries.account import state_of
from lienthong.ui.answering import told

CHANGE = OneTimeCode.Purpose.CHANGE.value
CLOSED = "Đã đóng tài khoản. Hồ sơ đã nộp vẫn được giải quyết; tra cứu bằng mã hồ sơ và số điện thoại."


@never_cache
@require_safe
@citizens_only
def account(request: CitizenRequest) -> HttpResponse:
    """Everything about the account, with the way to change each."""
    return render(
        request,
        "online/account.html",
        {"citizen": request.citizen, "state": state_of(request.citizen), "provider": provider()},
    )


@citizens_only
def name(request: CitizenRequest) -> HttpResponse:
    """Another name."""
    form = NameForm(request.POST or None, initial={"name": request.citizen.name})
    return answer(
        request, form, lambda: operations.rename(request.citizen, form.cleaned_data["name"]),
        title="Họ và tên", verb="Lưu", word="Đã lưu họ tên.",
    )  # fmt: skip


@citizens_only
def contact(request: CitizenRequest, kind: str) -> HttpResponse:
    """Another telephone or mailbox: a code goes to the new one."""
    if kind not in KINDS:
        raise Http404
    form = ContactForm(request.POST or None, kind=KINDS[kind])

    def act() -> None:
        address = form.cleaned_data["address"]
        asked = send_code(address, purpose=CHANGE, sender=entrance.sender_of(request), at=request.at)
        entrance.remember_code(request, asked, address, CHANGE)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("online:account_contact_code", kind)
    return form_page(request, form, title="Đổi cách liên hệ", verb="Gửi mã", said="Một mã được gửi tới địa chỉ mới.")


@never_cache
@sensitive_post_parameters("code")
@citizens_only
def contact_code(request: CitizenRequest, kind: str) -> HttpResponse:
    """The code that came to the new address."""
    asked = entrance.code_asked(request, CHANGE)
    if asked is None or kind not in KINDS:
        return redirect("online:account")
    form = CodeForm(request.POST or None)

    def act() -> None:
        address = prove(asked["ticket"], form.cleaned_data["code"], purpose=CHANGE, at=request.at)
        entrance.forget_code(request)
        operations.change_contact(request.citizen, address, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã đổi cách liên hệ.")
        return redirect("online:account")
    other = reverse("online:account_contact", args=[kind])
    page = {"form": form, "asked": asked, "masked": Address(asked["address"]).text, "other": other,
            "title": "Nhập mã", "verb": "Xác nhận"}  # fmt: skip
    return render(request, "online/code.html", page, status=422 if form.errors else 200)


@citizens_only
def wish(request: CitizenRequest) -> HttpResponse:
    """How to be told."""
    form = WishForm(request.POST or None, citizen=request.citizen)
    return answer(
        request, form, lambda: operations.be_told(request.citizen, **form.cleaned_data, at=request.at),
        title="Cách báo tin", verb="Lưu", word="Đã lưu cách báo tin.",
        said="Tin về hồ sơ: cần bổ sung, có kết quả, nộp tiền. Mã đăng nhập thì luôn được gửi.",
    )  # fmt: skip


@citizens_only
def closing(request: CitizenRequest) -> HttpResponse:
    """The end of the account."""
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and told(form, lambda: operations.close_account(request.citizen)):
        logout(request)
        messages.success(request, CLOSED)
        return redirect("online:home")
    said = "Bản nháp chưa nộp bị xóa. Hồ sơ đã nộp vẫn được giải quyết tại cơ quan, tra cứu bằng mã hồ sơ."
    return form_page(request, form, title="Đóng tài khoản", verb="Đóng tài khoản", said=said, tone="danger")


def answer(
    request: CitizenRequest, form: forms.Form, act: Callable[[], object], *, title: str, verb: str, word: str,
    said: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form of the account; do what it says once it is right, and go back to the account with a word."""
    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, word)
        return redirect("online:account")
    return form_page(request, form, title=title, verb=verb, said=said)


def form_page(
    request: CitizenRequest, form: forms.Form, *, title: str, verb: str, said: str = "", tone: str = "main"
) -> HttpResponse:
    """Return the page of a form of the account."""
    page = {"form": form, "title": title, "verb": verb, "said": said, "tone": tone}
    return render(request, "online/account_form.html", page, status=422 if form.errors else 200)
