"""What is done to a case: one small page for each verb, each with its reasons and papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from lienthong.cases import operations, policies
from lienthong.cases.forms import (
    ApologyForm,
    ExtensionForm,
    HandOverForm,
    MoveForm,
    NoteForm,
    OfficerForm,
    SupplementForm,
    SupplyForm,
    SuspensionForm,
    WithdrawalForm,
)
from lienthong.cases.models import Case
from lienthong.cases.operations.stepping import GONE, LEAVING
from lienthong.cases.operations.writing import step_of
from lienthong.cases.places import has_ended
from lienthong.cases.queries.needs import unmet
from lienthong.cases.views.record import case_of
from lienthong.kernel.clock import local_date
from lienthong.ui import formats
from lienthong.ui.answering import done, told
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workflow.actions import Action

HANDS = ("cases.handle", "cases.receive")


@posts_only("cases:show")
@officers_only(*HANDS)
def taking(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that it was taken in hand."""
    case = case_of(request, pk)

    def act() -> None:
        operations.take(case, actor=request.actor, at=request.at)

    return done(request, act, back=reverse("cases:show", args=[pk]), word=f"Đã nhận hồ sơ {case.code}.")


@posts_only("cases:show")
@officers_only(*HANDS)
def undoing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take the last step back, while nobody acted on it."""
    case = case_of(request, pk)

    def act() -> None:
        operations.undo(case, actor=request.actor, at=request.at)

    return done(request, act, back=reverse("cases:show", args=[pk]), word=f"Đã hoàn tác, hồ sơ {case.code} trở lại.")


@officers_only(*HANDS)
def move(request: OfficerRequest, pk: int, action: str) -> HttpResponse:
    """Lead a case to its next step, back, or to a refusal."""
    case, to = case_of(request, pk), request.GET.get("to") or request.POST.get("to", "")
    if action not in LEAVING:
        raise Http404
    chosen = step_of(case).move(Action(action), to) if case.step else None
    if chosen is None or case.is_ended:
        messages.error(request, GONE)
        return redirect("cases:show", pk)
    papers = case.papers.order_by("order") if action in ("send_back", "decline") else []
    form = MoveForm(posted(request), move=chosen, papers=papers)

    def act() -> None:
        said = form.cleaned_data
        operations.act(
            case, action, to=to, step=request.POST.get("step", ""), reason=said["reason"],
            papers=said.get("papers", ()), legal_basis=said.get("legal_basis", ""), actor=request.actor, at=request.at,
        )  # fmt: skip

    where = case.version.definition.flow.steps.get(chosen.to)
    return form_page(
        request, case, form, act, title=chosen.label, verb=chosen.label, word=f"{chosen.label}: {case.code}.",
        said=f"Hồ sơ sang bước “{where.name}”." if where else "Hồ sơ kết thúc. Không hoàn tác được.",
        tone="main" if where else "danger", missing=unmet(case, chosen),
    )  # fmt: skip


@officers_only(*HANDS)
def officer(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give the step to one officer of the unit."""
    case = case_of(request, pk)
    if case.holder_unit is None:
        return redirect("cases:show", pk)
    day = local_date(request.at)
    is_heir = has_ended(case.holder_unit, day)
    unit = request.actor.post.unit if is_heir else case.holder_unit
    form = OfficerForm(posted(request), unit=unit, is_heir=is_heir, on=day)

    def act() -> None:
        said = form.cleaned_data
        operations.name_officer(case, said["post"], note=said["note"], actor=request.actor, at=request.at)

    return form_page(request, case, form, act, title="Phân công", verb="Phân công", word="Đã phân công.",
                      said="Thời hạn của bước chạy tiếp, không tính lại.")  # fmt: skip


@officers_only(*HANDS)
def supplement(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ask the applicant for what is missing or wrong (mẫu số 02)."""
    case = case_of(request, pk)
    form = SupplementForm(posted(request), papers=case.papers.order_by("order"))

    def act() -> None:
        operations.request_supplement(
            case, papers=form.asked(), text=form.cleaned_data["text"], step=request.POST.get("step", ""),
            actor=request.actor, at=request.at,
        )  # fmt: skip

    rule = case.version.definition.supplement
    return form_page(
        request, case, form, act, title="Yêu cầu bổ sung hồ sơ", verb="Yêu cầu bổ sung",
        word="Đã lập phiếu yêu cầu bổ sung. Thời hạn dừng đến khi nhận đủ.",
        said=f"Chỉ được yêu cầu {rule.rounds} lần, đã yêu cầu {case.rounds} lần. Hãy ghi hết một lần, từng giấy tờ. "
        "Thời hạn giải quyết dừng lại đến khi nhận bổ sung.",
    )  # fmt: skip


@officers_only(*HANDS)
def supply(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take in what was asked for."""
    case = case_of(request, pk)
    open_one = case.supplements.filter(state="asked").first()
    asked = [one["key"] for one in open_one.papers] if open_one else []
    papers = case.papers.order_by("order")
    form = SupplyForm(posted(request), papers=papers.filter(key__in=asked) if asked else papers)

    def act() -> None:
        given = form.given()
        operations.supply(case, papers=given, text=form.cleaned_data["text"], actor=request.actor, at=request.at)

    return form_page(
        request, case, form, act, title="Nhận bổ sung", verb="Nhận bổ sung",
        word="Đã nhận bổ sung, thời hạn chạy tiếp.", asked=open_one,
    )  # fmt: skip


@officers_only(*HANDS)
def suspension(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let the clock stand still where the law allows it."""
    case = case_of(request, pk)
    form = SuspensionForm(posted(request))

    def act() -> None:
        said = form.cleaned_data
        operations.suspend(
            case, kind=said["kind"], reason=said["reason"], step=request.POST.get("step", ""), actor=request.actor,
            at=request.at,
        )  # fmt: skip

    return form_page(request, case, form, act, title="Tạm dừng tính thời hạn", verb="Tạm dừng",
                      word="Đã tạm dừng tính thời hạn.")  # fmt: skip


@officers_only(*HANDS)
def resumption(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let the clock run on."""
    case = case_of(request, pk)
    form = NoteForm(posted(request))

    def act() -> None:
        operations.resume(case, note=form.cleaned_data["note"], actor=request.actor, at=request.at)

    return form_page(request, case, form, act, title="Tiếp tục giải quyết", verb="Tiếp tục",
                      word="Thời hạn chạy tiếp; hẹn trả được dời đúng thời gian đã dừng.")  # fmt: skip


@officers_only(*HANDS)
def apology(request: OfficerRequest, pk: int) -> HttpResponse:
    """Apologise before the promised day and promise anew (mẫu số 04)."""
    case = case_of(request, pk)
    form = ApologyForm(posted(request))

    def act() -> None:
        said = form.cleaned_data
        operations.apologise(case, reason=said["reason"], until=said["until"], actor=request.actor, at=request.at)

    promised = f"Đã hẹn trả {formats.moment(case.promised_at)}. " if case.promised_at else ""
    return form_page(
        request, case, form, act, title="Xin lỗi và hẹn lại ngày trả", verb="Xin lỗi, hẹn lại",
        word="Đã lập phiếu xin lỗi và hẹn lại.",
        said=f"{promised}Chỉ được hẹn lại {case.version.definition.supplement.apologies} lần, trước ngày đã hẹn. "
        "Thời hạn theo luật không đổi.",
    )  # fmt: skip


@officers_only(*HANDS)
def extension(request: OfficerRequest, pk: int) -> HttpResponse:
    """Lengthen the legal limit where the flow says that the law allows it."""
    case = case_of(request, pk)
    form = ExtensionForm(posted(request))

    def act() -> None:
        said = form.cleaned_data
        operations.extend(
            case, limit=said["limit"], reason=said["reason"], step=request.POST.get("step", ""), actor=request.actor,
            at=request.at,
        )  # fmt: skip

    return form_page(request, case, form, act, title="Gia hạn giải quyết", verb="Gia hạn", word="Đã gia hạn.")


@officers_only(*HANDS)
def handing_over(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hand the result over; the case ends."""
    case = case_of(request, pk)
    who = case.submitter or case.applicant
    form = HandOverForm(posted(request), initial={"receiver": who.name, "way": case.return_way})

    def act() -> None:
        said = form.cleaned_data
        operations.hand_over(
            case, receiver=said["receiver"], receiver_paper=said["receiver_paper"], way=said["way"], note=said["note"],
            actor=request.actor, at=request.at,
        )  # fmt: skip

    chosen = step_of(case).move(Action.HAND_OVER) if case.step else None
    return form_page(request, case, form, act, title="Trả kết quả", verb="Trả kết quả", word="Đã trả kết quả.",
                      missing=unmet(case, chosen) if chosen else [])  # fmt: skip


@officers_only(*HANDS)
def withdrawal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Note that the applicant takes the case back."""
    case = case_of(request, pk)
    if not policies.can_withdraw(request.actor, case):
        return redirect("cases:show", pk)
    form = WithdrawalForm(posted(request))

    def act() -> None:
        operations.withdraw(case, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)

    return form_page(
        request, case, form, act, title="Rút hồ sơ", verb="Ghi rút hồ sơ", word="Đã ghi nhận rút hồ sơ.", tone="danger",
        said="Trả lại giấy tờ cho người nộp. Hồ sơ kết thúc, không hoàn tác được.",
    )  # fmt: skip


def posted(request: OfficerRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def form_page(
    request: OfficerRequest, case: Case, form: forms.Form, act: Callable[[], Any], *, title: str, verb: str,
    word: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form of a verb; do it when it is right, and go back to the record."""
    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, word)
        return redirect("cases:show", case.pk)
    if request.method != "POST" and case.is_ended:
        messages.error(request, "Hồ sơ đã kết thúc nên không làm được việc này nữa.")
        return redirect("cases:show", case.pk)
    context = {"case": case, "form": form, "title": title, "verb": verb, "tone": "main", **more}
    return render(request, "cases/act.html", context, status=422 if form.errors else 200)
