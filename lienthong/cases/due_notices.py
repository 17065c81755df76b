"""What is told of a case that comes near its end."""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case
from lienthong.kernel.clock import local, local_date
from lienthong.notifications import kinds
from lienthong.notifications.models import Notice
from lienthong.notifications.operations import tell
from lienthong.tasks.notices import posts_of

KIND = {1: "case.due_in_1", 3: "case.due_in_3"}
KINDS = tuple(KIND.values())
EXCUSE = "; không kịp thì lập phiếu xin lỗi, hẹn lại trước giờ đó"


def declare() -> None:
    """Declare both kinds of notice."""
    kinds.declare(KIND[3], "Hồ sơ còn 3 ngày làm việc là đến hạn")
    kinds.declare(KIND[1], "Hồ sơ còn 1 ngày làm việc là đến hạn", by_email=True)


def soon(case: Case, level: int, *, excused: bool, at: dt.datetime) -> int:
    """Tell whoever holds a case that its end is near, each of them once for an end; returns whether anybody was told.

    Where no apology was made yet, it says that one must go out before the promised moment.
    """
    assert case.due_at is not None  # noqa: S101 - the caller looked
    end = f"còn không quá {level} ngày làm việc, hạn {local(case.due_at):%H:%M %d/%m/%Y}"
    text = f"{case.code}: {end}{EXCUSE if level == 1 and not excused else ''}"
    posts = set(posts_of([case.holder], local_date(at)))
    known = Notice.objects.about(case.subject).filter(kind=KIND[level], text=text, cleared_at=None)
    fresh = posts - set(known.values_list("post", flat=True))
    tell(fresh, about=case.subject, text=text, at=at, kind=KIND[level])
    return int(bool(fresh))
