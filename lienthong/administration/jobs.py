"""Trying and entering sheets while their reader goes on."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.administration.models import ImportRun
from lienthong.administration.operations import forget_imports, hand_over_due, resume_imports, work_on
from lienthong.kernel import clock


@app.task(name="lienthong.administration.jobs.work")
def work(import_id: int) -> None:
    """Try or enter one sheet."""
    run = ImportRun.objects.filter(pk=import_id).first()
    if run is not None:
        work_on(run, clock=clock.now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="administration.resume", pass_context=False, name="lienthong.administration.jobs.resume_lost")
def resume_lost(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Begin again what a killed worker left."""
    resume_imports(at=clock.now())


@app.periodic(cron="47 19 * * *")  # 2:47 in Viet Nam
@app.task(queueing_lock="administration.forget", pass_context=False, name="lienthong.administration.jobs.forget_old")
def forget_old(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Empty the rows of sheets that nobody entered."""
    forget_imports(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="administration.take_over", pass_context=False, name="lienthong.administration.jobs.take_over")
def take_over_due(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Hand over what waited for its day, or was too much to be waited for."""
    hand_over_due(clock=clock.now)
