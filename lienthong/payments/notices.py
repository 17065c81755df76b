"""Whom money that does not agree concerns."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.clock import local_date
from lienthong.notifications.operations import clear, tell
from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles
from lienthong.payments.models import Discrepancy
from lienthong.payments.models.seen import RECONCILE

FOUND = "discrepancy.found"
KINDS = {FOUND: "Sai lệch thanh toán cần xử lý"}


def tell_discrepancy(held: Discrepancy, *, at: dt.datetime) -> None:
    """Tell those of the agency who reconcile that money is held; what no agency owns waits on their page."""
    if held.agency_id is None:
        return
    holding = [code for code, role in roles().items() if RECONCILE in role.rights]
    posts = Post.objects.in_force(local_date(at)).filter(unit__agency=held.agency_id, role__in=holding)
    tell(posts.order_by("pk"), about=held.subject, text=f"Cần xử lý sai lệch thanh toán: {held}", at=at, kind=FOUND)


def settled(held: Discrepancy, *, at: dt.datetime) -> None:
    """Clear the notice of what somebody settled."""
    clear(held.subject, [FOUND], at=at)
