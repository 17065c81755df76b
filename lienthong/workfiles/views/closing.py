"""Closing a file: what the checks find, one click each, and the end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lienthong.kernel.clock import local_date
from lienthong.ui.answering import done, told
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles import policies
from lienthong.workfiles.forms import ClosingForm, ReasonForm
from lienthong.workfiles.models import Filing
from lienthong.workfiles.operations import closing as operations
from lienthong.workfiles.queries.checks import findings, for_eyes
from lienthong.workfiles.views.answering import form_page
from lienthong.workfiles.views.files import address, file_of
from lienthong.workfiles.views.filing import restoration


@officers_only(policies.KEEP)
def closing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show what stands in the way of closing a file; close it."""
    file = file_of(request, pk)
    if not policies.can_keep(request.actor, file):
        messages.error(request, f"Hồ sơ {file.code} đã kết thúc hoặc không do bạn lập.")
        return redirect(address(file))
    form = ClosingForm(request.POST or None)

    def act() -> None:
        overruling = form.cleaned_data["overruling"]
        operations.close_file(file, overruling=overruling, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã kết thúc hồ sơ {file.code}.")
        return redirect(address(file))
    found = for_eyes(findings(file, on=local_date(request.at)), file, request.actor)
    context = {"file": file, "form": form, "found": found, "blocking": [one for one in found if one.blocks]}
    return render(request, "workfiles/closing.html", context, status=422 if form.errors else 200)


@require_POST
@officers_only(policies.KEEP)
def mending(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mend one finding by one click."""
    file = file_of(request, pk)
    key = request.POST.get("filing", "")
    filing: Filing | None = None
    if key.isdecimal() and len(key) < 18:
        filing = file.filings.filter(pk=int(key)).select_related("file").first()
    how = request.POST.get("how", "")

    def act() -> None:
        operations.mend(file, how, filing, actor=request.actor, at=request.at)
        if how == "take_out" and filing is not None:
            messages.success(request, "Đã đưa tài liệu ra khỏi hồ sơ.", extra_tags=restoration(filing))

    return done(request, act, back=reverse("workfiles:closing", args=[pk]))


@officers_only(policies.KEEP)
def reopening(request: OfficerRequest, pk: int) -> HttpResponse:
    """Open a closed file again."""
    file = file_of(request, pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.reopen_file(file, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã mở lại hồ sơ {file.code}. Hãy kết thúc lại khi sửa xong.")
        return redirect(address(file))
    return form_page(request, form, title=f"Mở lại hồ sơ {file.code}", verb="Mở lại", back=address(file))
