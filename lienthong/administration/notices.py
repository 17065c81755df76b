"""Telling who handed in a sheet what became of it."""

from __future__ import annotations

import datetime as dt

from lienthong.administration.models import ImportRun
from lienthong.notifications.operations import tell

FINISHED = "import.finished"
KINDS = {FINISHED: "Tệp đơn vị, cán bộ đã kiểm tra hoặc nhập xong"}
LONG = dt.timedelta(seconds=20)
"""Who waits for less than this still looks at the page."""


def tell_finished(run: ImportRun, *, at: dt.datetime) -> None:
    """Say what became of a sheet that took long."""
    if at - run.asked_at < LONG:
        return
    found = ", ".join(f"{count} dòng {name.lower()}" for _, name, count in run.tally)
    text = f"Tệp {run.file_name}: {run.error or f'{run.get_state_display().lower()}, {found}.'}"
    tell([run.post_id], about=run.subject, text=text, at=at, kind=FINISHED)
