"""Kept copies: which are out, giving one, taking it back, the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.exports import book_pages
from lienthong.kernel.clock import local_date
from lienthong.outgoing.models import OutgoingDocument
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles import policies
from lienthong.workfiles.forms import CopyForm, CopyReturnForm
from lienthong.workfiles.models import CopyUse
from lienthong.workfiles.operations import copies as operations
from lienthong.workfiles.printing import BOOKS
from lienthong.workfiles.queries.copies import copies_out, document_of
from lienthong.workfiles.views.answering import form_page


@require_safe
@officers_only(policies.ARCHIVE)
def listing(request: OfficerRequest) -> HttpResponse:
    """The copies that are in somebody's hands."""
    context = {"uses": copies_out(request.actor), "agency": request.actor.post.unit.agency_id}
    return render(request, "workfiles/copies.html", context)


@officers_only(policies.ARCHIVE)
def new(request: OfficerRequest) -> HttpResponse:
    """Give a copy to somebody; a document may be named in the address."""
    on = local_date(request.at)
    form = CopyForm(
        request.POST or None,
        agency_id=request.actor.post.unit.agency_id,
        on=on,
        initial=_named(request) | {"given_on": on},
    )
    made: list[CopyUse] = []

    def act() -> None:
        typed = form.cleaned_data
        document = document_of(request.actor, typed["symbol"], typed["date"])
        made.append(
            operations.give_copy(
                document,
                user=form.who,
                allowed_by=typed["allowed_by"],
                note=typed["note"],
                given_on=typed["given_on"],
                actor=request.actor,
                at=request.at,
            )
        )

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã ghi sổ: {made[0].user_name} sử dụng bản lưu {made[0].document.symbol}.")
        return redirect("workfiles:copies")
    back = reverse("workfiles:copies")
    return form_page(request, form, title="Cho sử dụng bản lưu", verb="Ghi sổ", back=back, section="copies")


@officers_only(policies.ARCHIVE)
def returning(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a copy back."""
    use = get_object_or_404(CopyUse.objects.visible_to(request.actor).select_related("document"), pk=pk)
    form = CopyReturnForm(request.POST or None, initial={"returned_on": local_date(request.at)})

    def act() -> None:
        operations.take_copy_back(use, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã nhận lại bản lưu {use.document.symbol}.")
        return redirect("workfiles:copies")
    title, lead = f"Nhận lại bản lưu {use.document.symbol}", f"{use.user_name} sử dụng từ {use.given_on:%d/%m/%Y}"
    back = reverse("workfiles:copies")
    return form_page(request, form, title=title, verb="Nhận lại", back=back, lead=lead, section="copies")


@require_safe
@officers_only(policies.ARCHIVE)
def register(request: OfficerRequest, pk: int, sort: str) -> HttpResponseBase:
    """The register over a period: screen, print, PDF, XLSX."""
    place = book_pages.Place(reverse("workfiles:copies"), "Bản lưu", "copies")
    return book_pages.show(request, BOOKS, sort, pk, place)


def _named(request: OfficerRequest) -> dict[str, object]:
    key = request.GET.get("document", "")
    if not (key.isdecimal() and len(key) < 19):
        return {}
    document = OutgoingDocument.objects.visible_to(request.actor).filter(pk=key).first()
    return {"symbol": document.symbol, "date": document.issue_date} if document else {}
