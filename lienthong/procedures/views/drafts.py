"""Drafts: copied or begun, written as text or in plain boxes, checked, published, thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from lienthong.kernel.clock import local_date
from lienthong.kernel.faults import Fault, Faults
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.procedures import operations
from lienthong.procedures.blanks import PARTS
from lienthong.procedures.forms import CopyForm, PartForm, TextForm
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.reading import read
from lienthong.procedures.starting import skeleton
from lienthong.procedures.views.record import address, found
from lienthong.ui.answering import done, place_refusal, told
from lienthong.ui.requests import OfficerRequest, officers_only

ADMINISTER = "procedures.administer"


@dataclass(frozen=True, slots=True)
class Marked:
    """A fault beside the line where it stands."""

    line: int
    text: str
    sentence: str


@officers_only(ADMINISTER)
def new(request: OfficerRequest) -> HttpResponse:
    """Write a procedure that nobody has yet, from a skeleton or from a file."""
    form = TextForm(_posted(request), initial={"text": skeleton(local_date(request.at))})
    made: list[ProcedureVersion] = []

    def save() -> tuple[Fault, ...]:
        made.append(operations.draft(form.cleaned_data["text"], actor=request.actor, at=request.at))
        return ()

    faults = _answered(request, form, save)
    if made:
        messages.success(request, "Đã lưu bản soạn. Xem lại từng thẻ rồi công bố.")
        return redirect(address(made[0]))
    return _editor(request, form, faults, {"title": "Thêm thủ tục", "back": reverse("procedures:list"), "is_new": True})


@officers_only(ADMINISTER)
def copy(request: OfficerRequest, pk: int) -> HttpResponse:
    """Begin the next version like one that is there, or another procedure like it."""
    version = found(request, pk)
    form = CopyForm(_posted(request))
    made: list[ProcedureVersion] = []

    def act() -> None:
        made.append(operations.copy(version, **form.cleaned_data, actor=request.actor, at=request.at))

    if form.is_valid() and _told_faults(form, act):
        messages.success(request, f"Đã lập bản soạn, phiên bản {made[0].number}. Sửa xong thì công bố.")
        return redirect(address(made[0]))
    page = {"form": form, "version": version, "back": address(version)}
    return render(request, "procedures/copy.html", page, status=422 if form.errors else 200)


@officers_only(ADMINISTER)
def text(request: OfficerRequest, pk: int) -> HttpResponse:
    """The whole text of a draft; what is wrong stands beside its line. It may be kept while it is wrong."""
    version = found(request, pk)
    if version.state != "draft":
        return redirect(address(version))
    form = TextForm(_posted(request), initial={"text": version.text, "seen": version.digest})
    saved: list[int] = []

    def save() -> tuple[Fault, ...]:
        said = form.cleaned_data
        faults = operations.keep(version, said["text"], seen=said["seen"], actor=request.actor, at=request.at)
        saved.append(len(faults))
        return faults

    faults = _answered(request, form, save)
    if saved:
        word = f"Đã lưu. Còn {saved[0]} chỗ sai, chưa công bố được." if saved[0] else "Đã lưu, không còn chỗ sai."
        messages.success(request, word)
        return redirect("procedures:text", pk)
    if request.method != "POST":
        faults = _checked(version.text)
    title = f"Sửa văn bản phiên bản {version.number}"
    return _editor(request, form, faults, {"title": title, "back": address(version), "version": version})


@officers_only(ADMINISTER)
def part(request: OfficerRequest, pk: int, part: str) -> HttpResponse:
    """One part of a draft in plain boxes; checked as the whole file is."""
    version = found(request, pk)
    if part not in PARTS:
        raise Http404
    if version.state != "draft":
        return redirect(address(version))
    try:
        form = PartForm(_posted(request), part=part, text=version.text, digest=version.digest)
    except ValueError:
        messages.error(request, "Tệp đang sai cú pháp. Hãy sửa phần văn bản trước, rồi dùng biểu mẫu.")
        return redirect("procedures:text", pk)

    def act() -> None:
        operations.mend(version, form.edit(), seen=form.cleaned_data["seen"], actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and _told_faults(form, act):
        messages.success(request, f"Đã lưu: {PARTS[part].lower()}.")
        return redirect(address(version))
    page = {"form": form, "version": version, "part": part, "title": PARTS[part], "parts": PARTS.items(),
            "back": address(version)}  # fmt: skip
    return render(request, "procedures/part.html", page, status=422 if form.errors else 200)


@officers_only(ADMINISTER)
def publication(request: OfficerRequest, pk: int) -> HttpResponse:
    """Publish a draft; where it is wrong, go to its text."""
    version = found(request, pk)
    if request.method != "POST":
        return redirect(address(version))
    try:
        operations.publish(version, actor=request.actor, at=request.at)
    except Faults as faults:
        messages.error(request, f"Chưa công bố được: còn {len(faults.faults)} chỗ sai.")
        return redirect("procedures:text", pk)
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Đã công bố phiên bản {version.number}, áp dụng từ {version.valid_from:%d/%m/%Y}.")
    return redirect(address(version))


@officers_only(ADMINISTER)
def withdrawal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    version = found(request, pk)
    if request.method != "POST":
        return redirect(address(version))
    back = reverse("procedures:list") if version.state == "draft" else address(version)
    return done(
        request,
        lambda: operations.withdraw(version, actor=request.actor, at=request.at),
        back=back,
        word=f"Đã bỏ bản soạn phiên bản {version.number}.",
    )


def _posted(request: OfficerRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _answered(request: OfficerRequest, form: TextForm, save: Callable[[], tuple[Fault, ...]]) -> tuple[Fault, ...]:
    """Save or only check what was sent; return what is wrong in it."""
    if not form.is_bound or not form.is_valid():
        return ()
    if request.POST.get("do") == "check":
        faults = _checked(form.cleaned_data["text"])
        if not faults:
            messages.success(request, "Không có chỗ sai. Bản này chưa lưu.")
        return faults
    try:
        return save()
    except Faults as found_faults:
        return found_faults.faults
    except Forbidden:
        raise
    except Refusal as refusal:
        place_refusal(form, refusal)
        return ()


def _checked(written: str) -> tuple[Fault, ...]:
    try:
        read(written, known=operations.known())
    except Faults as faults:
        return faults.faults
    return ()


def _told_faults(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do the act; put refusals and faults into the form and answer no."""
    try:
        return told(form, act)
    except Faults as faults:
        if isinstance(form, PartForm):
            form.place(faults.faults)
        else:
            form.add_error(None, [f"Dòng {fault.line}: {fault.sentence}" for fault in faults.faults])
        return False


def _marked(written: str, faults: Iterable[Fault]) -> list[Marked]:
    lines = written.splitlines() or [""]
    return [Marked(fault.line, lines[min(fault.line, len(lines)) - 1].strip(), fault.sentence) for fault in faults]


def _editor(
    request: OfficerRequest, form: TextForm, faults: tuple[Fault, ...], page: dict[str, object]
) -> HttpResponse:
    written = str(form["text"].value() or "").replace("\r\n", "\n")
    is_wrong = request.method == "POST" and bool(faults or form.errors)
    context = page | {"form": form, "faults": _marked(written, faults), "parts": PARTS.items()}
    return render(request, "procedures/text.html", context, status=422 if is_wrong else 200)
