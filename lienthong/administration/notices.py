"""Telling who handed in a sheet what became of it."""

from __future__ import annotations

import datetime as dt

from lienthong.administration.models import ImportRun
from lienthong.notifications.operations import tell
from lienthong.organisation.models import TakeOver

FINISHED = "import.finished"
TAKEN_OVER = "work.taken_over"
KINDS = {
    FINISHED: "Tệp đơn vị, cán bộ đã kiểm tra hoặc nhập xong",
    TAKEN_OVER: "Nhận bàn giao công việc",
}
LONG = dt.timedelta(seconds=20)
"""Who waits for less than this still looks at the page."""


def tell_finished(run: ImportRun, *, at: dt.datetime) -> None:
    """Say what became of a sheet that took long."""
    if at - run.asked_at < LONG:
        return
    found = ", ".join(f"{count} dòng {name.lower()}" for _, name, count in run.tally)
    text = f"Tệp {run.file_name}: {run.error or f'{run.get_state_display().lower()}, {found}.'}"
    tell([run.post_id], about=run.subject, text=text, at=at, kind=FINISHED)


def tell_taken_over(done: TakeOver) -> None:
    """Tell who took work over how much came, once for all of it; its page leads to the lists."""
    text = f"Nhận bàn giao {done.total} việc của {done.giver}"
    tell([done.taker], about=done.subject, text=text, at=done.done_at or done.ordered_at, kind=TAKEN_OVER)
