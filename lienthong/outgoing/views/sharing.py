"""Who writes on a draft together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.outgoing import policies
from lienthong.outgoing.operations.sharing import share
from lienthong.outgoing.queries.together import colleagues
from lienthong.outgoing.views.finding import draft_of
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only()
def sharing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ask a colleague of the unit to write on the draft too; who writes on it already."""
    draft = draft_of(request.actor, pk)
    if not policies.can_put_up(request.actor, draft):
        raise Forbidden("Chỉ người soạn thảo mời được người cùng soạn, khi dự thảo đang soạn.")
    known = colleagues(draft, on=local_date(request.at))
    if request.method == "POST":
        key = request.POST.get("post", "")[:18]
        chosen = next((one.post for one in known if key.isdecimal() and one.post.pk == int(key)), None)
        if chosen is None:
            raise Refusal("Hãy chọn người cùng soạn trong danh sách.")
        share(draft, chosen, actor=request.actor, at=request.at)
        messages.success(request, f"Đã mời {chosen.officer} cùng soạn.")
        return redirect("outgoing:sharing", pk)
    return render(request, "outgoing/sharing.html", {"draft": draft, "colleagues": known})
