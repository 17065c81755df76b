"""Making long files while the officer goes on, and taking old ones away."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.exports.models import Export
from lienthong.exports.operations import expire, postpone, resume
from lienthong.exports.operations import produce as produce_export
from lienthong.kernel import clock


@app.task(queue="exports", name="lienthong.exports.jobs.produce")
def produce(export_id: int) -> None:
    """Make the file of one order, unless enough others are being made: then look again in a moment."""
    export = Export.objects.filter(pk=export_id).first()
    if export is not None and not postpone(export, at=clock.now()):
        produce_export(export, clock=clock.now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="exports.resume", pass_context=False, name="lienthong.exports.jobs.resume_lost")
def resume_lost(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Begin again what a killed worker left."""
    resume(at=clock.now())


@app.periodic(cron="37 19 * * *")  # 2:37 in Viet Nam, before the sweep of files
@app.task(queueing_lock="exports.expire", pass_context=False, name="lienthong.exports.jobs.expire_old")
def expire_old(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Take away files that were kept long enough."""
    expire(at=clock.now())
