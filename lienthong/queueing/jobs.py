"""What the clock does by itself: after midnight the day before is closed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.queueing.operations.closing import close_days


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="queueing.close", pass_context=False)
def close(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """End what days before left over."""
    close_days(at=clock.now())
