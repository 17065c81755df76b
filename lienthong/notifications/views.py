"""Notices, the bell, preferences, and the outbox for administrators."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lienthong.kernel.subjects import describe
from lienthong.notifications import operations, queries
from lienthong.notifications.forms import PreferenceForm
from lienthong.notifications.models import Delivery, Notice
from lienthong.organisation.actor import Actor
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only


@officers_only()
@require_safe
def listing(request: OfficerRequest) -> HttpResponse:
    """The notices of the post, newest first."""
    only_unread = request.GET.get("unread") == "1"
    page = queries.notices(
        request.actor, at=request.at, before=_key(request.GET.get("before", "")), only_unread=only_unread
    )
    context = {"page": page, "only_unread": only_unread, "unread": queries.unread_count(request.actor)}
    return render(request, f"notifications/list.html{'#rows' if is_fragment(request) else ''}", context)


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """The count beside the bell, which asks every minute; a session that has ended must not take the page away."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return HttpResponse(status=204)
    return render(request, "notifications/list.html#bell", {"unread": queries.unread_count(actor)})


@officers_only()
@require_safe
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """Open what a notice is about; it is read now."""
    notice = get_object_or_404(Notice.objects.visible_to(request.actor), pk=pk)
    operations.mark_read(request.actor, at=request.at, notice=notice.pk)
    about = describe([notice.subject]).get(notice.subject)
    if about is None:
        messages.info(request, "Nội dung được báo không còn trên hệ thống.")
        return redirect("notifications:list")
    return redirect(about.url)


@officers_only()
@require_POST
def reading(request: OfficerRequest) -> HttpResponse:
    """Mark one notice, or all up to the first one shown, as read."""
    if pk := _key(request.POST.get("notice", "")):
        operations.mark_read(request.actor, at=request.at, notice=pk)
    elif until := _key(request.POST.get("until", "")):
        operations.mark_all_read(request.actor, at=request.at, until=until)
    if not is_fragment(request):
        return redirect("notifications:list")
    page = queries.notices(request.actor, at=request.at)
    context = {"page": page, "only_unread": False, "unread": queries.unread_count(request.actor)}
    return render(request, "notifications/list.html#rows", context)


@officers_only()
def preferences(request: OfficerRequest) -> HttpResponse:
    """What the officer wants outside the app."""
    preference = queries.preference_of(request.actor)
    form = PreferenceForm.of(preference, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        operations.choose(request.actor, **form.cleaned_data)
        messages.success(request, "Đã lưu cách nhận thông báo.")
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"form": form, "officer": request.actor.officer})


@officers_only("notifications.administer")
@require_safe
def outbox(request: OfficerRequest) -> HttpResponse:
    """What leaves the house: failed and waiting messages first of all."""
    state = request.GET.get("state", "")
    rows, older = queries.outbox(request.actor, state=state, before=_key(request.GET.get("before", "")))
    counts = queries.outbox_counts(request.actor)
    context = {
        "deliveries": rows,
        "older": older,
        "is_demo": settings.DEMO,
        "state": state,
        "states": [(word, label, counts.get(word, 0)) for word, label in Delivery.State.choices],
    }
    return render(request, "notifications/outbox.html", context)


@officers_only("notifications.administer")
@require_POST
def delivery(request: OfficerRequest, pk: int) -> HttpResponse:
    """Send one message again."""
    operations.resend(
        get_object_or_404(Delivery.objects.visible_to(request.actor), pk=pk), actor=request.actor, at=request.at
    )
    messages.success(request, "Đã đưa lại vào hàng chờ gửi; thư sẽ đi trong vòng một phút.")
    return redirect("notifications:outbox")


@officers_only("notifications.administer")
@require_safe
def sandbox(request: OfficerRequest) -> HttpResponse:
    """What the demo's gateway was given for people outside."""
    found, older = queries.sandbox(request.actor, before=_key(request.GET.get("before", "")))
    return render(request, "notifications/sandbox.html", {"found": found, "older": older})


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
