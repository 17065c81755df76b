"""What the applicant does with a case: supplement it, take it back, choose how to get the result, pay."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lienthong.cases import operations as cases
from lienthong.cases.models import Case, Supplement
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.operations.own import supply
from lienthong.online.own_forms import ReturnForm, SupplyForm, WithdrawForm
from lienthong.online.views.own import case_of
from lienthong.payments.forms import OnlineForm
from lienthong.payments.models import Charge, Payment
from lienthong.payments.operations.online import begin_online
from lienthong.ui.answering import done, told
from lienthong.ui.posting import posts_only


@citizens_only
def supplementing(request: CitizenRequest, pk: int) -> HttpResponse:
    """Answer what was asked for, paper by paper, with files and words."""
    case = case_of(request, pk)
    asked = case.supplements.filter(state=Supplement.State.ASKED).first()
    if asked is None:
        messages.error(request, "Hồ sơ này không chờ bổ sung.")
        return redirect("online:own_case", pk)
    form = SupplyForm(request.POST or None, request.FILES or None, asked=asked)

    def act() -> None:
        supply(case, files=form.brought(), text=form.cleaned_data["text"], at=request.at)

    return form_page(
        request, case, form, act, title="Bổ sung hồ sơ", verb="Gửi bổ sung", asked=asked,
        word="Đã gửi bổ sung. Thời hạn giải quyết tính tiếp từ bây giờ.",
        said="Chụp rõ từng trang giấy tờ hoặc chọn tệp có sẵn, rồi gửi một lần.",
    )  # fmt: skip


@citizens_only
def withdrawing(request: CitizenRequest, pk: int) -> HttpResponse:
    """Take the case back, with a reason."""
    case = case_of(request, pk)
    form = WithdrawForm(request.POST or None)

    def act() -> None:
        cases.withdraw(case, reason=form.cleaned_data["reason"], actor=None, at=request.at)

    return form_page(request, case, form, act, title="Rút hồ sơ", verb="Rút hồ sơ", word="Đã rút hồ sơ.", tone="danger",
                     said="Giấy tờ đã nộp được trả lại tại nơi nhận hồ sơ.")  # fmt: skip


@citizens_only
def returning(request: CitizenRequest, pk: int) -> HttpResponse:
    """Choose how the result is wanted."""
    case = case_of(request, pk)
    form = ReturnForm(request.POST or None, initial={"way": case.return_way, "address": case.return_address})

    def act() -> None:
        cases.choose_return(case, **form.cleaned_data, actor=None, at=request.at)

    return form_page(request, case, form, act, title="Cách nhận kết quả", verb="Lưu", word="Đã lưu cách nhận kết quả.")


@posts_only("online:own_case")
@citizens_only
def paying(request: CitizenRequest, pk: int) -> HttpResponse:
    """Go on to pay what is owed, through a gateway."""
    case = case_of(request, pk)
    due = list(Charge.objects.of(case.subject).owed().select_related("unit", "agency").order_by("pk"))
    form = OnlineForm(request.POST)
    if not due or not form.is_valid():
        messages.error(request, "Không còn khoản nào phải nộp, hoặc cổng thanh toán không dùng được. Tải lại trang.")
        return redirect("online:own_case", pk)
    made: list[Payment] = []

    def act() -> None:
        said = form.cleaned_data
        made.append(begin_online(due, gateway=said["gateway"], key=f"own:{said['key']}", at=request.at))

    answer = done(request, act, back=reverse("online:own_case", args=[pk]))
    return redirect("payments:pay", made[0].token) if made else answer


def form_page(
    request: CitizenRequest,
    case: Case,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    title: str,
    verb: str,
    word: str,
    said: str = "",
    tone: str = "main",
    asked: Supplement | None = None,
) -> HttpResponse:
    """Show a form about a case; do what it says once it is right, and go back to the case with a word."""
    if case.is_ended and request.method != "POST":
        messages.error(request, "Hồ sơ đã kết thúc.")
        return redirect("online:own_case", case.pk)
    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, word)
        return redirect("online:own_case", case.pk)
    page = {"form": form, "case": case, "title": title, "verb": verb, "said": said, "tone": tone, "asked": asked}
    return render(request, "online/own_form.html", page, status=422 if form.errors else 200)
