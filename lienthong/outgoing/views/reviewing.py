"""From the author to the signer: putting up, looking at, sending back, signing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.models import Post
from lienthong.organisation.queries.signing import authorities_on
from lienthong.outgoing import policies
from lienthong.outgoing.forms import PutUpForm, SignerForm, station_forms, way_in
from lienthong.outgoing.models import Draft, ReviewStep
from lienthong.outgoing.operations.adopting import adopt
from lienthong.outgoing.operations.drafting import drop, take_up_again
from lienthong.outgoing.operations.reviewing import (
    agree,
    change_signer,
    decline_to_sign,
    put_up,
    send_back,
    withdraw,
)
from lienthong.outgoing.operations.signing import sign, withdraw_signature
from lienthong.outgoing.views.finding import draft_of
from lienthong.ui.answering import place_refusal
from lienthong.ui.requests import OfficerRequest, officers_only

HEADS = ("division_head", "office_head")


@officers_only()
def putting_up(request: OfficerRequest, pk: int) -> HttpResponse:
    """Choose who looks at the draft, in which order, and who signs it."""
    draft = draft_of(request.actor, pk)
    if not policies.can_put_up(request.actor, draft):
        raise Forbidden("Chỉ người soạn thảo trình được, khi dự thảo đang ở tay mình.")
    on = local_date(request.at)
    authorities = authorities_on(draft.agency, on)
    data = request.POST if request.method == "POST" else None
    form = PutUpForm(data, initial={"authority": draft.authority_id}, authorities=authorities)
    rows = station_forms(data, draft, on=on, initial=_proposed_way(request, draft))
    error = ""
    if data is not None and form.is_valid() and rows.is_valid():
        try:
            put_up(
                draft,
                way_in(rows),
                authority=form.cleaned_data["authority"],
                note=form.cleaned_data["note"],
                actor=request.actor,
                at=request.at,
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            messages.success(request, "Đã trình.")
            return redirect("outgoing:draft", pk)
    failed = data is not None
    context = {
        "draft": draft,
        "form": form,
        "rows": rows,
        "error": error,
        "has_authorities": bool(authorities),
        "recipients": list(draft.recipients.order_by("order").values_list("line", flat=True)),
    }
    return render(request, "outgoing/put_up.html", context, status=422 if failed else 200)


def _proposed_way(request: OfficerRequest, draft: Draft) -> list[dict[str, object]]:
    """Propose the way of the round before, else the head of the drafting unit."""
    before = list(draft.steps.filter(round=draft.round).order_by("order", "pk")) if draft.round else []
    if before:
        return [{"post": one.post_id, "purpose": one.purpose, "order": one.order} for one in before]
    on = local_date(request.at)
    head = (
        Post.objects.visible_to(request.actor)
        .in_force(on)
        .filter(unit=draft.unit, role__in=HEADS)
        .exclude(pk=draft.author_id)
        .first()
    )
    return [{"post": head.pk, "purpose": "content", "order": 1}] if head else []


@officers_only()
def changing_signer(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let another sign what waits for a signature."""
    draft = draft_of(request.actor, pk)
    is_signer = policies.can_decline_to_sign(request.actor, draft)
    if draft.state != Draft.State.SIGNING or not (request.actor.post.pk == draft.author_id or is_signer):
        raise Forbidden("Chỉ người soạn thảo hoặc người đang được trình ký đổi được người ký.")
    data = request.POST if request.method == "POST" else None
    authorities = [one for one in authorities_on(draft.agency, local_date(request.at)) if one.pk != draft.authority_id]
    form = SignerForm(data, authorities=authorities)
    if data is not None and form.is_valid():
        given = form.cleaned_data
        try:
            change_signer(draft, given["authority"], reason=given["reason"], actor=request.actor, at=request.at)
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            messages.success(request, f"Đã trình {given['authority'].post.officer} ký.")
            return redirect("outgoing:draft", pk)
    return render(
        request, "outgoing/change_signer.html", {"draft": draft, "form": form}, status=422 if form.errors else 200
    )


@officers_only()
def step(request: OfficerRequest, pk: int, verb: str) -> HttpResponse:
    """Take one step with a draft: each needs no more than a reason or an opinion."""
    if request.method != "POST":
        return redirect("outgoing:draft", pk)
    draft = draft_of(request.actor, pk)
    if verb not in STEPS:
        raise Http404
    messages.success(request, STEPS[verb](request, draft))
    return redirect("outgoing:draft", pk)


def _agree(request: OfficerRequest, draft: Draft) -> str:
    agree(_turn(request, draft), opinion=request.POST.get("opinion", ""), actor=request.actor, at=request.at)
    return "Đã ghi ý kiến đồng ý."


def _send_back(request: OfficerRequest, draft: Draft) -> str:
    send_back(
        _turn(request, draft), reason=_reason(request), to=_target(request, draft), actor=request.actor, at=request.at
    )
    return "Đã trả lại."


def _sign(request: OfficerRequest, draft: Draft) -> str:
    version = request.POST.get("version", "")[:9]
    sign(draft, version=int(version) if version.isdecimal() else 0, actor=request.actor, at=request.at)
    return "Đã ký. Văn bản chuyển văn thư phát hành."


def _decline(request: OfficerRequest, draft: Draft) -> str:
    decline_to_sign(draft, reason=_reason(request), to=_target(request, draft), actor=request.actor, at=request.at)
    return "Đã trả lại, chưa ký."


def _withdraw(request: OfficerRequest, draft: Draft) -> str:
    withdraw(draft, reason=_reason(request), actor=request.actor, at=request.at)
    return "Đã rút dự thảo về để soạn tiếp."


def _withdraw_signature(request: OfficerRequest, draft: Draft) -> str:
    withdraw_signature(draft, reason=_reason(request), actor=request.actor, at=request.at)
    return "Đã rút chữ ký."


def _drop(request: OfficerRequest, draft: Draft) -> str:
    drop(draft, reason=_reason(request), actor=request.actor, at=request.at)
    return "Đã bỏ dự thảo. Có thể mở lại để soạn tiếp."


def _take_up(request: OfficerRequest, draft: Draft) -> str:
    take_up_again(draft, actor=request.actor, at=request.at)
    return "Đã mở lại dự thảo."


def _adopt(request: OfficerRequest, draft: Draft) -> str:
    adopted = adopt(draft, actor=request.actor, at=request.at)
    return f"Đã tiếp nhận dự thảo về {adopted.unit}. Hãy xem lại nơi nhận và chọn người ký."


STEPS: dict[str, Callable[[OfficerRequest, Draft], str]] = {
    "agree": _agree,
    "send-back": _send_back,
    "sign": _sign,
    "decline": _decline,
    "withdraw": _withdraw,
    "withdraw-signature": _withdraw_signature,
    "drop": _drop,
    "take-up": _take_up,
    "adopt": _adopt,
}


def _reason(request: OfficerRequest) -> str:
    return request.POST.get("reason", "")


def _turn(request: OfficerRequest, draft: Draft) -> ReviewStep:
    """Return the step that waits for the actor. Refuses out of turn."""
    steps = draft.steps.filter(round=draft.round, state=ReviewStep.State.CURRENT, post__in=request.actor.posts)
    found = steps.order_by("pk").first()
    if found is None:
        raise Forbidden("Dự thảo này không còn chờ bạn xem. Hãy tải lại trang.")
    return found


def _target(request: OfficerRequest, draft: Draft) -> ReviewStep | None:
    """Return the step to which something is sent back; none means the author."""
    key = request.POST.get("to", "")[:18]
    if not key.isdecimal():
        return None
    found = draft.steps.filter(pk=int(key), round=draft.round).first()
    if found is None:
        raise Refusal("Bước này không thuộc lần trình đang xem. Hãy chọn lại.", field="to")
    return found
