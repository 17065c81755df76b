"""From hand to hand: one small view for each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lienthong.documents import policies
from lienthong.documents.forms import AnswerForm, ForwardingForm, ReasonForm, ReturnForm
from lienthong.documents.models import IncomingDocument, InstructionTemplate
from lienthong.documents.operations.answer import note_answer
from lienthong.documents.operations.delivery import confirm_destroyed
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.routing import file_away, forward, reopen, send_back, void
from lienthong.documents.queries.record import newest_instruction
from lienthong.documents.returning import reason_of
from lienthong.files.models import StoredFile
from lienthong.files.queries import attachments
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.tasks.assigning import AssignmentForm
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, officers_only


@posts_only("documents:document")
@officers_only("incoming.forward", "incoming.instruct")
def forwarding(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put the document before a leader."""
    document = _document(request, pk)
    form = ForwardingForm(request.POST, agency_id=request.actor.post.unit.agency_id, on=local_date(request.at))
    if not form.is_valid():
        raise Refusal("Hãy chọn người nhận trong danh sách.")
    to = form.cleaned_data["to"]
    forward(document, to, note=form.cleaned_data["note"], actor=request.actor, at=request.at)
    messages.success(request, f"Đã chuyển {document.symbol} cho {to.officer.full_name}.")
    return redirect("documents:document", pk)


@officers_only("incoming.instruct")
def instruction(request: OfficerRequest, pk: int) -> HttpResponse:
    """Write the instruction and give the tasks that it names, in one go."""
    document = _document(request, pk)
    data = request.POST if request.method == "POST" else None
    on = local_date(request.at)
    due = f"{document.named_due:%d/%m/%Y}" if document.named_due and document.named_due >= on else ""
    form = AssignmentForm(data, actor=request.actor, on=on, title=document.abstract[:500], due=due)
    _ask_for_words(form)
    seen = request.POST.get("seen", "")[:18]
    if data and not form.is_growing and form.is_valid():
        try:
            tasks = instruct(
                document,
                text=form.instruction,
                items=form.items(),
                key=form.key,
                seen=int(seen) if seen.isdigit() else None,
                actor=request.actor,
                at=request.at,
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi ý kiến và giao {len(tasks)} việc.")
            return redirect("documents:document", pk)
    context = {
        "document": document,
        "form": form,
        "templates": InstructionTemplate.objects.visible_to(request.actor)
        .select_related("lead_unit")
        .prefetch_related("co_units")
        .order_by("order", "name"),
        "attachments": attachments(document.subject),
        "seen": newest_instruction(document),
    }
    status = 422 if form.has_errors else 200
    return render(request, "documents/incoming/instruction.html", context, status=status)


@posts_only("documents:document")
@officers_only("incoming.amend")
def destruction(request: OfficerRequest, pk: int) -> HttpResponse:
    """Destroy the copy of what its sender recalled, and tell the sender."""
    document = _document(request, pk)
    confirm_destroyed(document, actor=request.actor, at=request.at)
    messages.success(request, f"Đã hủy bản giữ của {document.symbol} và báo nơi gửi.")
    return redirect("documents:document", pk)


@posts_only("documents:document")
@officers_only()
def filing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Keep the document for information."""
    return _with_reason(request, pk, file_away, said="Đã lưu văn bản, không giao việc.", needs_reason=False)


@officers_only()
def returning(request: OfficerRequest, pk: int) -> HttpResponse:
    """Return what came to the wrong place or in a wrong form; ``pick``: points of its form to name as the reason."""
    document = _document(request, pk)
    files = [one.file for one in attachments(document.subject)]
    if request.method == "POST":
        form = ReturnForm(request.POST)
        if form.is_valid():
            send_back(document, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)
            messages.success(request, "Đã ghi trả lại nơi gửi.")
            return redirect("documents:document", pk)
    elif not policies.can_return(request.actor, document):
        return redirect("documents:document", pk)
    else:
        form = ReturnForm(initial={"reason": picked_reason(request, files)})
    context = {"document": document, "form": form, "files": files}
    return render(request, "documents/incoming/return.html", context, status=422 if form.errors else 200)


def picked_reason(request: OfficerRequest, files: Sequence[StoredFile]) -> str:
    """Return the reason that names what was picked on the page of the check of form, of one of these files."""
    file = next((one for one in files if str(one.pk) == request.GET.get("file")), None)
    if file is None:
        return ""
    try:
        return reason_of(file, request.GET.getlist("pick"), on=local_date(request.at))
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return ""


@posts_only("documents:document")
@officers_only()
def reopening(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take up again what was closed."""
    return _with_reason(request, pk, reopen, said="Đã mở lại văn bản.")


@posts_only("documents:document")
@officers_only("incoming.amend")
def voiding(request: OfficerRequest, pk: int) -> HttpResponse:
    """Void a registration made by mistake."""
    return _with_reason(request, pk, void, said="Đã hủy số đến; số này không dùng lại.")


@posts_only("documents:document")
@officers_only()
def answer(request: OfficerRequest, pk: int) -> HttpResponse:
    """Note with which document this one was answered."""
    document = _document(request, pk)
    form = AnswerForm(request.POST)
    symbol = form.cleaned_data["symbol"] if form.is_valid() else ""
    note_answer(document, symbol=symbol, actor=request.actor, at=request.at)
    messages.success(request, "Đã ghi văn bản trả lời.")
    return redirect("documents:document", pk)


def _ask_for_words(form: AssignmentForm) -> None:
    """On a document the instruction itself must be written, whatever tasks it gives."""
    field = form.head.fields["instruction"]
    field.required = True
    field.error_messages["required"] = "Hãy ghi ý kiến chỉ đạo."


def _with_reason(
    request: OfficerRequest, pk: int, step: Callable[..., None], *, said: str, needs_reason: bool = True
) -> HttpResponse:
    document = _document(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid() and needs_reason:
        raise Refusal("Hãy ghi lý do (không quá 300 chữ).", field="reason")
    step(document, reason=form.cleaned_data.get("reason", ""), actor=request.actor, at=request.at)
    messages.success(request, said)
    return redirect("documents:document", pk)


def _document(request: OfficerRequest, pk: int) -> IncomingDocument:
    return get_object_or_404(IncomingDocument.objects.visible_to(request.actor), pk=pk)
