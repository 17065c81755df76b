"""Drafting, publishing and following up a version of a calendar."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence

from django.db import OperationalError, connection, transaction
from django.db.models import F
from procrastinate.contrib.django import app as jobs
from psycopg import errors

from lienthong.calendars import clock, recompute
from lienthong.calendars.changes import earliest_difference, moved_deadlines
from lienthong.calendars.models import (
    CalendarDay,
    CalendarHours,
    CalendarVersion,
    Deadline,
    DeadlineMove,
    Recomputation,
    WorkCalendar,
)
from lienthong.calendars.policies import require_administrator
from lienthong.calendars.queries import build, calendar_of, work_calendar_for
from lienthong.calendars.working_time import FIRST_DAY, LAST_DAY, session_texts
from lienthong.journal.operations import record
from lienthong.kernel.clock import at_local, local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit

BATCH = 1000
PATIENCE = 100


@transaction.atomic
def open_calendar(unit: Unit, *, name: str, actor: Actor, at: dt.datetime) -> CalendarVersion:
    """Give a unit a calendar of its own upon the common one, as a draft. Refuses a second one."""
    require_administrator(actor)
    if WorkCalendar.objects.filter(unit=unit, valid_to=None).exists():
        raise Refusal(f"{unit.name} đã có lịch riêng. Hãy mở lịch đó để sửa.", field="unit")
    if WorkCalendar.objects.filter(name=name).exists():
        raise Refusal(f"Đã có lịch tên “{name}”. Hãy đặt tên khác.", field="name")
    base = work_calendar_for(None, local_date(at))
    row = WorkCalendar.objects.create(name=name, unit=unit, base=base, valid_from=FIRST_DAY)
    record(
        Subject("calendar", row.pk), "calendar.opened", actor=actor, at=at, particulars={"unit": unit.name}, is_new=True
    )
    return draft(row, actor=actor, at=at)


@transaction.atomic
def draft(calendar: WorkCalendar, *, actor: Actor | None, at: dt.datetime) -> CalendarVersion:
    """Return the draft of a calendar, made as a copy of its present version where there is none yet."""
    require_administrator(actor)
    locked = (
        WorkCalendar.objects.select_for_update(of=("self",))
        .select_related("current", "base__current")
        .get(pk=calendar.pk)
    )
    existing = CalendarVersion.objects.filter(calendar=locked, published_at=None).first()
    return existing or copy_of_present(locked, at=at)


def copy_of_present(
    calendar: WorkCalendar, *, at: dt.datetime, published_at: dt.datetime | None = None
) -> CalendarVersion:
    """Copy the present version of a locked calendar into a new one, unpublished unless it is said when."""
    present = calendar.current
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=present.number + 1 if present else 1,
        base=calendar.base.current if calendar.base else None,
        drafted_at=at,
        published_at=published_at,
    )
    if present:
        hours, days = list(present.hours.all()), list(present.days.all())
        for hours_row in hours:
            hours_row.pk, hours_row.version = None, version
        for day in days:
            day.pk, day.version = None, version
        CalendarHours.objects.bulk_create(hours)
        CalendarDay.objects.bulk_create(days)
    return version


@transaction.atomic
def set_day(
    version: CalendarVersion,
    *,
    date: dt.date,
    kind: str,
    name: str,
    source: str,
    replaces: dt.date | None = None,
    verified: bool = True,
    actor: Actor,
    at: dt.datetime,
) -> CalendarDay:
    """Write a day into a draft, in place of what it said of that day. Refuses a day without a paper behind it."""
    _editable(version, actor)
    if not source.strip():
        raise Refusal("Ghi văn bản quy định ngày này (số, ký hiệu, ngày).", field="source")
    if not FIRST_DAY <= date <= LAST_DAY:
        raise Refusal(f"Chọn ngày từ năm {FIRST_DAY.year} đến năm {LAST_DAY.year}.", field="date")
    if kind != CalendarDay.Kind.MAKEUP and replaces is not None:
        raise Refusal("Chỉ ngày làm bù mới ghi “làm bù cho ngày”.", field="replaces")
    facts = {
        "kind": CalendarDay.Kind(kind),
        "name": name.strip() or CalendarDay.Kind(kind).label,
        "source": source.strip(),
        "replaces": replaces,
        "verified": verified,
        "origin": CalendarDay.Origin.SCREEN,
    }
    day, _ = CalendarDay.objects.update_or_create(version=version, date=date, defaults=facts)
    _note(version, "calendar.day_set", actor, at, {"date": date.isoformat(), "kind": kind, "source": source.strip()})
    return day


@transaction.atomic
def set_hours(
    version: CalendarVersion,
    *,
    valid_from: dt.date,
    week: Sequence[Sequence[str]],
    source: str,
    verified: bool = True,
    actor: Actor,
    at: dt.datetime,
) -> CalendarHours:
    """Write office hours from a day on into a draft. Refuses sessions that overlap and a week without any."""
    _editable(version, actor)
    if not source.strip():
        raise Refusal("Ghi văn bản quy định giờ làm việc (số, ký hiệu, ngày).", field="source")
    days = [clock.hours(*sessions) for sessions in week]
    if len(days) != 7 or not days[0]:
        raise Refusal("Giờ làm việc phải đủ bảy ngày và có ít nhất một buổi vào thứ Hai.", field="hours")
    facts = {"week": [session_texts(day) for day in days], "source": source.strip(), "verified": verified}
    hours, _ = CalendarHours.objects.update_or_create(version=version, valid_from=valid_from, defaults=facts)
    _note(version, "calendar.hours_set", actor, at, {"from": valid_from.isoformat(), "source": source.strip()})
    return hours


@transaction.atomic
def discard(version: CalendarVersion, *, actor: Actor, at: dt.datetime) -> None:
    """Throw a draft away. Refuses a published version."""
    _editable(version, actor)
    _note(version, "calendar.draft_discarded", actor, at, {"number": version.number})
    version.delete()


@transaction.atomic
def publish(version: CalendarVersion, *, decision: str, actor: Actor | None, at: dt.datetime) -> list[Recomputation]:
    """Publish a draft: from now on deadlines are counted by it, and a job computes the open ones anew.

    Publishing the common calendar republishes those that stand on it. Refuses a draft without a decision and one that
    says nothing new.
    """
    _editable(version, actor)
    if not decision.strip():
        raise Refusal("Ghi văn bản căn cứ của lần thay đổi này (số, ký hiệu, ngày).", field="decision")
    present = WorkCalendar.objects.select_related("current").get(pk=version.calendar_id).current
    if (
        present
        and present.base_id == version.base_id
        and earliest_difference(calendar_of(present), build(version)) is None
    ):
        raise Refusal("Bản nháp chưa khác lịch đang dùng. Hãy sửa ngày hoặc giờ trước khi công bố.")
    runs = [_publish(version, decision.strip(), actor, at)]
    derived = version.calendar.derived.select_related("current", "base__current").filter(current__isnull=False)
    runs += [_republish(row, version, actor, at) for row in derived]
    CalendarVersion.objects.filter(calendar__base=version.calendar_id, published_at=None).update(base=version)
    return runs


def _republish(derived: WorkCalendar, base: CalendarVersion, actor: Actor | None, at: dt.datetime) -> Recomputation:
    """Publish a calendar that stands on another anew; a draft of it moves one number up and stays a draft."""
    drafts = CalendarVersion.objects.filter(calendar=derived, published_at=None)
    drafts.update(number=F("number") + 1, base=base)
    return _publish(copy_of_present(derived, at=at, published_at=at), base.decision, actor, at)


def _publish(version: CalendarVersion, decision: str, actor: Actor | None, at: dt.datetime) -> Recomputation:
    version.decision, version.published_at, version.publisher = decision, at, actor.post if actor else None
    version.save(update_fields=["decision", "published_at", "publisher"])
    WorkCalendar.objects.filter(pk=version.calendar_id).update(current=version)
    version.calendar.current = version
    run = Recomputation.objects.create(version=version, started_at=at)
    _note(version, "calendar.published", actor, at, {"number": version.number, "decision": decision})
    jobs.configure_task("calendars.recompute", queue="calendars", queueing_lock=f"recompute-{version.pk}").defer(
        recomputation_pk=run.pk
    )
    return run


def recompute_all(run: Recomputation, *, at: dt.datetime) -> Recomputation:
    """Compute every open deadline of the calendar anew, a thousand in a transaction; can be stopped and run again."""
    version = CalendarVersion.objects.select_related("calendar__current").get(pk=run.version_id)
    if version.calendar.current_id == version.pk:
        _pass_over(run, version)
        while _patiently(lambda: recompute_batch(run, version)):
            run.refresh_from_db()
    Recomputation.objects.filter(pk=run.pk, finished_at=None).update(finished_at=at)
    run.refresh_from_db()
    return run


def _pass_over(run: Recomputation, version: CalendarVersion) -> None:
    """Hand over, in one statement, the deadlines that end before the first day on which the versions differ."""
    previous = CalendarVersion.objects.filter(calendar=version.calendar, number=version.number - 1).first()
    waiting = Deadline.objects.filter(calendar=version.calendar, closed_at=None).exclude(version=version)
    if previous is not None:
        first = earliest_difference(calendar_of(previous), calendar_of(version))
        before = at_local(first, dt.time()) if first else at_local(LAST_DAY, dt.time())
        waiting.filter(version=previous, due_at__lt=before).update(version=version)
    if run.total == 0:
        Recomputation.objects.filter(pk=run.pk).update(total=waiting.count())


def _patiently(batch: Callable[[], bool]) -> bool:
    """Try a batch again while somebody holds one of its rows; their work goes first."""
    for _ in range(PATIENCE):
        try:
            return batch()
        except OperationalError as error:
            if not isinstance(error.__cause__, errors.LockNotAvailable | errors.DeadlockDetected):
                raise
            time.sleep(0.2)
    return batch()


@transaction.atomic
def recompute_batch(run: Recomputation, version: CalendarVersion) -> bool:
    """Compute the next thousand open deadlines that stand on an older version; tell whether there were any."""
    waiting = Deadline.objects.filter(calendar=version.calendar, closed_at=None).exclude(version=version)
    with connection.cursor() as cursor:
        # An operation above locks its own row and then the deadline; here it is the other way round. Whoever waits here
        # gives up before PostgreSQL looks for deadlocks, so that the officer's operation is never the victim.
        cursor.execute("SET LOCAL lock_timeout = '300ms'")
    rows = list(waiting.select_for_update(of=("self",)).order_by("pk")[:BATCH])
    if not rows:
        return False
    moved = moved_deadlines(rows, calendar_of(version))
    Deadline.objects.filter(pk__in=[row.pk for row in rows]).update(version=version)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Deadline._meta.db_table} AS d SET due_at = v.due_at"  # noqa: S608 - a fixed name
            " FROM unnest(%s::bigint[], %s::timestamptz[]) AS v (id, due_at) WHERE d.id = v.id",
            [[move.deadline.pk for move in moved], [move.new for move in moved]],
        )
    DeadlineMove.objects.bulk_create(
        DeadlineMove(recomputation=run, deadline=move.deadline, old_due_at=move.old, new_due_at=move.new)
        for move in moved
    )
    run.done += len(rows)
    run.moved += len(moved)
    run.save(update_fields=["done", "moved"])
    for kind in sorted({move.deadline.subject_kind for move in moved}):
        recompute.tell(kind, [(m.deadline.subject_id, m.new) for m in moved if m.deadline.subject_kind == kind])
    return True


def _editable(version: CalendarVersion, actor: Actor | None) -> None:
    require_administrator(actor)
    WorkCalendar.objects.select_for_update().get(pk=version.calendar_id)
    if CalendarVersion.objects.filter(pk=version.pk, published_at__isnull=False).exists():
        raise Refusal(f"Phiên bản {version.number} đã công bố, không sửa được nữa. Hãy lập bản nháp mới.")


def _note(
    version: CalendarVersion, kind: str, actor: Actor | None, at: dt.datetime, facts: dict[str, str | int]
) -> None:
    record(Subject("calendar", version.calendar_id), kind, actor=actor, at=at, particulars=facts)
