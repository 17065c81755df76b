"""The journal is sealed every ten minutes."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.journal.operations import seal
from lienthong.kernel import clock


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="journal.seal", pass_context=False)
def seal_journal(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Seal what was recorded since the last seal."""
    seal(at=clock.now())
