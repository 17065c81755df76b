"""Rating the service without an account: by the address of the case and the telephone that was left with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from lienthong.cases import operations as cases
from lienthong.cases.models import Case
from lienthong.cases.queries.opinions import may_be_rated
from lienthong.cases.scales import scale_on
from lienthong.kernel.clock import local_date
from lienthong.online import limits
from lienthong.online.own_forms import PublicRatingForm
from lienthong.online.queries import tracking as queries
from lienthong.online.views.tracking import TOO_OFTEN, moment_of
from lienthong.ui.answering import told

WRONG = "Số điện thoại không khớp với số đã ghi khi nộp hồ sơ."
CLOSED = "Hồ sơ này chưa kết thúc, đã được đánh giá, hoặc đã quá thời gian đánh giá."


@never_cache
def rating(request: HttpRequest, token: str) -> HttpResponse:
    """Rate a case that ended, once; wrong telephones are counted as on the page of looking up."""
    case, at = queries.case_by_token(token), moment_of(request)
    if case is None:
        return render(request, "online/unknown.html", status=404)
    if request.method != "POST" and not may_be_rated(case, at):
        messages.info(request, CLOSED)
        return redirect("online:track", token)
    form = PublicRatingForm(request.POST or None, scale=scale_on(local_date(at)))
    if limits.is_barred(request, case.code) and request.method == "POST":
        form.add_error(None, TOO_OFTEN)
        return render(request, "online/track_rating.html", {"form": form, "case": case, "token": token}, status=429)
    if request.method == "POST" and form.is_valid() and _is_rated(request, case, form):
        messages.success(request, "Cảm ơn bạn đã đánh giá.")
        return redirect("online:track", token)
    page = {"form": form, "case": case, "token": token}
    return render(request, "online/track_rating.html", page, status=422 if form.errors else 200)


def _is_rated(request: HttpRequest, case: Case, form: PublicRatingForm) -> bool:
    said = dict(form.cleaned_data)
    if queries.by_code(case.code, said.pop("phone")) is None:
        limits.count_wrong(request, case.code)
        form.add_error("phone", WRONG)
        return False
    return told(form, lambda: cases.rate(case, **said, may_change=False, at=moment_of(request)))
