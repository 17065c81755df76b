"""The way in over the national sign-in: there, back, and the consent by which an account is linked."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.kernel.refusal import Refusal
from lienthong.online import entrance, national
from lienthong.online.account_forms import ConsentForm, UnlinkForm
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.operations import national as operations
from lienthong.online.queries.account import account_of
from lienthong.online.views.account import answer
from lienthong.online.views.tracking import moment_of
from lienthong.ui.answering import told

FIRST = (
    "{name} đã xác nhận bạn là {who}. Lần đầu, hãy cho biết số điện thoại hoặc thư điện tử để lập hoặc tìm tài khoản."
)
UNLINK = "Hồ sơ chỉ thấy được nhờ định danh sẽ không còn trong danh sách. Hồ sơ nộp từ tài khoản này vẫn còn."


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Go to the provider."""
    if not national.is_on():
        raise Http404
    entrance.remember_back(request)
    try:
        return national.begin(
            request, request.build_absolute_uri(reverse("online:national_back")), at=moment_of(request)
        )
    except Refusal as refusal:
        return _sorry(request, refusal)


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Come back from the provider: into the linked account, else to the consent, else first to prove an address."""
    if not national.is_on():
        raise Http404
    at = moment_of(request)
    try:
        who = national.finish(request, at=at)
        known = operations.recognise(who, at=at)
    except Refusal as refusal:
        return _sorry(request, refusal)
    mine = account_of(request.user.pk)
    if known is not None and (mine is None or mine.pk == known.pk):
        return entrance.come_in(request, known)
    entrance.remember_national(request, who, at)
    if mine is not None:
        return redirect("online:national_link")
    messages.info(request, FIRST.format(name=settings.NATIONAL_NAME, who=who.name))
    return redirect("online:sign_in")


@never_cache
@citizens_only
def link(request: CitizenRequest) -> HttpResponse:
    """Ask whether this account shall be linked; nothing is linked without the tick."""
    who = entrance.national_pending(request, request.at)
    if who is None:
        messages.error(request, "Đã quá lâu kể từ lúc xác nhận. Hãy đăng nhập bằng định danh lần nữa.")
        return redirect("online:account")
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and told(form, lambda: _link(request)):
        return redirect("online:own")
    page = {"form": form, "who": who, "citizen": request.citizen, "provider": settings.NATIONAL_NAME}
    return render(request, "online/national_link.html", page, status=422 if form.errors else 200)


@citizens_only
def unlink(request: CitizenRequest) -> HttpResponse:
    """End the link."""
    form = UnlinkForm(request.POST or None)
    return answer(
        request, form, lambda: operations.unlink(request.citizen), title="Bỏ liên kết định danh", verb="Bỏ liên kết",
        word="Đã bỏ liên kết.", said=UNLINK,
    )  # fmt: skip


def _link(request: CitizenRequest) -> None:
    who = entrance.national_pending(request, request.at)
    if who is not None:
        operations.link(request.citizen, who, at=request.at)
        entrance.forget_national(request)
        messages.success(request, "Đã liên kết. Hồ sơ theo số định danh của bạn nằm trong danh sách.")


def _sorry(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    messages.error(request, refusal.message)
    return redirect("online:account" if account_of(request.user.pk) else "online:sign_in")
