"""What a view of the office is given: a request that knows who acts and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from lienthong.kernel.refusal import Forbidden
from lienthong.organisation.actor import Actor

P = ParamSpec("P")


class OfficerRequest(HttpRequest):
    """A request of a signed-in officer: ``actor`` acts, at the moment ``at`` (UTC), with htmx or without."""

    actor: Actor
    actors: list[Actor]
    at: dt.datetime
    htmx: HtmxDetails


OfficerView = Callable[Concatenate[OfficerRequest, P], HttpResponseBase]


def officers_only(*rights: str) -> Callable[[OfficerView[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let only officers in, and of the ``rights`` they must hold one (none named: any officer).

    Who is not signed in goes to the sign-in page and comes back; who holds no post or no such right is refused.
    """

    def decorate(view: OfficerView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            actor: Actor | None = getattr(request, "actor", None)
            if not actor:
                raise Forbidden("Tài khoản này chưa giữ chức vụ nào. Hãy báo quản trị đơn vị bổ nhiệm trên hệ thống.")
            if rights and not any(actor.can(right) for right in rights):
                raise Forbidden("Chức vụ hiện tại không được dùng trang này. Nếu cần, hãy báo quản trị đơn vị.")
            return view(cast("OfficerRequest", request), *args, **kwargs)

        return guarded

    return decorate


def sign_in_first(request: HttpRequest, page: str | None = None) -> HttpResponse:
    """Send to the sign-in page (the officers', or one by name) and back; a fragment asks the browser to go itself."""
    answer = redirect_to_login(request.get_full_path(), page and reverse(page))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
    return answer


def is_fragment(request: Any) -> bool:
    """Tell whether htmx asks for a fragment (a boosted or history request wants the whole page)."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def know_count(request: HttpRequest, key: str, count: int) -> None:
    """Say what a page has counted already, so that the menu's entry ``key`` does not count it again."""
    known_counts(request)[key] = count


def known_counts(request: HttpRequest) -> dict[str, int]:
    """Return what the page of a request has counted, by the key of the menu's entry."""
    known: dict[str, int] = request.__dict__.setdefault("menu_counts", {})
    return known
