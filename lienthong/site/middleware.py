"""Every request learns who acts and when; every refusal becomes a plain page and a line in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from lienthong.kernel import clock
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.queries import actors_of

logger = logging.getLogger("lienthong.refusals")
Respond = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Answer an uncaught ``Refusal`` with its sentence: 403 for what is forbidden, 409 for what cannot be now."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        status = 403 if isinstance(exception, Forbidden) else 409
        logger.info("%s %s %s: %s", status, request.method, request.path, exception.message)
        return render(request, "refusal.html", {"message": exception.message}, status=status)


class ActorMiddleware:
    """Give the request ``at`` (now, UTC), ``actors`` (every way this officer may act) and ``actor`` (the chosen one)."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        request.actors = SimpleLazyObject(lambda: _actors(request))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _chosen(request))  # type: ignore[attr-defined]
        return self.get_response(request)
