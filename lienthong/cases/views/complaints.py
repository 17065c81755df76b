"""A complaint about a case, and the leader's answer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lienthong.cases import policies
from lienthong.cases.models import Complaint
from lienthong.cases.operations import answer_complaint
from lienthong.cases.operations.opining import LONGEST
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only


class AnswerForm(forms.Form):
    """What the leader answers."""

    text = forms.CharField(
        label="Trả lời", max_length=LONGEST, widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Hãy ghi nội dung trả lời.", "max_length": f"Dài quá {LONGEST} chữ cái."},
        help_text="Người gửi đọc được câu trả lời này, thấy tên cơ quan.",
    )  # fmt: skip


@officers_only()
def complaint(request: OfficerRequest, pk: int) -> HttpResponse:
    """What was complained of, and the answer; who leads the agency answers here."""
    rows = Complaint.objects.visible_to(request.actor).select_related("case__applicant", "agency")
    row = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None)

    def act() -> None:
        answer_complaint(row, text=form.cleaned_data["text"], actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã trả lời. Người gửi được báo tin.")
        return redirect("cases:complaint", pk)
    may_answer = row.is_open and policies.can_answer_complaint(request.actor, row)
    page = {"row": row, "case": row.case, "form": form if may_answer else None}
    return render(request, "cases/complaint.html", page, status=422 if form.errors else 200)
