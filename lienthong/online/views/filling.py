"""The draft: the form, saved while typing; my drafts; a newer version; throwing one away."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.applicants.models import Applicant
from lienthong.applicants.particulars import checked
from lienthong.fields.posting import values_from
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.online import whose
from lienthong.online.filling_forms import ActingForm, form_for
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.keeping import keeping_on
from lienthong.online.models import Filling
from lienthong.online.operations import filling as operations
from lienthong.online.operations.filling import Elsewhere, Said
from lienthong.online.queries.fillings import filling_of, fillings_of, newer_than
from lienthong.online.standing import Standing
from lienthong.procedures.comparing import differences
from lienthong.ui.answering import done, place_refusal
from lienthong.ui.requests import is_fragment

STEPS = {
    "form": ("Khai thông tin", "online:filling"),
    "papers": ("Giấy tờ", "online:filling_papers"),
    "contact": ("Liên hệ, nhận kết quả", "online:filling_contact"),
    "check": ("Xem lại và nộp", "online:filling_check"),
}


@never_cache
@require_safe
@citizens_only
def drafts(request: CitizenRequest) -> HttpResponse:
    """My drafts, the last saved first."""
    rows = fillings_of(request.citizen)
    context = {"fillings": rows, "days": keeping_on(local_date(request.at)).days}
    return render(request, "online/fillings.html", context)


@never_cache
@citizens_only
def filling(request: CitizenRequest, key: uuid.UUID) -> HttpResponse:
    """The form of a draft. What is sent is kept first; then it goes on, is drawn anew, or says what is wrong."""
    row = draft_of(request, key)
    away = away_from(request, row)
    if away is not None:
        return away
    page = FormPage(request, row)
    if request.method == "POST":
        page.keep()
        if request.POST.get("do") == "next" and page.is_right():
            return redirect("online:filling_papers", key)
    template = "online/filling.html#changing" if is_fragment(request) else "online/filling.html"
    return render(request, template, page.context(), status=422 if page.is_refused else 200)


@require_POST
@citizens_only
def saving(request: CitizenRequest, key: uuid.UUID) -> JsonResponse:
    """Save while typing; answers what is wrong in what was typed so far, by the names of the boxes."""
    row = draft_of(request, key)
    try:
        saved = operations.keep(row, said_in(request, row), at=request.at)
    except Elsewhere as refusal:
        return JsonResponse({"message": refusal.message}, status=409)
    except Refusal as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse({"revision": saved.revision, "problems": Standing(saved, request.at).problems(whole=False)})


class FormPage:
    """One showing of the form of a draft."""

    def __init__(self, request: CitizenRequest, row: Filling) -> None:
        self.request, self.row, self.is_refused = request, row, False
        self.problems: dict[str, str] = {}
        self.shown: dict[str, forms.Form] = {}

    def keep(self) -> None:
        """Keep what was sent; where another window wrote meanwhile, keep it on the page and say so."""
        said = said_in(self.request, self.row)
        try:
            self.row = operations.keep(self.row, said, at=self.request.at)
        except Refusal as refusal:
            self.is_refused = True
            self.row.values, self.row.who, self.row.acting = dict(said.values), dict(said.who), said.acting
            messages.error(self.request, refusal.message)
        self.problems = self.standing.problems(whole=False)

    @property
    def standing(self) -> Standing:
        """The draft as it stands."""
        return Standing(self.row, self.request.at)

    def is_right(self) -> bool:
        """Look whether this step is whole; what is wrong is said beside it."""
        standing = self.standing
        self.problems = standing.problems(whole=True)
        self.shown = self._forms(bound=True)
        sound = [form.is_valid() and self._is_sound(part, form) for part, form in self.shown.items()]
        right = not self.is_refused and not self.problems and all(sound)
        nowhere = standing.where[1] if right else ""
        if nowhere:
            self.is_refused = True
            messages.error(self.request, nowhere)
            return False
        if not right and not self.is_refused:
            self.is_refused = True
            messages.error(self.request, "Còn chỗ thiếu hoặc chưa đúng. Nội dung đã được lưu; xem các dòng đánh dấu.")
        return right

    def _is_sound(self, part: str, form: forms.Form) -> bool:
        standing = self.standing
        kind = standing.kind if part == "a" else Applicant.Kind.CITIZEN.value
        said = standing.whom if part == "a" else standing.submitter
        try:
            checked(whose.particulars(kind, said), on=standing.on)
        except Refusal as refusal:
            place_refusal(form, refusal)
            return False
        return True

    def _forms(self, *, bound: bool) -> dict[str, forms.Form]:
        standing = self.standing
        asked = {"a": form_for(standing.kind)}
        if self.row.acting != Filling.Acting.SELF:
            asked["m"] = form_for(Applicant.Kind.CITIZEN)
        made = {}
        for part, kind in asked.items():
            said = self.row.who.get(part, {})
            data = {f"{part}-{name}": value for name, value in said.items()}
            made[part] = kind(data, prefix=part) if bound else kind(prefix=part, initial=said)
        return made

    def context(self) -> dict[str, Any]:
        """Return what the page shows."""
        standing = self.standing
        shown = self.shown or self._forms(bound=False)
        ways = whose.ways_of(standing.definition.subjects)
        return {
            "filling": self.row,
            "standing": standing,
            "fields": standing.fields(self.problems),
            "acting_form": ActingForm(ways=ways, initial={"acting": self.row.acting}),
            "has_ways": len(ways) > 1,
            "whom_form": shown["a"],
            "me_form": shown.get("m"),
            "communes": reverse("online:communes"),
            "redraw": self.request.path,
            "writer": uuid.uuid4().hex if self.request.method != "POST" else self.request.POST.get("writer", ""),
            "steps": steps_of("form"),
            "fillable": bool(standing.whom.get("name")),
        }


def said_in(request: CitizenRequest, row: Filling) -> Said:
    """Read what a window sends of a draft."""
    post = request.POST
    form = row.version.definition.form
    raw = values_from(form, post)
    who: Mapping[str, Any] = {part: whose.typed(post, part) for part in ("a", "m") if f"{part}-name" in post}
    acting = post.get("acting", row.acting)
    path = post.get("fill", "")
    if path in raw:
        kind = form.field(path).kind.name
        raw[path] = whose.as_values("citizen" if kind == "person" else "enterprise", dict(who.get("a", {})))
    seen = post.get("seen", "")
    return Said(
        values=raw,
        who=who,
        acting=acting,
        writer=post.get("writer", "")[:36],
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0,
    )


@never_cache
@citizens_only
def changed(request: CitizenRequest, key: uuid.UUID) -> HttpResponse:
    """The procedure changed while the draft lay: what changed, what is carried over, what is left to be copied."""
    row = draft_of(request, key)
    is_old, current = newer_than(row, local_date(request.at))
    if not is_old or row.case_id:
        return redirect("online:filling", key)
    if request.method == "POST":
        back = reverse("online:filling", args=[key])
        word = "Đã chuyển sang quy định mới. Hãy xem lại các mục."
        return done(request, lambda: operations.carry_over(row, at=request.at), back=back, word=word)
    standing = Standing(row, request.at)
    lost: list[str] = []
    if current is not None:
        lost = operations.fitting(current.definition.form, row.values, standing.context)[1]
    said = [one for one in standing.said if one.text]
    context = {
        "filling": row,
        "current": current,
        "changes": differences(row.version.definition, current.definition) if current else [],
        "lost": [one for one in said if one.path.partition(".")[0] in lost] if current else said,
    }
    return render(request, "online/filling_changed.html", context)


@citizens_only
def dropping(request: CitizenRequest, key: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after saying what goes."""
    row = draft_of(request, key)
    if row.case_id:
        return redirect("online:own_case", row.case_id)
    if request.method == "POST":
        word = f"Đã bỏ bản soạn “{row.version.name}”."
        return done(request, lambda: operations.throw_away(row), back=reverse("online:fillings"), word=word)
    return render(request, "online/filling_drop.html", {"filling": row, "files": row.files.count()})


def draft_of(request: CitizenRequest, key: uuid.UUID) -> Filling:
    """Return a draft of the account; 404 for every other."""
    found = filling_of(request.citizen, key)
    if found is None:
        raise Http404
    return found


def away_from(request: CitizenRequest, row: Filling) -> HttpResponse | None:
    """Return where to go instead of a draft that was handed in, or whose procedure changed."""
    if row.case_id:
        return redirect("online:submitted", row.case_id)
    if newer_than(row, local_date(request.at))[0]:
        return redirect("online:filling_changed", row.key)
    return None


def steps_of(here: str) -> list[dict[str, str]]:
    """Return the steps of handing in, for the line of steps."""
    names = list(STEPS)
    at = names.index(here)
    states = ["done" if place < at else "here" if place == at else "next" for place in range(len(names))]
    return [{"label": STEPS[name][0], "state": state} for name, state in zip(names, states, strict=True)]
