"""The officer's queue: the strip with its few buttons, who waits, who was skipped."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.queueing.forms import TransferForm
from lienthong.queueing.models import ServiceGroup, ServicePoint, Ticket
from lienthong.queueing.models.hall import SERVE
from lienthong.queueing.operations import hall, tickets
from lienthong.queueing.queries import queue as queries
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

Act = Callable[..., Ticket]
VERBS: dict[str, Act] = {
    "recall": tickets.recall,
    "start": tickets.start,
    "finish": tickets.finish,
    "skip": tickets.skip,
    "return": tickets.bring_back,
    "leave": tickets.leave,
}
SHOWN = 100


@require_safe
@officers_only(SERVE)
def queue(request: OfficerRequest) -> HttpResponse:
    """The hall today, as the officer at a counter sees it."""
    unit = request.actor.post.unit
    day = local_date(request.at)
    mine = Ticket.objects.visible_to(request.actor).of_day(unit.pk, day).select_related("group", "for_point")
    points = ServicePoint.objects.visible_to(request.actor).filter(is_open=True).select_related("post__officer")
    page = {
        "strip": queries.strip(request.actor, request.at),
        "waiting": list(mine.waiting().in_turn()[:SHOWN]),
        "skipped": list(mine.filter(state=Ticket.State.SKIPPED).order_by("-called_at")[:20]),
        "served": mine.filter(state=Ticket.State.SERVED).count(),
        "groups": queries.waiting_by_group(unit.pk, day),
        "points": list(points.order_by("number")),
        "unit": unit,
        "key": uuid.uuid4(),
    }
    if is_fragment(request):
        return render(request, "queueing/queue.html#list", page)
    return render(request, "queueing/queue.html", page)


@require_safe
@officers_only(SERVE)
def strip(request: OfficerRequest) -> HttpResponse:
    """The strip alone: as it is now."""
    return _strip(request)


@require_POST
@officers_only(SERVE)
def next_one(request: OfficerRequest) -> HttpResponse:
    """Finish with who is here and call the next."""
    point = queries.seat_of(request.actor)
    shown = request.POST.get("after", "")
    after = int(shown) if shown.isdecimal() and len(shown) < 18 else None

    def act() -> str:
        if point is None:
            raise Refusal("Hãy chọn quầy của mình trước khi gọi số.")
        called = tickets.call_next(point, after=after, actor=request.actor, at=request.at)
        return "" if called else "Hiện không còn ai chờ quầy này."

    return _answered(request, act)


@require_POST
@officers_only(SERVE)
def verb(request: OfficerRequest, pk: int, what: str) -> HttpResponse:
    """One thing done to one number: called again, begun, finished, skipped, brought back, given up."""
    ticket = get_object_or_404(Ticket.objects.visible_to(request.actor), pk=pk)
    if what not in {*VERBS, "call"}:
        raise Http404

    def act() -> str:
        if what != "call":
            VERBS[what](ticket, actor=request.actor, at=request.at)
            return ""
        point = queries.seat_of(request.actor)
        if point is None:
            raise Refusal("Hãy chọn quầy của mình trước khi gọi số.")
        tickets.call(ticket, point, actor=request.actor, at=request.at)
        return ""

    return _answered(request, act)


@officers_only(SERVE)
def transfer(request: OfficerRequest, pk: int) -> HttpResponse:
    """Send the person on to another counter or group."""
    ticket = get_object_or_404(Ticket.objects.visible_to(request.actor).select_related("point"), pk=pk)
    points = ServicePoint.objects.visible_to(request.actor).filter(is_open=True).exclude(pk=ticket.point_id or 0)
    groups = ServiceGroup.objects.visible_to(request.actor).in_use().order_by("order")
    form = TransferForm(request.POST or None, groups=groups, points=points.order_by("number"))

    def act() -> None:
        tickets.transfer(ticket, **form.told, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã chuyển số {ticket.code}.")
        return redirect("queueing:queue")
    page = {"form": form, "title": f"Chuyển số {ticket.code}", "verb": "Chuyển", "back": reverse("queueing:queue")}
    return render(request, "queueing/form.html", page, status=422 if form.errors else 200)


@require_POST
@officers_only(SERVE)
def ticket_for(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give somebody a number from the counter: who cannot use the kiosk, or whom the law lets go first."""
    group = get_object_or_404(ServiceGroup.objects.visible_to(request.actor), pk=pk)
    first = bool(request.POST.get("first"))

    def act() -> str:
        ticket = tickets.take_ticket(
            group,
            key=f"{request.POST.get('key', '')[:36] or uuid.uuid4()}:{group.pk}:{int(first)}",
            priority=tickets.FIRST if first else tickets.ORDINARY,
            actor=request.actor,
            at=request.at,
        )
        return f"Số {ticket.code}."

    return _answered(request, act)


@require_POST
@officers_only(SERVE)
def sitting(request: OfficerRequest, pk: int) -> HttpResponse:
    """Sit down at a counter, or leave one's own."""
    point = get_object_or_404(ServicePoint.objects.visible_to(request.actor), pk=pk)

    def act() -> str:
        if request.POST.get("leave"):
            hall.stand_up(point, actor=request.actor, at=request.at)
            return "Đã rời quầy."
        hall.sit(point, actor=request.actor, at=request.at)
        return ""

    return _answered(request, act, whole=True)


def _answered(request: OfficerRequest, act: Callable[[], str], *, whole: bool = False) -> HttpResponse:
    """Do an act; htmx gets the strip anew with what was said, a browser without it goes back to the queue."""
    try:
        said, refused = act(), ""
    except Forbidden:
        raise
    except Refusal as refusal:
        said, refused = "", refusal.message
    if is_fragment(request) and not whole:
        return _strip(request, said=said, refused=refused)
    if refused:
        messages.error(request, refused)
    elif said:
        messages.success(request, said)
    return redirect("queueing:queue")


def _strip(request: OfficerRequest, *, said: str = "", refused: str = "") -> HttpResponse:
    page = {"strip": queries.strip(request.actor, request.at), "said": said, "refused": refused}
    answer = render(request, "queueing/strip.html", page)
    if request.method == "POST":
        answer["HX-Trigger"] = "queue-changed"
    return answer
