"""Ending a post, shutting an account, handing work over: what is in hand, who takes over, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lienthong.administration.forms import AccountEndForm, HandOverForm, PostEndForm
from lienthong.administration.views.asof import day_of
from lienthong.kernel.clock import local_date
from lienthong.organisation import holdings, operations
from lienthong.organisation.models import Officer, Post, TakeOver
from lienthong.organisation.policies import can_hand_over, require_handing_over
from lienthong.organisation.queries.holdings import InHand, Thing, in_hand, left_behind, takers_for, things_in_hand
from lienthong.ui.answering import done, told
from lienthong.ui.requests import OfficerRequest, officers_only

SHOWN, PAST = 200, 30
"""How many things of a kind stand on the page to be chosen one by one; how many past orders are listed."""


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only("organisation.administer")
def post_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """End a post; what it has in hand is shown, and who takes over is asked."""
    post = _post(request, pk)
    on = day_of(request, chosen=False)
    form = PostEndForm(_posted(request), takers=takers_for(post, on), initial={"on": on}, giver=post)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if told(form, lambda: operations.end_post(post, **typed, actor=request.actor, at=request.at)):
            messages.success(request, "Đã cho thôi chức vụ.")
            _tell_of(request, post)
            return redirect("administration:officer", post.officer_id)
    page = {"form": form, "post": post, "held": in_hand([post], on)[post.pk]}
    return render(request, "administration/post_end.html", page, status=422 if form.errors else 200)


@require_POST
@officers_only("organisation.administer")
def post_reopening(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let an ended post go on."""
    post = _post(request, pk)
    return done(
        request,
        lambda: operations.reopen_post(post, actor=request.actor, at=request.at),
        back=reverse("administration:officer", args=[post.officer_id]),
        word="Chức vụ được giữ tiếp. Thẩm quyền ký đã thôi và việc đã bàn giao không tự trở lại: nếu cần, hãy ghi lại "
        "thẩm quyền ký và mở lần bàn giao để trả lại việc.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only("identity.invite")
def account_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Shut an account; what each post has in hand is shown, and who takes over is asked."""
    person = get_object_or_404(Officer.objects.visible_to(request.actor).select_related("user"), pk=pk)
    on = day_of(request, chosen=False)
    posts = Post.objects.visible_to(request.actor).in_force(on).filter(officer=person)
    rows = list(posts.select_related("officer", "unit").order_by("-is_primary", "pk"))
    held = in_hand(rows, on)
    busy = [post for post in rows if held[post.pk]]
    form = AccountEndForm(_posted(request), takers={post: takers_for(post, on) for post in busy})
    if request.method == "POST" and form.is_valid():
        typed = {"takers": form.takers_chosen(), "keeps_work": form.cleaned_data["keeps_work"]}
        close = operations.close_officer_account
        if told(form, lambda: close(person, **typed, actor=request.actor, at=request.at)):
            messages.success(request, "Đã khóa tài khoản.")
            return redirect("administration:officer", person.pk)
    lines = [(post, held[post.pk], form[form.field_of(post)]) for post in busy]
    page = {"form": form, "person": person, "lines": lines}
    return render(request, "administration/account_end.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only("organisation.administer", "organisation.hand_over")
def post_take_over(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hand over what a post has in hand without ending it: everything, whole kinds or single things."""
    post = _post(request, pk)
    require_handing_over(request.actor, post)
    on = day_of(request, chosen=False)
    held = in_hand([post], on)[post.pk]
    form = HandOverForm(_posted(request), takers=takers_for(post, on), giver=post)
    chosen = _chosen(request)
    if request.method == "POST" and form.is_valid():
        made: list[TakeOver] = []
        typed = form.cleaned_data
        if not chosen:
            form.add_error(None, "Hãy đánh dấu ít nhất một việc, hoặc cả một loại việc.")
        elif told(form, lambda: made.append(_hand_over(request, post, chosen, typed))):
            messages.success(request, _word(made[0]))
            return redirect("administration:take_over", made[0].pk)
    page = {
        "form": form,
        "post": post,
        "groups": _groups(request, post, held, chosen),
        "shown": SHOWN,
        "past": TakeOver.objects.visible_to(request.actor).filter(giver=post).select_related("taker__officer")[:PAST],
    }
    return render(request, "administration/post_take_over.html", page, status=422 if form.errors else 200)


@require_safe
@officers_only("organisation.administer")
def take_overs(request: OfficerRequest) -> HttpResponse:
    """What was left behind by posts that ended, what waits for its day, what was handed over."""
    on = day_of(request, chosen=False)
    rows = TakeOver.objects.visible_to(request.actor).select_related(
        "giver__officer", "giver__unit", "taker__officer", "taker__unit"
    )
    page = {
        "left": left_behind(on),
        "pending": rows.pending().order_by("on", "pk"),
        "past": rows.exclude(done_at=None).order_by("-done_at")[:PAST],
        "on": on,
    }
    return render(request, "administration/take_overs.html", page)


@require_safe
@officers_only()
def take_over(request: OfficerRequest, pk: int) -> HttpResponse:
    """One handing over: how much of what, and what of it the reader may see."""
    order = _order(request, pk)
    parties = {order.giver.officer_id, order.taker.officer_id}
    may_change = can_hand_over(request.actor, order.giver)
    if not (may_change or request.actor.officer.pk in parties):
        require_handing_over(request.actor, order.giver)
    page = {
        "order": order,
        "kinds": _done_kinds(request, order),
        "may_change": may_change,
    }
    return render(request, "administration/take_over.html", page)


@require_POST
@officers_only("organisation.administer", "organisation.hand_over")
def take_over_cancellation(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take back what waits for its day."""
    order = _order(request, pk)
    return done(
        request,
        lambda: operations.cancel_take_over(order, actor=request.actor, at=request.at),
        back=reverse("administration:take_over", args=[pk]),
        word="Đã bỏ lệnh bàn giao.",
    )


@require_POST
@officers_only("organisation.administer", "organisation.hand_over")
def take_over_return(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hand back what was handed over and is still open."""
    order = _order(request, pk)
    return done(
        request,
        lambda: operations.hand_back(order, actor=request.actor, at=request.at),
        back=reverse("administration:take_over", args=[pk]),
        word="Đã trả lại cho người giao những việc còn mở.",
    )


def _posted(request: OfficerRequest) -> QueryDict | None:
    """Return what was sent, though nothing was filled in: an empty answer is refused in words too."""
    return request.POST if request.method == "POST" else None


def _hand_over(
    request: OfficerRequest, post: Post, chosen: dict[str, list[int] | None], typed: dict[str, Any]
) -> TakeOver:
    return operations.hand_over(post, **typed, chosen=chosen, actor=request.actor, at=request.at)


def _chosen(request: OfficerRequest) -> dict[str, list[int] | None]:
    """Return what was ticked: a whole kind, or single things of it (``kind:key``)."""
    chosen: dict[str, list[int] | None] = {}
    for value in request.POST.getlist("thing"):
        kind, _, key = value.partition(":")
        if holdings.kind_of(kind) is not None and key.isdecimal() and len(key) < 19:
            keys = chosen.setdefault(kind, [])
            if keys is not None:
                keys.append(int(key))
    for kind in request.POST.getlist("kind"):
        if holdings.kind_of(kind) is not None:
            chosen[kind] = None
    return chosen


def _groups(
    request: OfficerRequest, post: Post, held: Iterable[InHand], chosen: dict[str, list[int] | None]
) -> list[tuple[InHand, bool, bool, list[tuple[Thing, bool]]]]:
    """Return each kind with whether it is ticked, whether anything of it is, and its things ticked or not."""
    groups, on = [], day_of(request, chosen=False)
    for one in held:
        word = one.kind.kind
        keys = set(chosen.get(word) or [])
        things = things_in_hand(post, one.kind, on, reader=request.actor, limit=SHOWN)
        ticked = [(thing, thing.pk in keys) for thing in things]
        groups.append((one, word in chosen and chosen[word] is None, bool(keys), ticked))
    return groups


def _done_kinds(request: OfficerRequest, order: TakeOver) -> list[tuple[str, int, list[Thing]]]:
    """Return each kind with how many went over, and what of it is still open with the taker and shown to the reader."""
    found, on = [], local_date(request.at)
    for word, keys in order.things.items():
        kind = holdings.kind_of(word)
        if kind is not None:
            still = things_in_hand(order.taker, kind, on, reader=request.actor, limit=SHOWN, only=keys)
            found.append((kind.name, len(keys), still))
    return found


def _tell_of(request: OfficerRequest, post: Post) -> None:
    """Say what became of the work of a post that was just ended."""
    order = TakeOver.objects.visible_to(request.actor).filter(giver=post, ordered_at=request.at).order_by("-pk").first()
    if order is not None:
        messages.info(request, _word(order))


def _word(order: TakeOver) -> str:
    if order.done_at is not None:
        return f"Đã bàn giao {order.total} việc cho {order.taker}."
    if order.on > local_date(order.ordered_at):
        return f"Công việc sẽ được bàn giao cho {order.taker} vào ngày {order.on:%d/%m/%Y}."
    return f"Việc nhiều nên máy đang bàn giao cho {order.taker}; trong vài phút sẽ xong."


def _order(request: OfficerRequest, pk: int) -> TakeOver:
    rows = TakeOver.objects.visible_to(request.actor)
    joined = rows.select_related(
        "giver__officer", "giver__unit", "taker__officer", "taker__unit", "ordered_by__officer"
    )
    return get_object_or_404(joined, pk=pk)


def _post(request: OfficerRequest, pk: int) -> Post:
    return get_object_or_404(Post.objects.visible_to(request.actor).select_related("officer", "unit"), pk=pk)
