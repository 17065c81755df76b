"""One draft: its record, what changed between its wordings, remarks on it, the mending of its form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from lienthong.formatting.differences import compare
from lienthong.formatting.mending import mend_official
from lienthong.journal import queries as journal
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.outgoing import policies
from lienthong.outgoing.models import Draft, DraftVersion, OutgoingDocument, Recipient, ReviewStep
from lienthong.outgoing.operations.commenting import comment, resolve
from lienthong.outgoing.operations.drafting import save
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.queries.checks import checked, is_long
from lienthong.outgoing.queries.record import (
    comments_of,
    findings_of,
    paragraphs_to_remark,
    place_comments,
    remarks_on,
    sources_of,
    steps_of,
)
from lienthong.outgoing.views.finding import draft_of
from lienthong.outgoing.wording import Wording, appendices_of
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

TIMELINE_PAGE = 40
MOVES = ("draft.put_up", "draft.agreed", "draft.sent_back", "draft.withdrawn", "draft.adopted", "draft.signed")


@officers_only()
def record(request: OfficerRequest, pk: int) -> HttpResponse:
    """One draft: its pages, in whose hands it is, the way of review, remarks, versions and everything that happened."""
    draft = draft_of(request.actor, pk)
    on = local_date(request.at)
    versions = list(draft.versions.select_related("post__officer", "file").order_by("-number"))
    version = versions[0]
    steps = steps_of(draft)
    mine = next((one for one in steps if one.round == draft.round and policies.can_review(request.actor, one)), None)
    official = pages_of_draft(draft, version, on=on)
    shown = checked(draft, version, official, on=on)
    may = may_of(request.actor, draft, mine) | {"adopt": policies.can_adopt(request.actor, draft, on=on)}
    placed = place_comments(comments_of(draft), version)
    line = request.GET.get("line", "")[:6]
    context = {
        "draft": draft,
        "version": version,
        "versions": versions,
        "checked": shown,
        "steps": [one for one in steps if one.round == draft.round],
        "earlier_steps": [one for one in steps if one.round != draft.round],
        "mine": mine,
        "back_to": _stations_before(steps, draft, mine),
        "comments": placed,
        "paragraphs": paragraphs_to_remark(version, placed),
        "line": line if line.isdecimal() else "",
        "findings": shown.findings,
        "can_mend": may["write"] and any(finding.mend for finding in shown.findings),
        "sources": sources_of(draft),
        "recipients": (recipients := list(draft.recipients.order_by("order"))),
        "addressed": sum(1 for one in recipients if one.way != Recipient.Way.FILE),
        "signature": draft.signatures.filter(withdrawn_at=None).select_related("post__officer").first(),
        "document": _document(draft),
        **(told := older_events(draft)),
        "sent_back": _sent_back(draft, told["entries"]),
        "may": may,
    }
    return render(request, "outgoing/draft.html", context)


@officers_only()
def timeline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Older events of a draft."""
    draft = draft_of(request.actor, pk)
    context = {"title": draft.abstract, "back": reverse("outgoing:draft", args=[pk]), "section": "drafts"}
    return show_older(request, draft, context)


def show_older(request: OfficerRequest, draft: Draft, context: dict[str, Any]) -> HttpResponse:
    """Answer with the events of a draft, and of its document, that came before those already shown."""
    after = request.GET.get("after", "")[:18]
    context |= older_events(draft, int(after) if after.isdecimal() else None)
    template = "outgoing/timeline.html"
    return render(request, f"{template}#entries" if is_fragment(request) else template, context)


def older_events(draft: Draft, after: int | None = None) -> dict[str, Any]:
    """Return one page of what happened to a draft, and where the next begins (one query)."""
    entries = journal.timeline(draft.subject, after=after, limit=TIMELINE_PAGE + 1)
    older = entries[TIMELINE_PAGE - 1].event.pk if len(entries) > TIMELINE_PAGE else None
    return {"entries": entries[:TIMELINE_PAGE], "older": older}


def _sent_back(draft: Draft, entries: list[journal.TimelineEntry]) -> journal.TimelineEntry | None:
    """Return how the draft came back to where it is now; nothing once it went on from there."""
    if draft.state not in (Draft.State.WRITING, Draft.State.REVIEW):
        return None
    last = next((one for one in entries if one.event.kind in MOVES), None)
    return last if last and last.event.kind == "draft.sent_back" else None


def may_of(actor: Actor, draft: Draft, mine: ReviewStep | None) -> dict[str, bool]:
    """Return what an actor may do with a draft now."""
    return {
        "write": policies.can_write(actor, draft, reviews=mine is not None),
        "put_up": policies.can_put_up(actor, draft),
        "withdraw": policies.can_withdraw(actor, draft),
        "drop": policies.can_drop(actor, draft),
        "take_up": policies.can_take_up_again(actor, draft),
        "comment": policies.can_comment(actor, draft),
        "sign": policies.can_sign(actor, draft),
        "decline": policies.can_decline_to_sign(actor, draft),
        "change_signer": draft.state == Draft.State.SIGNING
        and (actor.post.pk == draft.author_id or policies.can_decline_to_sign(actor, draft)),
        "withdraw_signature": policies.can_withdraw_signature(actor, draft),
        "issue": policies.can_issue(actor, draft),
    }


def _stations_before(steps: list[ReviewStep], draft: Draft, mine: ReviewStep | None) -> list[ReviewStep]:
    """Return the steps of this round to which somebody may send back: those before theirs; the signer to any."""
    this_round = [one for one in steps if one.round == draft.round]
    if draft.state == Draft.State.SIGNING:
        return this_round
    return [one for one in this_round if mine and one.order < mine.order]


def _document(draft: Draft) -> OutgoingDocument | None:
    return getattr(draft, "document", None)


@officers_only()
def differences(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """What changed in one version against another (the one before it, where none is chosen)."""
    draft = draft_of(request.actor, pk)
    versions = {one.number: one for one in draft.versions.select_related("post__officer")}
    new = versions.get(number)
    if new is None:
        raise Http404
    asked = request.GET.get("with", "")[:9]
    old = versions.get(int(asked) if asked.isdecimal() else number - 1)
    context = {
        "draft": draft,
        "new": new,
        "old": old,
        "versions": sorted(versions.values(), key=lambda one: -one.number),
        "changes": compare(_text(old), _text(new)) if old else (),
        "may_restore": policies.can_put_up(request.actor, draft) and new.number != draft.version,
        "may_undo": old is not None and new.number == draft.version and policies.can_put_up(request.actor, draft),
    }
    return render(request, "outgoing/differences.html", context)


@posts_only("outgoing:draft")
@officers_only()
def commenting(request: OfficerRequest, pk: int) -> HttpResponse:
    """Remark on the newest version."""
    line = request.POST.get("line", "").strip()[:6]
    number = int(line) if line.isdecimal() and int(line) > 0 else None
    draft = draft_of(request.actor, pk)
    comment(draft, text=request.POST.get("text", ""), line=number, actor=request.actor, at=request.at)
    messages.success(request, "Đã gửi góp ý.")
    return redirect("outgoing:draft", pk)


@officers_only()
def resolving(request: OfficerRequest, pk: int, remark: int) -> HttpResponse:
    """Say that a remark was dealt with."""
    draft = draft_of(request.actor, pk)
    found = get_object_or_404(remarks_on(draft), pk=remark)
    if request.method == "POST":
        resolve(found, actor=request.actor, at=request.at)
        messages.success(request, "Đã đánh dấu góp ý đã xử lý.")
    return redirect("outgoing:draft", pk)


@officers_only()
def mending(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show what would change; then mend every point of form of which the mend is certain, as a version of its own."""
    draft = draft_of(request.actor, pk)
    last = draft.versions.get(number=draft.version)
    on = local_date(request.at)
    before = pages_of_draft(draft, last, on=on)
    shown = checked(draft, last, before, on=on)
    if shown.waits:
        messages.warning(request, "Dự thảo dài đang được kiểm tra. Hãy chờ xong rồi sửa những điểm chắc chắn.")
        return redirect("outgoing:draft", pk)
    findings = shown.findings
    after = mend_official(before, findings)
    wording = Wording(
        abstract=after.abstract, addressees=after.addressees, body=after.body, appendices=after.appendices
    )
    if replace(wording, body=wording.body.rstrip()) == replace(wording_of(last), body=last.body.rstrip()):
        messages.warning(request, "Không có điểm nào sửa tự động được. Hãy sửa trong trình soạn thảo.")
        return redirect("outgoing:draft", pk)
    if request.method != "POST":
        worded = replace(
            before, abstract=after.abstract, addressees=after.addressees, body=after.body, appendices=after.appendices
        )
        left = () if is_long(last) else findings_of(worded, on=on, type_code=draft.document_type.code)
        still = {one.rule for one in left} | {one.rule for one in findings if not one.mend}
        context = {
            "draft": draft,
            "version": last,
            "mended": [one for one in findings if one.rule not in still],
            "changes": compare(_words(wording_of(last)), _words(wording)),
        }
        return render(request, "outgoing/mending.html", context)
    number, revision = (request.POST.get(name, "")[:9] for name in ("number", "revision"))
    saved = save(
        draft,
        wording,
        number=int(number) if number.isdecimal() else last.number,
        revision=int(revision) if revision.isdecimal() else last.revision,
        note="Sửa thể thức",
        apart=True,
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, f"Đã sửa thể thức thành phiên bản {saved.number}. Xem khác biệt để lấy lại bản trước.")
    return redirect("outgoing:differences", pk, saved.number)


def wording_of(version: DraftVersion) -> Wording:
    """Return what a version says."""
    return Wording(
        abstract=version.abstract,
        addressees=tuple(version.addressees),
        body=version.body,
        appendices=appendices_of(version.appendices),
    )


def _text(version: DraftVersion) -> str:
    return _words(wording_of(version))


def _words(wording: Wording) -> str:
    """Return everything that a wording says, line by line."""
    parts = [wording.abstract, *wording.addressees, wording.body]
    for one in wording.appendices:
        parts += [one.title, one.caption, one.body]
    return "\n".join(parts)
