"""One case: its record, its preview beside the list, its older events."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienthong.calendars.queries import deadline_of, working_calendar
from lienthong.cases import policies
from lienthong.cases.models import Case, Decline
from lienthong.cases.offers import offers
from lienthong.cases.operations import mark_seen, read_messages
from lienthong.cases.operations.undoing import undoable
from lienthong.cases.operations.writing import step_of
from lienthong.cases.queries import record as queries
from lienthong.cases.queries.filed import filing_of
from lienthong.cases.queries.lines import badge_of, tone_of
from lienthong.cases.queries.links import links_of
from lienthong.cases.queries.opinions import opinions_of
from lienthong.cases.queries.others import consultations_of
from lienthong.cases.queries.result_lines import result_lines
from lienthong.cases.queries.talk import thread_of
from lienthong.cases.talk_form import TalkForm
from lienthong.journal import queries as journal
from lienthong.kernel.clock import local_date
from lienthong.notifications.queries import letters_about
from lienthong.payments.queries.sheets import sheet
from lienthong.queueing.queries.queue import strip_here
from lienthong.ui import record_actions
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only
from lienthong.workflow.drawing import drawing

TIMELINE_PAGE = 30
BUTTONS = 3


@require_safe
@officers_only()
def record(request: OfficerRequest, pk: int) -> HttpResponse:
    """One case: who has it, by when, what was handed in, what comes next, everything that happened."""
    case = case_of(request, pk)
    mark_seen(case, actor=request.actor, at=request.at)
    return render(request, "cases/record.html", record_context(request, case) | talk_context(request, case))


def record_context(request: OfficerRequest, case: Case) -> dict[str, Any]:
    """Return what the record shows: a fixed number of queries, however long its story."""
    actor, at = request.actor, request.at
    entries = journal.timeline(case.subject, limit=TIMELINE_PAGE + 1)
    offered = offers(actor, case, at)
    hands, ended = queries.hand_overs_of(case), queries.ending_of(case)
    just_received = request.GET.get("received") == "1" and case.promised_at is not None
    return {
        "case": case,
        "now_at": at,
        "definition": case.version.definition,
        "step": step_of(case) if case.step and not case.is_ended else None,
        "badge": badge_of(case, working_calendar(actor.post.unit, local_date(at)), at),
        "deadline": deadline_of(case.subject),
        "tone": tone_of(case),
        "is_mine": case.is_held_by(actor) and not case.is_ended,
        "untaken": case.is_held_by(actor) and bool(hands) and hands[-1].taken_at is None and not case.is_ended,
        "buttons": offered[:BUTTONS],
        "more": offered[BUTTONS:],
        "missing": sorted({words for one in offered for words in one.missing}),
        "papers": queries.papers_of(case),
        "identity": list(case.applicant.papers.filter(valid_to=None).order_by("pk")),
        "rows": queries.said_of(case),
        "hands": hands,
        "results": result_lines(case, actor),
        "supplements": list(case.supplements.select_related("asked_by__officer").order_by("round")),
        "apologies": list(case.apologies.order_by("number")),
        "ended": ended,
        "declined": isinstance(ended, Decline),
        "consultations": [(row, policies.can_answer(actor, row)) for row in consultations_of(case)],
        "undoable": undoable(case, actor, hands),
        "links": links_of(case) if case.version.definition.links else [],
        "at_desk": policies.at_the_desk(actor, case),
        "drawing": drawing(case.version.definition.flow),
        "narrow": drawing(case.version.definition.flow, narrow=True),
        "done": [hand.step for hand in hands if hand.left_at is not None],
        "sheet": sheet(case.subject, actor),
        "letters": letters_about(case.subject),
        **opinions_of(case, at),
        "entries": entries[:TIMELINE_PAGE],
        "older": entries[TIMELINE_PAGE - 1].event.pk if len(entries) > TIMELINE_PAGE else None,
        "record_actions": record_actions.offered(actor, case.subject),
        **filing_of(case, actor),
        "just_received": just_received,
        "strip": strip_here(actor, at) if just_received else None,
    }


def talk_context(request: OfficerRequest, case: Case) -> dict[str, Any]:
    """Return the thread as the record shows it, and note that whoever answers has read it."""
    thread = thread_of(case)
    may_talk = policies.can_talk(request.actor, case)
    if may_talk and any(not one.message.by_office and one.message.read_at is None for one in thread):
        read_messages(case, actor=request.actor, at=request.at)
    return {"thread": thread, "may_talk": may_talk and not case.is_ended, "talk_form": TalkForm.fresh()}


@require_safe
@officers_only()
def preview(request: OfficerRequest, pk: int) -> HttpResponse:
    """The side preview of the list: where it stands and what lies in it."""
    case = case_of(request, pk)
    calendar = working_calendar(request.actor.post.unit, local_date(request.at))
    context = {
        "case": case,
        "badge": badge_of(case, calendar, request.at),
        "tone": tone_of(case),
        "step": step_of(case) if case.step and not case.is_ended else None,
        "papers": queries.papers_of(case),
    }
    return render(request, "cases/preview.html", context)


@require_safe
@officers_only()
def timeline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Older events of a case."""
    case = case_of(request, pk)
    after = request.GET.get("after", "")
    place = int(after) if after.isdecimal() and len(after) < 18 else None
    entries = journal.timeline(case.subject, after=place, limit=TIMELINE_PAGE + 1)
    older = entries[TIMELINE_PAGE - 1].event.pk if len(entries) > TIMELINE_PAGE else None
    context = {"case": case, "entries": entries[:TIMELINE_PAGE], "older": older}
    template = "cases/timeline.html"
    return render(request, f"{template}#entries" if is_fragment(request) else template, context)


def case_of(request: OfficerRequest, pk: int) -> Case:
    """Return a case with what its page names; 404 for who may not see it."""
    case = queries.case_of(request.actor, pk)
    if case is None:
        raise Http404
    return case
