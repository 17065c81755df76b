"""The counter: files that wait to be registered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lienthong.documents.forms import ReturnForm
from lienthong.documents.models import Intake
from lienthong.documents.operations.intake import clear_secrecy_mark, discard, read_at_once, take_in
from lienthong.documents.views.registration import register_as_sent, register_form, registered_words
from lienthong.documents.views.routing import picked_reason
from lienthong.files.models import StoredFile
from lienthong.kernel.refusal import Refusal
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

GONE = {
    Intake.State.REGISTERED: "Tệp này đã vào sổ. Hãy tìm văn bản trong danh sách Văn bản đến.",
    Intake.State.DISCARDED: "Tệp này đã rời danh sách chờ vào sổ: đã bỏ hoặc đã trả lại nơi gửi.",
    Intake.State.WITHDRAWN: "Nơi gửi đã thu hồi văn bản này trước khi vào sổ. Không cần làm gì thêm.",
}


@officers_only("incoming.register")
def counter(request: OfficerRequest) -> HttpResponse:
    """Drop files; each becomes an intake that is read at once or by the worker, then registered one by one."""
    if request.method == "POST":
        keys = [int(word) for word in request.POST.getlist("file") if word.isdigit()]
        files = sorted(StoredFile.objects.visible_to(request.actor, keys), key=lambda file: keys.index(file.pk))
        if not files:
            messages.warning(
                request, "Chưa có tệp mới nào được tải lên. Hãy thả tệp vào ô; tải xong, tệp tự vào danh sách."
            )
            return redirect("documents:intake")
        taken = [take_in(file, actor=request.actor, at=request.at) for file in files]
        if len(taken) == 1:
            read_at_once(taken[0], at=request.at)
            return redirect("documents:intake_particulars", taken[0].pk)
        return redirect("documents:intake")
    waiting = Intake.objects.visible_to(request.actor).waiting().select_related("file").order_by("pk")[:200]
    template = "documents/incoming/intake.html"
    return render(request, f"{template}#waiting" if is_fragment(request) else template, {"intakes": list(waiting)})


@officers_only("incoming.register")
def particulars(request: OfficerRequest, pk: int) -> HttpResponse:
    """Confirm the proposed metadata of one intake and register it; a notice of one registered leads to its document."""
    registered = Intake.objects.visible_to(request.actor).filter(pk=pk).exclude(document=None).first()
    if registered and request.method == "GET":
        return redirect("documents:document", registered.document_id)
    intake = _waiting(request, pk)
    if intake.state == Intake.State.READING or intake.secrecy_mark:
        return render(request, "documents/incoming/intake_halt.html", {"intake": intake})
    return register_form(request, intake=intake)


@posts_only("documents:intake_particulars")
@officers_only("incoming.register")
def registering(request: OfficerRequest, pk: int) -> HttpResponse:
    """Register what another agency delivered on the system exactly as it was sent; what must be looked at is shown."""
    intake = _waiting(request, pk)
    document = register_as_sent(request, intake) if intake.sender and not intake.secrecy_mark else None
    if document is None:
        messages.warning(request, "Hãy xem lại các mục rồi vào sổ.")
        return redirect("documents:intake_particulars", pk)
    messages.success(request, registered_words(document))
    return redirect("documents:intake")


@officers_only("incoming.register")
def discarding(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a file from the counter without registering it; ``pick``: points of its form to name to its sender."""
    intake = _waiting(request, pk)
    if request.method != "POST":
        if not intake.sender_kind or intake.file is None or intake.secrecy_mark:
            return redirect("documents:intake_particulars", pk)
        form = ReturnForm(initial={"reason": picked_reason(request, [intake.file])})
        context = {"intake": intake, "form": form, "files": [intake.file]}
        return render(request, "documents/incoming/return.html", context)
    name = intake.name
    discard(intake, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at)
    messages.success(request, f"Đã trả lại nơi gửi: {name}." if intake.sender_kind else f"Đã bỏ tệp {name}.")
    return redirect("documents:intake")


@posts_only("documents:intake_particulars")
@officers_only("incoming.register")
def clearing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that what looked like a secrecy mark is none."""
    intake = _waiting(request, pk)
    clear_secrecy_mark(intake, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at)
    return redirect("documents:intake_particulars", pk)


def _waiting(request: OfficerRequest, pk: int) -> Intake:
    """Return an intake that waits; refuses one that left the counter meanwhile, saying how."""
    intake = get_object_or_404(Intake.objects.visible_to(request.actor).select_related("file__blob"), pk=pk)
    if intake.state in GONE:
        raise Refusal(GONE[Intake.State(intake.state)])
    return intake
