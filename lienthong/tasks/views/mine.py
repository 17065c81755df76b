"""Việc của tôi: the home page of every officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.calendars.clock import Calendar
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks import desk, operations, policies
from lienthong.tasks.forms.steps import ManyForm
from lienthong.tasks.models import Task
from lienthong.tasks.queries import inbox
from lienthong.tasks.queries.record import seeing
from lienthong.tasks.queries.rows import calendar_for
from lienthong.ui import first_steps
from lienthong.ui.requests import OfficerRequest, is_fragment, know_count, officers_only


@require_safe
@officers_only()
def mine(request: OfficerRequest) -> HttpResponse:
    """Show what this officer must do, by when; the page asks again by itself and is answered only when it changed."""
    if is_fragment(request) and request.GET.get("token"):
        counts = inbox.counts(request.actors, request.at)
        if request.GET["token"] == counts.token:
            return HttpResponse(status=204)
    calendar = calendar_for(request.actor.post.unit, request.at)
    context = work(request.actors, request.GET.dict(), calendar=calendar, at=request.at)
    know_count(request, "mine", context["todo"])
    context["can_assign"] = policies.can_assign(request.actor)
    context["corners"] = list(desk.tabs(request.actor))
    first, *others = context["tabs"]
    context["tabs"] = [first, *context["corners"], *others]
    if context["tab"] == "todo" and not context["page"].rows:
        context["first_steps"] = first_steps.standing(request.actor)
    return render(request, "tasks/mine.html#work" if is_fragment(request) else "tasks/mine.html", context)


def work(actors: Sequence[Actor], query: Mapping[str, str], *, calendar: Calendar, at: dt.datetime) -> dict[str, Any]:
    """Return what the page shows: the counts of every part and one page of the chosen one."""
    counts = inbox.counts(actors, at)
    name, group, after = query.get("tab", "todo"), query.get("group", ""), query.get("after", "")
    name = name if name in inbox.TABS else "todo"
    page = inbox.page(actors, name=name, group=group, after=after, calendar=calendar, at=at)
    here = {key: value for key, value in {"tab": name, "group": group, "after": after}.items() if value}
    return {
        "page": page,
        "tab": name,
        "group": group,
        "tabs": _tabs(counts, name),
        "groups": [(key, label, counts.groups[key]) for key, label in inbox.GROUPS.items()],
        "older": f"?{urlencode({**here, 'after': page.older})}" if page.older else "",
        "poll": f"{reverse('tasks:mine')}?{urlencode({**here, 'token': counts.token})}",
        "todo": counts.tabs["todo"],
        "total": counts.groups.get(group, counts.tabs[name]) if name == "todo" else counts.tabs[name],
    }


def _tabs(counts: inbox.Counts, chosen: str) -> list[dict[str, object]]:
    """Return every part of the work; requests for more time are rare and have a tab only while one waits."""
    return [
        {"label": label, "url": f"?tab={name}", "count": counts.tabs[name], "here": name == chosen}
        for name, label in inbox.TABS.items()
        if name != "extension" or counts.tabs[name] or name == chosen
    ]


@require_POST
@officers_only()
def bulk(request: OfficerRequest) -> HttpResponse:
    """Do one step to every chosen task; each that cannot be done says why, the others are done."""
    keys = [int(key) for key in request.POST.getlist("pk") if key.isdigit()][:100]
    step = request.POST.get("step", "")
    told: dict[str, Any] = {}
    if step == "handover" and keys:
        form = ManyForm(request.POST if "to" in request.POST else None, actor=request.actor, on=local_date(request.at))
        if not form.is_valid():
            context = {"form": form, "keys": keys}
            return render(request, "tasks/handover.html", context, status=422 if form.errors else 200)
        told = {"to": form.receiver(), "instruction": form.cleaned_data["instruction"]}
    done, refused = 0, []
    for key in keys:
        try:
            done += _one(request, key, step, told)
        except Refusal as refusal:
            refused.append(refusal.message)
    if done:
        messages.success(request, f"{DONE[step]} {done} việc.")
    for message in dict.fromkeys(refused):
        messages.error(request, f"{refused.count(message)} việc không làm được: {message}")
    if not keys:
        messages.warning(request, "Chưa chọn việc nào.")
    back = request.POST.get("tab", "todo")
    return redirect(f"{reverse('tasks:mine')}?tab={back if back in inbox.TABS else 'todo'}")


def _one(request: OfficerRequest, key: int, step: str, told: dict[str, Any]) -> int:
    others = [actor for actor in request.actors if actor is not request.actor]
    able = seeing(key, [request.actor, *others])
    if not able:
        raise Refusal("Việc này không còn trong danh sách của bạn.")
    task = Task.objects.visible_to(able[0]).get(pk=key)
    actor = next((one for one in able if STEPS[step][0](one, task)), able[0]) if step in STEPS else None
    if actor is None:
        raise Refusal("Hãy chọn một thao tác cho các việc đã đánh dấu.")
    STEPS[step][1](task, actor=actor, at=request.at, **told)
    return 1


STEPS: dict[str, tuple[Callable[[Actor, Task], bool], Callable[..., Task]]] = {
    "acceptance": (policies.can_accept, operations.accept),
    "handover": (policies.can_pass_on, operations.pass_on),
    "verification": (policies.can_verify, operations.verify),
    "reminder": (policies.can_direct, operations.nudge),
}
DONE = {
    "acceptance": "Đã nhận",
    "handover": "Đã giao tiếp",
    "verification": "Đã xác nhận hoàn thành",
    "reminder": "Đã đôn đốc",
}
