"""One's own account; accepting an invitation; and the demo's change of role."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lienthong.administration.forms import PasswordForm
from lienthong.administration.templatetags.sessions import browser_name
from lienthong.administration.views.officers import person_page
from lienthong.identity.operations import accept, begin_session, end_session, end_sessions, require_demo_user
from lienthong.identity.operations.invitation import open_letter
from lienthong.identity.operations.passwords import open_link
from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.operations import use_password_link
from lienthong.organisation.queries import demo_people
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only()
def account(request: OfficerRequest) -> HttpResponse:
    """What is kept of oneself, and what one may arrange."""
    page = person_page(request, request.actor.officer) | {"may_arrange": True}
    return render(request, "administration/account.html", page)


@require_POST
@officers_only()
def sign_out_elsewhere(request: OfficerRequest) -> HttpResponse:
    """End every other session of oneself."""
    assert request.user.is_authenticated  # noqa: S101 - officers_only let them in
    ended = end_sessions(request.user, except_key=request.session.session_key)
    messages.success(
        request, f"Đã đăng xuất khỏi {ended} máy khác." if ended else "Không có máy nào khác đang đăng nhập."
    )
    return HttpResponseRedirect(request.POST.get("next") if _is_safe(request) else "/")  # type: ignore[arg-type]  # safe is text


@require_POST
@login_required
def sign_out_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End one other session of oneself; what cannot be is said on the same page."""
    assert request.user.is_authenticated  # noqa: S101 - login_required let them in
    try:
        ended = end_session(request.user, pk, current_key=request.session.session_key or "")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"Đã đăng xuất khỏi {browser_name(ended.user_agent)} ({ended.ip}).")
    return HttpResponseRedirect(reverse("usersessions_list"))


@never_cache
@sensitive_post_parameters("password", "again")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password with a letter; what the letter cannot open is refused with its sentence."""
    at = request.at  # type: ignore[attr-defined]  # set by ActorMiddleware
    opened = open_letter(token, at=at)
    form = PasswordForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and told(form, lambda: accept(token, password=form.cleaned_data["password"], at=at))
    ):
        messages.success(request, "Đã đặt mật khẩu. Hãy đăng nhập.")
        return HttpResponseRedirect("/accounts/login/")
    page = {"form": form, "user_invited": opened.user}
    return render(request, "administration/invitation.html", page, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password", "again")
def password_link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new password with a link from an administrator; what it cannot open is refused with its sentence."""
    at = request.at  # type: ignore[attr-defined]  # set by ActorMiddleware
    opened = open_link(token, at=at)
    form = PasswordForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and told(form, lambda: use_password_link(token, password=form.cleaned_data["password"], at=at))
    ):
        messages.success(request, "Đã đặt mật khẩu mới. Mọi máy đang đăng nhập đã được đăng xuất. Hãy đăng nhập lại.")
        return HttpResponseRedirect("/accounts/login/")
    page = {"form": form, "user_invited": opened.user}
    return render(request, "administration/invitation.html", page, status=422 if form.errors else 200)


def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the demo whose role one may take."""
    on = clock.local_date(request.at)  # type: ignore[attr-defined]  # set by ActorMiddleware
    return render(request, "administration/demo_people.html", {"people": demo_people(on)})


@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Become a person of the demo by one click; refused anywhere else."""
    key = request.POST.get("user", "")
    user = require_demo_user(int(key) if key.isdigit() and len(key) < 19 else 0)
    begin_session(request, user)
    request.session.pop("acting_post", None)
    return HttpResponseRedirect(request.POST["next"] if _is_safe(request) else "/")


def _is_safe(request: HttpRequest) -> bool:
    return url_has_allowed_host_and_scheme(request.POST.get("next", ""), {request.get_host()})
