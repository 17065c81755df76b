"""Who comes in from outside: a request of a citizen's account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from lienthong.identity.models import User
from lienthong.kernel.refusal import Forbidden
from lienthong.online.models import Citizen
from lienthong.ui.requests import sign_in_first

P = ParamSpec("P")


class CitizenRequest(HttpRequest):
    """A request of a signed-in citizen, at the moment ``at`` (UTC), with htmx or without."""

    citizen: Citizen
    at: dt.datetime
    htmx: HtmxDetails
    user: User


CitizenView = Callable[Concatenate[CitizenRequest, P], HttpResponseBase]


def citizens_only(view: CitizenView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only citizens' accounts in; who is not signed in goes to the sign-in page and comes back.

    An officer has no citizen's desk under the same account: refused, for the two are kept apart.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request, "online:sign_in")
        found = Citizen.objects.select_related("applicant").filter(user=request.user).first()
        if found is None:
            raise Forbidden("Trang này dành cho tài khoản công dân, doanh nghiệp. Tài khoản cán bộ không dùng ở đây.")
        request.citizen = found  # type: ignore[attr-defined]  # what the gate adds
        return view(cast("CitizenRequest", request), *args, **kwargs)

    return guarded
