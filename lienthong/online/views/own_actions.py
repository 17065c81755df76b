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
from lienthong.cases.talk_form import TalkForm
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.operations.own import pay, supply, talk
from lienthong.online.own_forms import PayForm, ReturnForm, SupplyForm, WithdrawForm
from lienthong.online.views.own import case_of
from lienthong.payments.models import Payment
from lienthong.payments.way_back import come_back_to
from lienthong.ui.answering import done, told
from lienthong.ui.posting import posts_only

SUPPLIED = "Đã gửi bổ sung. Thời hạn giải quyết tính tiếp từ bây giờ."
SUPPLIED_EARLY = "Đã gửi bổ sung. Cơ quan xem lại rồi tiếp nhận; thời hạn tính từ khi tiếp nhận."


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
        word=SUPPLIED if case.received_at else SUPPLIED_EARLY,
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
    form = PayForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Hãy chọn cổng thanh toán.")
        return redirect("online:own_case", pk)
    made: list[Payment] = []

    def act() -> None:
        said = form.cleaned_data
        made.append(pay(case, gateway=said["gateway"], key=said["key"], at=request.at))

    answer = done(request, act, back=reverse("online:own_case", args=[pk]))
    if not made:
        return answer
    come_back_to(request, made[0], reverse("online:own_case", args=[pk]))
    return redirect("payments:pay", made[0].token)


@posts_only("online:own_case")
@citizens_only
def talking(request: CitizenRequest, pk: int) -> HttpResponse:
    """Write to the office."""
    case = case_of(request, pk)
    form = TalkForm(request.POST, request.FILES)

    def act() -> None:
        form.refuse_faults()
        said = form.cleaned_data
        talk(
            case, text=said["text"], key=said["key"], files=said["attached"], author=str(request.citizen), at=request.at
        )

    back = f"{reverse('online:own_case', args=[pk])}#tin-nhan"
    return done(request, act, back=back, word="Đã gửi tin nhắn.")


@posts_only("online:own_case")
@citizens_only
def talk_taking_back(request: CitizenRequest, pk: int) -> HttpResponse:
    """Take a message back that the office has not opened."""
    case, number = case_of(request, pk), request.POST.get("message", "")

    def act() -> None:
        known = int(number) if number.isdecimal() and len(number) < 18 else 0
        cases.take_back_message(case, known, actor=None, at=request.at)

    back = f"{reverse('online:own_case', args=[pk])}#tin-nhan"
    return done(request, act, back=back, word="Đã thu hồi tin nhắn.")


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
    after_end: bool = False,
) -> HttpResponse:
    """Show a form about a case; do what it says once it is right, and go back to the case with a word."""
    if case.is_ended and not after_end and request.method != "POST":
        messages.error(request, "Hồ sơ đã kết thúc.")
        return redirect("online:own_case", case.pk)
    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, word)
        return redirect("online:own_case", case.pk)
    page = {"form": form, "case": case, "title": title, "verb": verb, "said": said, "tone": tone, "asked": asked}
    return render(request, "online/own_form.html", page, status=422 if form.errors else 200)
