"""Into the book: the register form, the amendment, the note of a secret arrival."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lienthong.documents.forms import AmendmentForm, RegistrationForm
from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.operations.arrival import Arrival, arrive
from lienthong.documents.operations.registration import amend, record_secret_arrival
from lienthong.documents.particulars import LENGTHS
from lienthong.documents.proposals import initial_values, named_deadlines
from lienthong.documents.queries.doubles import lying_beside
from lienthong.files.models import StoredFile
from lienthong.files.text import reading_of
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui import formats
from lienthong.ui.answering import place_refusal
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only("incoming.register")
def registration(request: OfficerRequest) -> HttpResponse:
    """Register a document of which there is only paper, or whose files are dropped on the form itself."""
    return register_form(request, intake=None)


def register_form(request: OfficerRequest, *, intake: Intake | None) -> HttpResponse:
    """Show the register form, filled from an intake's proposals where there is one; register what is confirmed."""
    on = local_date(request.at)
    proposed = intake.proposals if intake else {}
    if request.method == "POST":
        form = RegistrationForm(request.POST, actor=request.actor, on=on)
        document = _register(request, form, intake) if form.is_valid() else None
        if document:
            messages.success(request, registered_words(document))
            return _onward(request, document, intake)
    else:
        initial = {"arrival_date": on, "request_key": uuid.uuid4(), **initial_values(proposed, on=on)}
        form = RegistrationForm(initial=initial, actor=request.actor, on=on)
        default = form.fields["book"].queryset.first()  # type: ignore[attr-defined]
        form.initial.setdefault("book", default.pk if default else None)
    context: dict[str, Any] = {
        "form": form,
        "intake": intake,
        "proposals": proposed.get("fields", {}),
        "named": named_deadlines(proposed),
    }
    if intake and intake.file:
        context["reading"] = reading_of(intake.file)
    if intake:
        context["booked"], context["twin"] = lying_beside(intake)
    status = 422 if form.errors else 200
    return render(request, "documents/incoming/registration.html", context, status=status)


def register_as_sent(request: OfficerRequest, intake: Intake) -> IncomingDocument | None:
    """Register a delivery with its sender's own particulars; None where something must be chosen or corrected."""
    on = local_date(request.at)
    values = initial_values(intake.proposals, on=on)
    kind = values.get("document_type")
    blank = RegistrationForm(actor=request.actor, on=on)
    default = blank.fields["book"].queryset.first()  # type: ignore[attr-defined]
    data = {name: field.initial for name, field in blank.fields.items() if field.initial is not None} | values
    data |= {
        "document_type": kind.pk if kind else "",
        "book": default.pk if default else "",
        "arrival_date": on,
        "request_key": uuid.uuid5(uuid.NAMESPACE_OID, f"intake:{intake.pk}"),
    }
    form = RegistrationForm(data, actor=request.actor, on=on)
    return _register(request, form, intake) if form.is_valid() else None


def registered_words(document: IncomingDocument) -> SafeString:
    return format_html(
        'Đã vào {}, số đến {} ngày {}: {}. <a href="{}">Mở văn bản</a> · <a href="{}">In dấu đến, phiếu giải quyết</a>',
        document.book.name,
        document.arrival_number,
        formats.day(document.arrival_date),
        document.symbol or "văn bản không số",
        reverse("documents:document", args=[document.pk]),
        reverse("documents:stamp", args=[document.pk]),
    )


def _onward(request: OfficerRequest, document: IncomingDocument, intake: Intake | None) -> HttpResponse:
    """From a file of the counter on to the next that was read, or to the counter; from a bare form to the record."""
    if intake is None:
        return redirect("documents:document", document.pk)
    ready = Intake.objects.visible_to(request.actor).filter(state=Intake.State.READY).order_by("pk")
    following = ready.filter(pk__gt=intake.pk).first() or ready.first()
    return redirect("documents:intake_particulars", following.pk) if following else redirect("documents:intake")


def _register(request: OfficerRequest, form: RegistrationForm, intake: Intake | None) -> IncomingDocument | None:
    given = form.cleaned_data
    keys = given["file_ids"]
    files = sorted(StoredFile.objects.visible_to(request.actor, keys), key=lambda file: keys.index(file.pk))
    if intake and intake.file:
        files.insert(0, intake.file)
    arrival = Arrival(
        particulars=form.particulars(),
        files=files,
        intake=intake,
        arrival_date=given["arrival_date"],
        secrecy=given["secrecy"],
        accepts_double=given["accepts_double"],
        leader=given["leader"],
        request_key=given["request_key"],
    )
    try:
        return arrive(given["book"], arrival, actor=request.actor, at=request.at)
    except Forbidden:
        raise
    except Refusal as refusal:
        place_refusal(form, refusal)
        return None


@officers_only("incoming.amend")
def amendment(request: OfficerRequest, pk: int) -> HttpResponse:
    """Correct what was registered."""
    document = get_object_or_404(IncomingDocument.objects.visible_to(request.actor), pk=pk)
    on = local_date(request.at)
    if request.method == "POST":
        form = AmendmentForm(request.POST, on=on)
        if form.is_valid():
            try:
                amend(
                    document, form.particulars(), reason=form.cleaned_data["reason"], actor=request.actor, at=request.at
                )
            except Forbidden:
                raise
            except Refusal as refusal:
                place_refusal(form, refusal)
            else:
                messages.success(request, "Đã sửa. Nhật ký giữ cả nội dung cũ.")
                return redirect("documents:document", pk)
    else:
        names = [
            *LENGTHS,
            "document_date",
            "named_due",
            "document_type",
            "urgency",
            "channel",
            "pages",
            "copies",
            "note",
        ]
        form = AmendmentForm(initial={name: getattr(document, name) for name in names}, on=on)
    context = {"form": form, "document": document}
    status = 422 if form.errors else 200
    return render(request, "documents/incoming/amendment.html", context, status=status)


@posts_only("documents:intake")
@officers_only("incoming.register")
def secret_arrival(request: OfficerRequest) -> HttpResponse:
    """Note that a secret document came today, and nothing of its content."""
    agency = request.actor.post.unit.agency
    if agency is None:
        raise Refusal("Đơn vị của bạn không có sổ văn bản.")
    record_secret_arrival(agency, arrival_date=local_date(request.at), actor=request.actor, at=request.at)
    messages.success(request, "Đã ghi nhận: có văn bản mật đến hôm nay, xử lý ngoài hệ thống.")
    return redirect("documents:intake")
