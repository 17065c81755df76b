"""What the clock does by itself at the citizens' desk."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.online.operations.filling import lapse_all
from lienthong.online.operations.reminding import remind_all


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="online.lapse", pass_context=False)
def lapse(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Throw away the drafts that nobody saved for as long as ``data/online.toml`` says."""
    lapse_all(at=clock.now())


@app.periodic(cron="15 * * * *")
@app.task(queueing_lock="online.remind", pass_context=False)
def remind(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Tell the holders of drafts that these lapse soon."""
    remind_all(at=clock.now())
