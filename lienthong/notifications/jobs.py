"""Every minute the outbox is emptied; in the morning the digest is written."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.notifications.operations import deliver_due, deliver_one, write_digests


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="notifications.deliver", pass_context=False)
def deliver(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Send what is due."""
    deliver_due(clock=clock.now)


@app.task(pass_context=False)
def deliver_now(delivery_id: int) -> None:
    """Send one message that may not wait."""
    deliver_one(delivery_id, clock=clock.now)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="notifications.digest", pass_context=False)
def write_morning_digests(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Write the digest of the day, once, when the morning has come."""
    write_digests(at=clock.now())
