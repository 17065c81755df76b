"""What the clock does by itself: cases whose applicants never brought what was asked for end; warnings in time."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.cases.operations import lapse_all
from lienthong.cases.operations.reminding import remind_all
from lienthong.cases.operations.warning import warn_all
from lienthong.cases.stranding import tell_stranded
from lienthong.kernel import clock


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="cases.lapse", pass_context=False)
def lapse(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """End what waited for a supplement beyond its time."""
    lapse_all(at=clock.now())


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="cases.remind", pass_context=False)
def remind(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Tell applicants that the time to answer a request runs out."""
    remind_all(at=clock.now())


@app.periodic(cron="*/30 * * * *")
@app.task(queueing_lock="cases.warn", pass_context=False)
def warn(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Tell who holds a case that its end is near."""
    warn_all(at=clock.now())


@app.periodic(cron="50 * * * *")
@app.task(queueing_lock="cases.stranded", pass_context=False)
def stranded(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Tell those above that cases lie where nobody works any more."""
    tell_stranded(at=clock.now())
