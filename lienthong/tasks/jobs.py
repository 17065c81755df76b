"""What the clock does by itself: reminders and escalation, looked after every fifteen minutes, in working time only."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.tasks.operations import escalate_late, send_reminders


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="tasks.remind", pass_context=False)
def remind(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Send the reminders whose time has come."""
    send_reminders(at=clock.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="tasks.escalate", pass_context=False)
def escalate(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Tell the next level up of what is late."""
    escalate_late(at=clock.now())
