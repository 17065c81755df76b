"""One procedure: its versions, each with what it asks for, its form, its papers, its flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from lienthong.fields.drawing import Drawn, drawn
from lienthong.fields.kind import Context
from lienthong.fields.posting import values_from
from lienthong.journal.queries import timeline
from lienthong.kernel.clock import local_date
from lienthong.kernel.faults import Faults
from lienthong.organisation.roles import roles
from lienthong.procedures import blanks, comparing, queries, wording
from lienthong.procedures.definition import LEVELS, ONLINE, SUBJECTS, Definition
from lienthong.procedures.models import Procedure, ProcedureVersion
from lienthong.procedures.operations import known
from lienthong.procedures.policies import can_administer
from lienthong.procedures.reading import read
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only
from lienthong.workflow.drawing import drawing, place_words
from lienthong.workflow.flow import ENDS, NEEDS, Flow, Step

TABS = {
    "": ("Tổng quan", "info-circle"),
    "form": ("Biểu mẫu", "forms"),
    "papers": ("Thành phần hồ sơ", "files"),
    "flow": ("Quy trình", "route"),
    "versions": ("Phiên bản", "versions"),
}


@require_safe
@officers_only()
def record(request: OfficerRequest, code: str) -> HttpResponse:
    """One procedure, the version of today unless another is asked for, one tab of it."""
    procedure = get_object_or_404(Procedure.objects.visible_to(request.actor).select_related("sector"), code=code)
    versions = list(
        procedure.versions.visible_to(request.actor).select_related("published_by__officer").order_by("-number")
    )
    version = _chosen(versions, request)
    definition, faults = read_or_faults(version)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS and (definition or tab == "versions") else "versions" if faults else ""
    context = {
        "procedure": procedure,
        "version": version,
        "versions": versions,
        "definition": definition,
        "faults": faults,
        "tab": tab,
        "tabs": _tabs(request, tab),
        "on": local_date(request.at),
        "may_administer": can_administer(request.actor),
        "parts": blanks.PARTS.items(),
        "before": queries.ended_by(version) if version.state == "draft" else None,
    }
    if definition is not None and tab != "versions":
        context |= PAGES[tab](request, definition)
    elif tab == "versions":
        context |= _versions(request, procedure, version, versions)
    template = "procedures/record.html#changing" if is_fragment(request) and tab == "form" else "procedures/record.html"
    return render(request, template, context)


@require_safe
@officers_only()
def file(request: OfficerRequest, pk: int) -> HttpResponse:
    """The file of a version, word for word."""
    version = found(request, pk)
    name = f"{version.procedure.code}-v{version.number}.toml"
    return HttpResponse(
        version.text,
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"},
    )


def found(request: OfficerRequest, pk: int) -> ProcedureVersion:
    """Return a version that the officer may read, or answer 404."""
    rows = ProcedureVersion.objects.visible_to(request.actor).select_related("procedure__sector")
    return get_object_or_404(rows, pk=pk)


def address(version: ProcedureVersion) -> str:
    """Return where a version is shown."""
    return f"{reverse('procedures:show', args=[version.procedure.code])}?version={version.number}"


def read_or_faults(version: ProcedureVersion) -> tuple[Definition | None, tuple[Any, ...]]:
    """Return what a version says, or what is wrong in a draft (by what the house knows today)."""
    try:
        return version.definition if version.published_at else read(version.text, known=known()), ()
    except Faults as faults:
        return None, faults.faults


def _chosen(versions: list[ProcedureVersion], request: OfficerRequest) -> ProcedureVersion:
    """Return the version that is asked for by its number; else that of today, the newest published, the draft."""
    asked, on = request.GET.get("version", ""), local_date(request.at)
    if asked:
        chosen = [one for one in versions if str(one.number) == asked]
    else:
        published = [one for one in versions if one.state == "published"]
        chosen = [one for one in published if one.holds(on)] or published or versions
    if not chosen:
        raise Http404
    return chosen[0]


def _tabs(request: OfficerRequest, here: str) -> list[dict[str, Any]]:
    asked = request.GET.get("version", "")
    kept = f"&version={asked}" if asked.isdecimal() else ""
    return [
        {"label": label, "icon": icon, "url": f"?tab={key}{kept}", "here": key == here}
        for key, (label, icon) in TABS.items()
    ]


def _overview(_request: OfficerRequest, one: Definition) -> Mapping[str, Any]:
    return {
        "limits": [(wording.limit_case(rule, one.form), wording.limit(rule), rule.note) for rule in one.limits],
        "fees": [wording.fee_line(fee, one.form) for fee in one.fees],
        "dues": wording.DUES,
        "results": [(result, wording.condition(result.when, one.form)) for result in one.results],
        "links": [(link, wording.condition(link.when, one.form)) for link in one.links],
        "level": f"{LEVELS[one.competence.level]}, {wording.level_words(one)}",
        "online": ONLINE[one.online],
        "subjects": ", ".join(SUBJECTS[key] for key in one.subjects),
    }


def _form(request: OfficerRequest, one: Definition) -> Mapping[str, Any]:
    """Draw the form as it will be filled, with what is chosen on this page: nothing is kept."""
    values = values_from(one.form, request.GET) if "try" in request.GET else {}
    context = Context(on=local_date(request.at), facts={"channel": "counter", "subject": one.subjects[0]})
    fields = drawn(one.form, values, context=context)
    _as_shown(fields)
    return {"fields": fields, "count": len(one.form.fields)}


def _as_shown(fields: list[Drawn]) -> None:
    """Show boxes that need the world outside (communes, files) as plain ones."""
    for field in fields:
        if field.shape in ("address", "file"):
            words = "Chọn xã, phường; ghi số nhà, thôn." if field.shape == "address" else "Tải tệp lên."
            field.shape, field.help, field.value, field.text = "text", field.help or words, "", ""
        _as_shown(field.parts)
        for row in field.rows:
            _as_shown(row)


def _papers(_request: OfficerRequest, one: Definition) -> Mapping[str, Any]:
    return {"papers": [(paper, wording.condition(paper.when, one.form)) for paper in one.components]}


def _flow(_request: OfficerRequest, one: Definition) -> Mapping[str, Any]:
    return {
        "drawing": drawing(one.flow),
        "narrow": drawing(one.flow, narrow=True),
        "steps": [_step(step, one.flow) for step in one.flow.steps.values()],
    }


def _step(step: Step, flow: Flow) -> dict[str, Any]:
    moves = []
    for move in step.moves:
        to = "ở lại bước này" if move.to == step.key else ENDS[move.end] if move.end else flow.step(move.to).name
        moves.append((move.label, to, ", ".join(NEEDS[need] for need in move.needs)))
    role = roles().get(step.role)
    return {
        "step": step,
        "place": place_words(step.place),
        "role": role.name if role else step.role,
        "moves": moves,
    }


def _versions(
    request: OfficerRequest, procedure: Procedure, version: ProcedureVersion, versions: list[ProcedureVersion]
) -> Mapping[str, Any]:
    """Return the list of versions, and what differs between this one and another."""
    against = request.GET.get("against", "")
    other = next((one for one in versions if str(one.number) == against and one.pk != version.pk), None)
    context: dict[str, Any] = {"other": other, "entries": timeline(procedure.subject, limit=30)}
    if other is None:
        return context
    old, new = sorted((version, other), key=lambda one: one.number)
    before, after = read_or_faults(old)[0], read_or_faults(new)[0]
    differences = comparing.differences(before, after) if before and after else None
    lines = comparing.lines(old.text, new.text)
    return context | {"old": old, "new": new, "differences": differences, "lines": lines}


PAGES: Mapping[str, Callable[[OfficerRequest, Definition], Mapping[str, Any]]] = {
    "": _overview,
    "form": _form,
    "papers": _papers,
    "flow": _flow,
}
