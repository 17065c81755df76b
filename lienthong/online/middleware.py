"""A citizen's account never reaches the officers' entrance and its password pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lienthong.online.models import Citizen

Respond = Callable[[HttpRequest], HttpResponse]


class CitizensMiddleware:
    """Lead a citizen from the first page and from ``/accounts/`` to their own pages; asks only there, so costs nothing.

    Every other page of the office refuses them by itself, for they hold no post.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_office = request.path == "/" or request.path.startswith("/accounts/")
        if is_office and self._is_citizen(request):
            return redirect("online:home" if request.path == "/" else self._own(request))
        return self.get_response(request)

    @staticmethod
    def _own(request: HttpRequest) -> str:
        return "online:home" if request.path == reverse("account_login") else "online:account"

    @staticmethod
    def _is_citizen(request: HttpRequest) -> bool:
        return (
            request.user.is_authenticated
            and not getattr(request, "actors", [])
            and Citizen.objects.filter(user_id=request.user.pk).exists()
        )
