"""The job's side of an import: taken by one run, tried or entered in one transaction, told.

A run that is killed leaves nothing behind but its silence; after ``LEASE`` another begins, ``ATTEMPTS`` times in all.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from lienthong.administration.models import STATES, ImportRun
from lienthong.administration.notices import tell_finished
from lienthong.administration.operations.importing import defer
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.operations import import_organisation
from lienthong.organisation.operations.importing import Report
from lienthong.organisation.queries import actors_of

ATTEMPTS = 3
LEASE = dt.timedelta(minutes=2)
EVERY = 1.0
"""Seconds between two signs of life."""
BROKEN = "Phần mềm gặp lỗi nên chưa ghi gì. Hãy chọn lại tệp; nếu vẫn lỗi, hãy báo người quản trị máy chủ."
KILLED = "Máy chủ dừng giữa chừng nhiều lần nên chưa ghi gì. Hãy chia tệp nhỏ hơn rồi thử lại."
Clock = Callable[[], dt.datetime]


class Stopped(Exception):  # noqa: N818 - not an error: somebody gave the sheet up, or another run has taken over
    """This run must end, and what it did is undone."""


def work_on(run: ImportRun, *, clock: Clock) -> ImportRun:
    """Try or enter a sheet, unless it is given up, finished, or in the hands of a run that is alive."""
    taken = _take(run, at=clock())
    if taken is None:
        return ImportRun.objects.get(pk=run.pk)
    try:
        with _signs(taken, clock) as sign, transaction.atomic():
            report = import_organisation(
                taken.sheet_rows(),
                keep=taken.state == ImportRun.State.KEEPING,
                actor=_orderer(taken, at=clock()),
                at=clock(),
                progress=sign,
            )
            _finish(taken, report, at=clock())
    except Stopped:
        pass
    except Refusal as refusal:
        _fail(taken, refusal.message, at=clock())
    except Exception:
        _put_back(taken, at=clock())
        raise
    return ImportRun.objects.get(pk=run.pk)


def resume_imports(*, at: dt.datetime) -> int:
    """Let sheets begin again whose run was killed or whose job was lost; return how many were silent."""
    with transaction.atomic():
        lost = ImportRun.objects.under_way().filter(seen_at__lte=at - LEASE).select_for_update(skip_locked=True)
        silent = list(lost.order_by("pk"))
        for run in silent:
            if run.attempts >= ATTEMPTS:
                _fail(run, KILLED, at=at)
                continue
            run.is_taken, run.seen_at = False, at
            run.save(update_fields=["is_taken", "seen_at"])
            defer(run)
    return len(silent)


@transaction.atomic
def _take(run: ImportRun, *, at: dt.datetime) -> ImportRun | None:
    taken = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not taken.is_under_way or (taken.is_taken and taken.seen_at > at - LEASE) or taken.attempts >= ATTEMPTS:
        return None
    taken.is_taken, taken.attempts, taken.done, taken.seen_at = True, taken.attempts + 1, 0, at
    taken.save(update_fields=["is_taken", "attempts", "done", "seen_at"])
    return taken


def _orderer(run: ImportRun, *, at: dt.datetime) -> Actor:
    """Who handed it in or agreed to it, with the rights of today."""
    mine = actors_of(run.officer_id, on=local_date(at))
    actor = next((actor for actor in mine if actor.post.pk == run.post_id), None)
    if actor is None:
        raise Refusal("Người nộp tệp không còn giữ chức vụ đã nộp. Người quản trị hãy chọn lại tệp.")
    return actor


@contextmanager
def _signs(run: ImportRun, clock: Clock) -> Iterator[Callable[[int], None]]:
    """Give what tells every second how many rows are done, on a connection of its own: the rows are not kept yet."""
    beside = connection.copy()
    told = time.monotonic()

    def sign(done: int) -> None:
        nonlocal told
        if time.monotonic() - told < EVERY:
            return
        with beside.cursor() as cursor:
            cursor.execute(_SIGN, [done, clock(), run.pk, run.state, run.attempts])
            if not cursor.rowcount:
                raise Stopped
        told = time.monotonic()

    try:
        yield sign
    finally:
        beside.close()


_SIGN = """
UPDATE administration_importrun SET done = %s, seen_at = %s
 WHERE id = %s AND state = %s AND is_taken AND attempts = %s
"""


def _finish(taken: ImportRun, report: Report, *, at: dt.datetime) -> None:
    """Write down what became of each row, in the very transaction in which the rows are kept."""
    run = _still_mine(taken)
    if run is None:
        raise Stopped
    run.lines = [[one.row.sheet, one.row.number, one.state, one.words, one.heading] for one in report.lines]
    run.counts = {state: report.count(state) for state in STATES}
    run.done, run.is_taken, run.finished_at = run.total, False, at
    run.state = ImportRun.State.KEPT if report.kept else ImportRun.State.TRIED
    if report.kept:
        run.rows = []
    run.save(update_fields=["lines", "counts", "done", "is_taken", "finished_at", "state", "rows"])
    record(run.subject, f"import.{run.state}", actor=None, at=at, particulars=run.counts)
    tell_finished(run, at=at)


def _fail(taken: ImportRun, reason: str, *, at: dt.datetime) -> None:
    with transaction.atomic():
        run = _still_mine(taken)
        if run is None:
            return
        run.state, run.error, run.finished_at = ImportRun.State.FAILED, reason[:500], at
        run.rows, run.is_taken = [], False
        run.save(update_fields=["state", "error", "finished_at", "rows", "is_taken"])
        record(run.subject, "import.failed", actor=None, at=at, particulars={"reason": reason[:500]})
        tell_finished(run, at=at)


def _put_back(taken: ImportRun, *, at: dt.datetime) -> None:
    """After a fault of ours: let it be tried again later, or fail for good."""
    if taken.attempts >= ATTEMPTS:
        _fail(taken, BROKEN, at=at)
        return
    mine = ImportRun.objects.filter(pk=taken.pk, state=taken.state, attempts=taken.attempts)
    mine.update(is_taken=False, seen_at=at)


def _still_mine(taken: ImportRun) -> ImportRun | None:
    mine = ImportRun.objects.select_for_update(of=("self",))
    return mine.filter(pk=taken.pk, state=taken.state, attempts=taken.attempts).first()
