"""At the counter: choose the procedure, fill in, tick the papers, receive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.applicants.models import Applicant
from lienthong.applicants.operations import enter
from lienthong.applicants.queries import alike
from lienthong.applicants.queries import find as find_applicants
from lienthong.cases import operations
from lienthong.cases.counter import Filled, filled_from, new_key
from lienthong.cases.forms import ApplicantForm, ContactForm, SubmitterForm
from lienthong.cases.lookups import Known
from lienthong.cases.models import Case
from lienthong.cases.operations import Incomplete, Reception
from lienthong.cases.operations.papers import attach_papers
from lienthong.fields.kinds.date import written
from lienthong.files.models import StoredFile
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.queries import find, nearest, published
from lienthong.queueing.models.hall import SERVE
from lienthong.queueing.operations.tickets import attach
from lienthong.queueing.queries.queue import current_ticket, strip_here
from lienthong.ui.answering import place_refusal
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

OTHER = "other"
"""What the desk says of somebody new whose name is known: it is another person."""
REDRAWS = ("draw", "add", "remove", "fill")


@require_safe
@officers_only("cases.receive")
def choosing(request: OfficerRequest) -> HttpResponse:
    """Which procedure: found by any words while typing."""
    words, on = request.GET.get("q", ""), local_date(request.at)
    found = find(words, on=on, most=30) or nearest(words, on=on)
    context = {"words": words, "versions": found, "strip": strip_here(request.actor, request.at)}
    template = "cases/choose.html"
    return render(request, f"{template}#found" if is_fragment(request) else template, context)


@officers_only("cases.receive")
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """The form of one procedure, with its papers, its fees and what is promised."""
    version = published(code, local_date(request.at))
    if version is None:
        messages.error(request, "Thủ tục này hiện không áp dụng. Hãy chọn trong danh sách.")
        return redirect("cases:choose")
    page = Counter(request, version)
    if request.method == "POST" and not any(name in request.POST for name in REDRAWS):
        case = page.receive()
        if case is not None:
            return redirect(f"{reverse('cases:show', args=[case.pk])}?received=1")
    template = "cases/new.html#changing" if is_fragment(request) else "cases/new.html"
    return render(request, template, page.context(), status=422 if page.is_refused else 200)


class Counter:
    """One showing of the form at the counter."""

    def __init__(self, request: OfficerRequest, version: ProcedureVersion) -> None:
        self.request, self.version, self.is_refused = request, version, False
        self.key = new_key(request.POST.get("key", ""))
        self.chosen = _applicant(request, "applicant") or _applicant(request, "same")
        self.same: list[Applicant] = []
        self.submitter = _applicant(request, "submitter")
        posted = request.POST if request.method == "POST" else None
        own = posted if posted and not self.chosen else None
        self.applicant_form = ApplicantForm(own, prefix="a", initial={"kind": version.definition.subjects[0]})
        named = posted if posted and not self.submitter and posted.get("s-name", "").strip() else None
        self.submitter_form = SubmitterForm(named, prefix="s")
        self.contact_form = ContactForm(posted)
        kind = request.POST.get("a-kind") or version.definition.subjects[0]
        known = {"applicant": self.chosen, "kind": kind if kind in Applicant.Kind.values else "citizen"}
        known_to = Known(actor=request.actor)
        desk = request.actor.post.unit
        self.filled = filled_from(request.POST, version, desk, request.at, lookups=known_to, **known)

    def receive(self) -> Case | None:
        """Receive what was filled in; None where something is not right, said beside it."""
        known = self._known()
        if known is not None or self._is_of_another_version():
            return known
        act = operations.submit if self.request.POST.get("do") == "submit" else operations.receive
        valid = [self.contact_form.is_valid(), self.chosen is not None or self.applicant_form.is_valid()]
        valid.append(not self.submitter_form.is_bound or self.submitter_form.is_valid())
        if not all(valid):
            self._refuse("Còn chỗ chưa đúng ở phần người nộp. Hãy xem các dòng được đánh dấu.")
            return None
        try:
            return self._received(act)
        except Forbidden:
            raise
        except Incomplete as found:
            self.filled = replace(self.filled, problems=found.problems)
            self._refuse(found.message)
        except Refusal as refusal:
            if (made := self._known()) is not None:  # by the same page, clicked twice
                return made
            if refusal.field in self.applicant_form.fields and not self.chosen:
                place_refusal(self.applicant_form, refusal)
            self._refuse(refusal.message)
        return None

    def _known(self) -> Case | None:
        return Case.objects.visible_to(self.request.actor).filter(request_key=self.key).first()

    def _is_of_another_version(self) -> bool:
        """Tell whether a new version came into force while the form was filled in; then it is shown again, as it is."""
        shown = self.request.POST.get("version", "")
        if not shown or shown == str(self.version.pk):
            return False
        self._refuse(
            f"Thủ tục vừa có phiên bản mới (số {self.version.number}, áp dụng từ {self.version.valid_from:%d/%m/%Y}). "
            "Phần đã khai còn giữ; hãy xem lại nội dung, giấy tờ, phí và ngày hẹn rồi bấm Tiếp nhận."
        )
        return True

    @transaction.atomic
    def _received(self, act: Callable[..., Case]) -> Case:
        actor, at = self.request.actor, self.request.at
        applicant = self.chosen or self._newcomer()
        submitter = self.submitter or self._new_submitter()
        said = self.contact_form.cleaned_data
        reception = Reception(
            version=self.version,
            applicant=applicant,
            submitter=submitter,
            desk=actor.post.unit,
            key=self.key,
            values=self.filled.raw,
            papers={paper.component.key: paper.given for paper in self.filled.papers},
            channel=said["channel"],
            phone=said["phone"],
            email=said["email"],
            return_way=said["return_way"],
            return_address=said["return_address"],
            abstract=self.request.POST.get("abstract", ""),
        )
        case = act(reception, actor=actor, at=at)
        files = {paper.component.key: self._files(paper.files) for paper in self.filled.papers if paper.files}
        if files:
            attach_papers(case, files, actor=actor, at=at)
        if said["channel"] == Case.Channel.COUNTER and actor.can(SERVE):
            self._note_number(case)
        return case

    def _newcomer(self) -> Applicant:
        """Enter who is new; somebody of the same name who may be the same person is shown first."""
        actor, at, said = self.request.actor, self.request.at, self.applicant_form.particulars()
        if self.request.POST.get("same") != OTHER:
            self.same = alike(actor, said, on=local_date(at))
            if self.same:
                raise Refusal("Đã có người cùng tên. Hãy chọn người đó, hoặc xác nhận đây là người khác.")
        return enter(said, actor=actor, at=at)

    def _note_number(self, case: Case) -> None:
        """Say of the number whose turn it is at this counter what came of it."""
        actor, at = self.request.actor, self.request.at
        if (ticket := current_ticket(actor)) is not None:
            attach(ticket, case.subject, actor=actor, at=at)

    def _new_submitter(self) -> Applicant | None:
        if not self.submitter_form.is_bound:
            return None
        try:
            return enter(self.submitter_form.particulars(), actor=self.request.actor, at=self.request.at)
        except Refusal as refusal:
            place_refusal(self.submitter_form, refusal)
            raise Refusal(f"Người nộp thay: {refusal.message}") from refusal

    def _files(self, keys: tuple[int, ...]) -> list[StoredFile]:
        return list(StoredFile.objects.visible_to(self.request.actor, list(keys)))

    def _refuse(self, words: str) -> None:
        self.is_refused = True
        messages.error(self.request, words)

    def context(self) -> dict[str, Any]:
        """Return what the page shows."""
        names = self._names()
        papers = [(paper, [(key, names.get(key, "")) for key in paper.files]) for paper in self.filled.papers]
        return {
            "version": self.version,
            "definition": self.version.definition,
            "filled": self.filled,
            "papers": papers,
            "key": self.key,
            "chosen": self.chosen,
            "same": [(one, _note(one)) for one in self.same],
            "is_other": self.request.POST.get("same") == OTHER,
            "submitter": self.submitter,
            "applicant_form": self.applicant_form,
            "submitter_form": self.submitter_form,
            "contact": self.contact_form,
            "commune": _commune_words(self.filled, self.request.POST.get("a-commune_code", "")),
            "abstract": self.request.POST.get("abstract", ""),
            "communes": reverse("administration:communes"),
            "redraw": self.request.path,
            "strip": None if is_fragment(self.request) else strip_here(self.request.actor, self.request.at),
        }

    def _names(self) -> dict[int, str]:
        keys = [key for paper in self.filled.papers for key in paper.files]
        return {file.pk: file.name for file in self._files(tuple(keys))} if keys else {}


def _commune_words(filled: Filled, code: str) -> str:
    return (filled.context.lookups.commune(code, filled.context.on) or "") if code else ""


def _applicant(request: OfficerRequest, name: str) -> Applicant | None:
    key = request.POST.get(name, "") if request.method == "POST" else request.GET.get(name, "")
    if not key.isdecimal() or len(key) > 18:
        return None
    return Applicant.objects.visible_to(request.actor).standing().filter(pk=int(key)).first()


@require_safe
@officers_only("cases.receive")
def applicants(request: OfficerRequest) -> JsonResponse:
    """Applicants by number, phone or name, for the box in which they are picked."""
    found = find_applicants(request.actor, request.GET.get("q", ""))
    return JsonResponse({"results": [_result(one) for one in found]})


def _result(applicant: Applicant) -> dict[str, str]:
    return {"value": str(applicant.pk), "label": applicant.name, "note": _note(applicant)}


def _note(applicant: Applicant) -> str:
    papers = [paper.number for paper in applicant.papers.all()]
    born = [written(applicant.birth)] if applicant.birth else []
    return " · ".join([*papers[:2], *born, *filter(None, [applicant.phone])])
