"""What the clock does by itself: every morning it looks which files are due at the archive."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.workfiles.operations.handing_over import remind_due


@app.periodic(cron="15 23 * * *")
@app.task(queueing_lock="workfiles.remind", pass_context=False)
def remind(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Tell who keeps a file that it is due at the archive (06:15 in Viet Nam)."""
    remind_due(at=clock.now())
