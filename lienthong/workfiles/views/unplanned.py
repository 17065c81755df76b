"""Opening a file that no list foresees: for itself, or at once for records that are to lie in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Subject
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles import fileable, policies
from lienthong.workfiles.forms import UnplannedForm
from lienthong.workfiles.models import WorkFile
from lienthong.workfiles.operations.files import open_unplanned
from lienthong.workfiles.queries.plans import headings_open_to
from lienthong.workfiles.retention import rule_for
from lienthong.workfiles.views.answering import form_page
from lienthong.workfiles.views.choosing import back_of, put, subjects_of

PLAIN = "Hồ sơ nhận số tiếp theo của đề mục. Nếu hồ sơ đã có trong danh mục, hãy mở từ danh mục."
PROPOSED = "Tiêu đề, ngày bắt đầu và thời hạn đã ghi sẵn theo {count} mục sẽ đưa vào; hãy soát lại trước khi mở."
UNSAID = "Thời hạn bảo quản của lĩnh vực này chưa có trong bảng mức: hãy chọn theo quy định của ngành."


@officers_only(policies.KEEP)
def unplanned(request: OfficerRequest) -> HttpResponse:
    """Open a file under the next number of a heading; with ``?subject=…`` proposed from them, to take them in."""
    on = local_date(request.at)
    headings = headings_open_to(request.actor, on.year)
    if not headings.exists():
        context = {"may_plan": policies.can_plan(request.actor), "year": on.year}
        return render(request, "workfiles/no_plan.html", context)
    subjects = subjects_of(request)
    initial, lead = _proposed(subjects, {"started_on": on})
    form = UnplannedForm(request.POST or None, on=on, headings=headings, initial=initial)
    made: list[WorkFile] = []

    def act() -> None:
        typed = form.cleaned_data
        names = ("title", "reason", "started_on")
        said = {name: typed[name] for name in names}
        actor, at = request.actor, request.at
        made.append(open_unplanned(typed["heading"], **said, retention=form.kept, actor=actor, at=at))

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã mở hồ sơ {made[0].code}.")
        put(request, made[0], subjects)
        return redirect("workfiles:file", made[0].pk)
    back = (back_of(request, subjects) if subjects else "") or reverse("workfiles:files")
    return form_page(request, form, title="Mở hồ sơ ngoài danh mục", verb="Mở hồ sơ", back=back, lead=lead)


def _proposed(subjects: list[Subject], initial: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return what the form shows at first, and what stands above it."""
    kind = fileable.find(subjects[0].kind) if subjects else None
    told_of = kind.proposed([one.pk for one in subjects]) if kind else None
    if told_of is None:
        return initial, PLAIN
    rule = rule_for(told_of.sector, initial["started_on"])
    proposed = {"title": told_of.title, "started_on": told_of.started_on, "reason": told_of.reason}
    lead = PROPOSED.format(count=len(subjects))
    return proposed | {"retention": rule.code if rule else ""}, lead if rule else f"{lead} {UNSAID}"
