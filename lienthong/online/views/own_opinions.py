"""What the applicant thinks: a rating once the case ended, a complaint at any time."""

from __future__ import annotations

import uuid

from django.http import HttpResponse

from lienthong.cases import operations as cases
from lienthong.cases.queries.opinions import opinions_of
from lienthong.cases.scales import complaint_rule_on, scale_on
from lienthong.kernel.clock import local_date
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.own_forms import ComplaintForm, RatingForm
from lienthong.online.views.own import case_of
from lienthong.online.views.own_actions import form_page


@citizens_only
def rating(request: CitizenRequest, pk: int) -> HttpResponse:
    """Rate the service, or change the rating for some days."""
    case = case_of(request, pk)
    given = opinions_of(case, request.at)["rating"]
    initial = {"level": given.level, "reasons": given.reasons, "text": given.text} if given else {}
    form = RatingForm(request.POST or None, scale=scale_on(local_date(request.at)), initial=initial)

    def act() -> None:
        cases.rate(case, **form.cleaned_data, at=request.at)

    return form_page(
        request, case, form, act, title="Đánh giá sự phục vụ", verb="Gửi đánh giá", word="Cảm ơn bạn đã đánh giá.",
        said="Đánh giá được tính vào mức độ hài lòng của cơ quan.", after_end=True,
    )  # fmt: skip


@citizens_only
def complaint(request: CitizenRequest, pk: int) -> HttpResponse:
    """Complain of how the case is dealt with; the agency's leader answers."""
    case = case_of(request, pk)
    form = ComplaintForm(request.POST or None, initial={"key": uuid.uuid4()})

    def act() -> None:
        said = form.cleaned_data
        cases.complain(case, text=said["text"], key=said["key"], author=str(request.citizen), at=request.at)

    rule = complaint_rule_on(local_date(request.at))
    return form_page(
        request, case, form, act, title="Phản ánh, kiến nghị", verb="Gửi phản ánh", word="Đã gửi phản ánh, kiến nghị.",
        said=f"Lãnh đạo {case.competent_agency.name} trả lời trong {rule.limit}. Câu trả lời hiện ở trang hồ sơ.",
        after_end=True,
    )  # fmt: skip
