"""Every minute the outbox of the exchange is emptied."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.exchange.operations import deliver_due
from lienthong.kernel import clock


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="exchange.deliver", pass_context=False)
def deliver(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Send what is due."""
    deliver_due(clock=clock.now)
