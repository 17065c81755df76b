"""Where a case stands, without an account: by the code and the telephone, or by the address on the paper."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.cases.tracking import token_of
from lienthong.kernel import clock
from lienthong.online import limits
from lienthong.online.forms import LookupForm
from lienthong.online.queries import tracking as queries

WRONG = "Không có hồ sơ nào khớp mã và số điện thoại này. Hãy xem lại cả hai trên giấy tiếp nhận."
TOO_OFTEN = "Đã thử sai nhiều lần. Hãy đợi 10 phút rồi thử lại, hoặc hỏi Bộ phận Một cửa nơi nộp."


@never_cache
def lookup(request: HttpRequest) -> HttpResponse:
    """Find one's case by its code and the telephone number; a wrong pair says nothing about either."""
    form = LookupForm(request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if limits.is_barred(request, code):
            form.add_error(None, TOO_OFTEN)
            return render(request, "online/lookup.html", {"form": form}, status=429)
        case = queries.by_code(code, form.cleaned_data["phone"])
        if case is not None:
            return redirect("online:track", token_of(case))
        limits.count_wrong(request, code)
        form.add_error(None, WRONG)
    return render(request, "online/lookup.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def track(request: HttpRequest, token: str) -> HttpResponse:
    """One case: its step, the office that holds it, the working time left, what comes next."""
    found = queries.track(token, moment_of(request))
    if found is None:
        return render(request, "online/unknown.html", status=404)
    return render(request, "online/track.html", {"tracked": found, "case": found.case, "token": token})


def moment_of(request: HttpRequest) -> dt.datetime:
    """Return the moment of a request (UTC)."""
    at: dt.datetime | None = getattr(request, "at", None)
    return at or clock.now()
