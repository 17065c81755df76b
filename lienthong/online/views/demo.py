"""The demo's way in for citizens: one click, as one of its invented people. Outside the demo it does not exist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.identity.operations import begin_session, require_demo_user
from lienthong.kernel.refusal import Forbidden
from lienthong.online.queries.account import account_of
from lienthong.online.queries.demo import demo_citizens


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The invented citizens, and what each has in hand."""
    return render(request, "online/demo_people.html", {"people": demo_citizens()})


@never_cache
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Become an invented citizen; refused anywhere else, and for whoever is none."""
    key = request.POST.get("user", "")
    user = require_demo_user(int(key) if key.isdigit() and len(key) < 19 else 0)
    if account_of(user.pk) is None:
        raise Forbidden("Không có người dùng thử này. Hãy chọn trong danh sách.")
    begin_session(request, user)
    request.session.pop("acting_post", None)
    return redirect("online:own")
