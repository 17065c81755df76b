"""What is told to whoever holds a linked case."""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case
from lienthong.kernel.clock import local_date
from lienthong.notifications import kinds
from lienthong.notifications.operations import tell
from lienthong.tasks.notices import posts_of

FED = "case.fed"
FIRST_ENDED = "case.first_ended"


def declare() -> None:
    """Declare both kinds of notice."""
    kinds.declare(FED, "Hồ sơ liên thông đã có kết quả của hồ sơ trước")
    kinds.declare(FIRST_ENDED, "Hồ sơ trước của hồ sơ liên thông đã dừng")


def fed(linked: Case, first: Case, *, at: dt.datetime) -> None:
    """Tell who holds a linked case that it has what it waited for."""
    _tell(linked, f"{linked.code}: đã có kết quả của hồ sơ trước {first.code}, tiếp nhận được", FED, at)


def first_ended(linked: Case, first: Case, *, at: dt.datetime) -> None:
    """Tell who holds a linked case that the first ended without a result."""
    how = first.get_status_display().lower()
    _tell(linked, f"{linked.code}: hồ sơ trước {first.code} kết thúc ({how}), hãy xem lại", FIRST_ENDED, at)


def _tell(linked: Case, text: str, kind: str, at: dt.datetime) -> None:
    if linked.holder:
        tell(posts_of([linked.holder], local_date(at)), about=linked.subject, text=text, at=at, kind=kind)
