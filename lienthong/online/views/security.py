"""Which browsers are signed in, and a second factor, in the citizen's frame."""

from __future__ import annotations

from base64 import b64encode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.identity import operations as identity
from lienthong.online.account_forms import FactorForm
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.queries.account import factor_of, sessions_of
from lienthong.online.views.account import form_page
from lienthong.ui.answering import done
from lienthong.ui.posting import posts_only

OFF = "Nhập một mã để tắt. Sau đó chỉ cần mã gửi tới điện thoại hoặc thư điện tử là vào được."


@never_cache
@require_safe
@citizens_only
def sessions(request: CitizenRequest) -> HttpResponse:
    """The browsers that are signed in."""
    current = request.session.session_key or ""
    return render(request, "online/sessions.html", {"rows": sessions_of(request.citizen, current), "current": current})


@require_POST
@citizens_only
def end_session(request: CitizenRequest, pk: int) -> HttpResponse:
    """Put one other browser out."""
    current = request.session.session_key or ""
    return done(
        request, lambda: identity.end_session(request.user, pk, current_key=current),
        back=reverse("online:sessions"), word="Đã đăng xuất máy đó.",
    )  # fmt: skip


@posts_only("online:sessions")
@citizens_only
def end_others(request: CitizenRequest) -> HttpResponse:
    """Put every other browser out."""
    ended = identity.end_sessions(request.user, except_key=request.session.session_key)
    messages.success(request, f"Đã đăng xuất {ended} máy khác." if ended else "Không có máy nào khác.")
    return redirect("online:sessions")


@never_cache
@citizens_only
def second_factor(request: CitizenRequest) -> HttpResponse:
    """Set up an app that makes codes; the spare codes are shown once."""
    if factor_of(request.citizen):
        return redirect("online:second_factor_off")
    form = ActivateTOTPForm(request.POST or None, user=request.user)
    form.fields["code"].label = "Mã 6 chữ số trong ứng dụng"
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            TOTP.activate(request.user, form.secret)
            spare = RecoveryCodes.activate(request.user).get_unused_codes()
        clear_totp_secret(request)
        return render(request, "online/spare_codes.html", {"codes": spare})
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, form.secret))
    page = {"form": form, "picture": b64encode(picture.encode()).decode(), "secret": form.secret}
    return render(request, "online/second_factor.html", page, status=422 if form.errors else 200)


@never_cache
@citizens_only
def second_factor_off(request: CitizenRequest) -> HttpResponse:
    """Take the app away, with a code of it or a spare one."""
    factor = factor_of(request.citizen)
    if factor is None:
        return redirect("online:second_factor")
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proof = ReauthenticateForm(request.POST, user=request.user)
        if proof.is_valid():
            delete_and_cleanup(request, factor)
            messages.success(request, "Đã tắt xác thực hai lớp.")
            return redirect("online:account")
        form.add_error("code", " ".join(proof.errors.get("code", [])))
    return form_page(request, form, title="Tắt xác thực hai lớp", verb="Tắt", said=OFF, tone="danger")
