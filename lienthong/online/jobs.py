"""What the clock does by itself at the citizens' desk."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.online.operations.filling import lapse_all


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="online.lapse", pass_context=False)
def lapse(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Throw away the drafts that nobody saved for as long as ``data/online.toml`` says."""
    lapse_all(at=clock.now())
