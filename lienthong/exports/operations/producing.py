"""Making a long file: taken by one run, written batch by batch, kept, and told.

A run that is killed gives no more signs of life; ``resume`` then lets another begin, ``ATTEMPTS`` times in all.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable
from typing import IO

from django.core.files import File
from django.db import transaction

from lienthong.exports import notices, policies
from lienthong.exports.keeping import keeping_on
from lienthong.exports.kinds import kind_of
from lienthong.exports.models import Export
from lienthong.exports.operations.ordering import defer
from lienthong.exports.tables import Table, write
from lienthong.files.operations.making import keep_made
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.queries import actors_of

ATTEMPTS = 3
LEASE = dt.timedelta(minutes=2)
AT_ONCE, PAUSE = 2, 5
"""How many are made at once, and after how many seconds one that must wait looks again."""
EVERY = 1.0
"""Seconds between two signs of life."""
BROKEN = "Phần mềm gặp lỗi khi lập tệp. Hãy đặt lại; nếu vẫn lỗi, hãy báo quản trị viên."
KILLED = "Máy chủ dừng giữa chừng nhiều lần khi lập tệp. Hãy chọn khoảng thời gian ngắn hơn rồi đặt lại."
Clock = Callable[[], dt.datetime]


class Stopped(Exception):  # noqa: N818 - not an error: somebody cancelled it, or another run has taken over
    """This run must end."""


def produce(export: Export, *, clock: Clock) -> Export:
    """Make the file of an order, unless it is cancelled, finished, or being made by a run that is alive."""
    run = _take(export, at=clock())
    if run is None:
        return Export.objects.get(pk=export.pk)
    try:
        with tempfile.TemporaryFile() as stream:
            _finish(run, stream, _written(run, stream, clock), at=clock())
    except Stopped:
        pass
    except Refusal as refusal:
        _fail(run, refusal.message, at=clock())
    except Exception:
        _put_back(run, at=clock())
        raise
    return Export.objects.get(pk=export.pk)


@transaction.atomic
def postpone(export: Export, *, at: dt.datetime) -> bool:
    """Leave an order for a little later where enough others are being made, so that short jobs find a worker."""
    running = Export.objects.filter(state=Export.State.RUNNING, seen_at__gt=at - LEASE).exclude(pk=export.pk)
    waits = Export.objects.filter(pk=export.pk, state=Export.State.WAITING)
    if running.count() < AT_ONCE or not waits.update(seen_at=at):
        return False
    defer(export, seconds=PAUSE)
    return True


def resume(*, at: dt.datetime) -> int:
    """Let orders begin again whose run was killed or whose job was lost; return how many. Some have failed for good."""
    with transaction.atomic():
        lost = Export.objects.under_way().filter(seen_at__lte=at - LEASE).select_for_update(skip_locked=True)
        silent = list(lost.order_by("pk"))
        for export in silent:
            if export.state == Export.State.RUNNING and export.attempts >= ATTEMPTS:
                _fail(export, KILLED, at=at)
                continue
            export.state, export.seen_at = Export.State.WAITING, at
            export.save(update_fields=["state", "seen_at"])
            defer(export)
    return len(silent)


@transaction.atomic
def _take(export: Export, *, at: dt.datetime) -> Export | None:
    run = Export.objects.select_for_update(of=("self",)).select_related("ordered_by").get(pk=export.pk)
    is_lost = run.state == Export.State.RUNNING and run.seen_at <= at - LEASE and run.attempts < ATTEMPTS
    if run.state != Export.State.WAITING and not is_lost:
        return None
    run.state, run.attempts, run.done, run.seen_at = Export.State.RUNNING, run.attempts + 1, 0, at
    run.save(update_fields=["state", "attempts", "done", "seen_at"])
    return run


def _written(run: Export, stream: IO[bytes], clock: Clock) -> Table:
    declared = kind_of(run.kind)
    actor = _orderer(run, at=clock())
    if declared is None or actor is None or not policies.can_fetch(actor, run):
        raise Refusal("Chức vụ đặt kết xuất không còn được xem nội dung này. Hãy đặt lại trong chức vụ được xem.")
    table = declared.table(actor, run.parameters)
    Export.objects.filter(pk=run.pk).update(total=table.total)
    write(table, run.format, stream, _Signs(run, clock))
    return table


def _orderer(run: Export, *, at: dt.datetime) -> Actor | None:
    """Who ordered it, with the rights of today."""
    mine = actors_of(run.officer_id, on=local_date(at))
    return next((actor for actor in mine if actor.post.pk == run.ordered_by_id), None)


class _Signs:
    """Tells every second how many rows are written; stops a run that is no longer wanted."""

    def __init__(self, run: Export, clock: Clock) -> None:
        self._mine = Export.objects.filter(pk=run.pk, state=Export.State.RUNNING, attempts=run.attempts)
        self._clock = clock
        self._told = time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._told < EVERY:
            return
        if not self._mine.update(done=done, seen_at=self._clock()):
            raise Stopped
        self._told = time.monotonic()


@transaction.atomic
def _finish(run: Export, stream: IO[bytes], table: Table, *, at: dt.datetime) -> None:
    mine = Export.objects.select_for_update().filter(pk=run.pk, state=Export.State.RUNNING, attempts=run.attempts)
    export = mine.first()
    if export is None:
        raise Stopped
    stream.seek(0)
    export.file = keep_made(
        File(stream), name=f"{table.name}.{export.format}", kind=export.format, about=export.subject, at=at
    )
    export.state, export.done, export.finished_at = Export.State.DONE, export.total, at
    export.expires_at = at + keeping_on(local_date(at))
    export.save(update_fields=["file", "state", "done", "finished_at", "expires_at"])
    record(export.subject, "export.finished", actor=None, at=at)
    notices.tell_ready(export, at=at)


@transaction.atomic
def _fail(run: Export, reason: str, *, at: dt.datetime) -> None:
    """Write down why there is no file, unless the run is no longer wanted."""
    mine = Export.objects.select_for_update().filter(pk=run.pk, state=Export.State.RUNNING, attempts=run.attempts)
    export = mine.first()
    if export is None:
        return
    export.state, export.error, export.finished_at = Export.State.FAILED, reason[:500], at
    export.save(update_fields=["state", "error", "finished_at"])
    record(export.subject, "export.failed", actor=None, at=at, particulars={"reason": reason[:500]})
    notices.tell_failed(export, at=at)


def _put_back(run: Export, *, at: dt.datetime) -> None:
    """After a fault of ours: let it be tried again later, or fail for good."""
    if run.attempts >= ATTEMPTS:
        _fail(run, BROKEN, at=at)
        return
    mine = Export.objects.filter(pk=run.pk, state=Export.State.RUNNING, attempts=run.attempts)
    mine.update(state=Export.State.WAITING, seen_at=at)
