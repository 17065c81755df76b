"""What the clock does by itself: gateways that said nothing are asked; refunds are sent."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.payments.operations.asking import ask_unanswered
from lienthong.payments.operations.refunds import send_refunds


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="payments.ask", pass_context=False)
def ask(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Ask for every request whose answer is overdue."""
    ask_unanswered(at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="payments.refund", pass_context=False)
def give_back(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Order the refunds that wait."""
    send_refunds(at=clock.now())
