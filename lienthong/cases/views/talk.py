"""The officer's side of the thread with the applicant."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from lienthong.cases import operations
from lienthong.cases.talk_form import TalkForm
from lienthong.cases.views.record import case_of
from lienthong.files.operations import receive
from lienthong.ui.answering import done
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, officers_only

HANDS = ("cases.handle", "cases.receive")


@posts_only("cases:show")
@officers_only(*HANDS)
def writing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Write to the applicant."""
    case = case_of(request, pk)
    form = TalkForm(request.POST, request.FILES)

    def act() -> None:
        form.refuse_faults()
        said = form.cleaned_data
        files = [receive(one, name=one.name, actor=request.actor, at=request.at) for one in said["attached"]]
        operations.write_message(
            case, text=said["text"], key=said["key"], files=files, actor=request.actor, at=request.at
        )

    back = f"{reverse('cases:show', args=[pk])}#talk"
    return done(request, act, back=back, word="Đã gửi tin nhắn tới người nộp.")


@posts_only("cases:show")
@officers_only(*HANDS)
def taking_back(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a message back that the applicant has not opened."""
    case, number = case_of(request, pk), request.POST.get("message", "")

    def act() -> None:
        operations.take_back_message(case, int(number) if number.isdecimal() and len(number) < 18 else 0,
                                     actor=request.actor, at=request.at)  # fmt: skip

    return done(request, act, back=f"{reverse('cases:show', args=[pk])}#talk", word="Đã thu hồi tin nhắn.")
