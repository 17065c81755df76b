"""What the clock does by itself: cases whose applicants never brought what was asked for come to their end."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.cases.operations import lapse_all
from lienthong.kernel import clock


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="cases.lapse", pass_context=False)
def lapse(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """End what waited for a supplement beyond its time."""
    lapse_all(at=clock.now())
