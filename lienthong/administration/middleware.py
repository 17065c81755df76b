"""Administrators sign in with a second factor, where the setting asks for it."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

NEEDED = "Người quản trị cần xác thực hai lớp. Hãy bật ứng dụng xác thực hoặc thêm một khóa bảo mật để vào tiếp."


class SecondFactorMiddleware:
    """Lead an administrator without a second factor to the page that sets one up; account pages stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_FOR_ADMINISTRATORS and self._is_lacking(request):
            messages.warning(request, NEEDED)
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_lacking(self, request: HttpRequest) -> bool:
        account_pages = reverse("account_login").removesuffix("login/")
        if not request.user.is_authenticated or request.path.startswith(account_pages):
            return False
        actors = getattr(request, "actors", [])
        return any(actor.can("organisation.administer") for actor in actors) and not is_mfa_enabled(request.user)
