"""The same thing done to the marked cases of a list, and what came of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lienthong.cases import operations
from lienthong.cases.operations import Outcome
from lienthong.kernel.refusal import Refusal
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, officers_only

VERBS = {
    "take": "Nhận việc",
    "accept": "Tiếp nhận",
    "onward": "Trình, chuyển bước",
    "sign": "Ký duyệt",
}


@posts_only("cases:list")
@officers_only("cases.handle", "cases.receive")
def together(request: OfficerRequest) -> HttpResponse:
    """Do it to each marked case for itself; whatever could not be done is listed with the reason."""
    verb = request.POST.get("do", "")
    back = f"{reverse('cases:list')}?tab=mine"
    try:
        outcomes = _verb(verb)(_marked(request), actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    done = [one for one in outcomes if one.is_done]
    if len(done) == len(outcomes):
        messages.success(request, f"{VERBS[verb]}: xong {len(done)} hồ sơ.")
        return redirect(back)
    context = {"verb": VERBS[verb], "done": done, "problems": [one for one in outcomes if one.problem], "back": back}
    return render(request, "cases/together.html", context)


def _verb(word: str) -> Callable[..., list[Outcome]]:
    if word not in VERBS:
        raise Refusal("Chọn việc cần làm với các hồ sơ đã đánh dấu.")
    if word == "take":
        return operations.take_all
    return partial(operations.act_on_all, action=word)


def _marked(request: OfficerRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("pk") if key.isdecimal() and len(key) < 18]
