"""Handing in a sheet, agreeing to it after the trial, giving it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from lienthong.administration.models import ImportRun
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.policies import require_administrator
from lienthong.organisation.sheets import Row

KEPT_FOR = dt.timedelta(days=30)
"""How long the rows of a sheet that was not entered wait: they hold people's addresses."""


@transaction.atomic
def hand_in(rows: Sequence[Row], *, file_name: str, actor: Actor, at: dt.datetime) -> ImportRun:
    """Let a sheet be tried by a job; the same rows by the same person while they are being tried are that one.

    Forbidden for who does not keep the organisation.
    """
    require_administrator(actor)
    told = [asdict(row) for row in rows]
    mine = ImportRun.objects.under_way().filter(officer=actor.officer, total=len(told)).select_for_update(of=("self",))
    twin = next((run for run in mine if run.rows == told), None)
    if twin is not None:
        return twin
    run = ImportRun.objects.create(
        file_name=file_name[-200:], rows=told, total=len(told), officer=actor.officer, post=actor.post,
        handed_in_at=at, asked_at=at, seen_at=at,
    )  # fmt: skip
    particulars = {"file": run.file_name, "rows": run.total}
    record(run.subject, "import.handed_in", actor=actor, at=at, particulars=particulars, is_new=True)
    defer(run)
    return run


@transaction.atomic
def confirm_import(run: ImportRun, *, actor: Actor, at: dt.datetime) -> ImportRun:
    """Let a sheet that was tried without a wrong row be entered whole; once it is on its way, again changes nothing.

    Refuses one with wrong rows, given up, or so old that its rows are gone.
    """
    require_administrator(actor)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state in {ImportRun.State.KEEPING, ImportRun.State.KEPT}:
        return run
    if not run.may_be_kept:
        raise Refusal("Tệp này không nhập được nữa. Hãy chọn lại tệp để kiểm tra lần mới.")
    run.state, run.done, run.attempts, run.is_taken = ImportRun.State.KEEPING, 0, 0, False
    run.officer, run.post, run.asked_at, run.seen_at = actor.officer, actor.post, at, at
    run.save(update_fields=["state", "done", "attempts", "is_taken", "officer", "post", "asked_at", "seen_at"])
    record(run.subject, "import.confirmed", actor=actor, at=at)
    defer(run)
    return run


@transaction.atomic
def cancel_import(run: ImportRun, *, actor: Actor, at: dt.datetime) -> ImportRun:
    """Give a sheet up: nothing of it is entered, a job that works on it undoes what it did. Refuses one entered."""
    require_administrator(actor)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state == ImportRun.State.CANCELLED:
        return run
    if run.state == ImportRun.State.KEPT:
        raise Refusal("Tệp này đã nhập xong nên không bỏ được nữa. Hãy sửa từng đơn vị, cán bộ nếu cần.")
    run.state, run.rows, run.finished_at = ImportRun.State.CANCELLED, [], at
    run.save(update_fields=["state", "rows", "finished_at"])
    record(run.subject, "import.cancelled", actor=actor, at=at)
    return run


def forget_imports(*, at: dt.datetime) -> int:
    """Empty the rows of sheets that nobody entered for a month; return how many. What became of them stays written."""
    old = ImportRun.objects.filter(handed_in_at__lt=at - KEPT_FOR).exclude(rows=[])
    return old.exclude(state__in=(ImportRun.State.TRYING, ImportRun.State.KEEPING)).update(rows=[], lines=[])


def defer(run: ImportRun) -> None:
    """Hand a sheet to the worker, in the caller's transaction."""
    jobs.configure_task("lienthong.administration.jobs.work").defer(import_id=run.pk)
