"""How long a document waits: the clock of each step begins, ends, and is heard of when it ran out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from lienthong.calendars import operations as calendars
from lienthong.calendars.clock import Calendar, working_time
from lienthong.calendars.limits import Limit, parse_limit
from lienthong.calendars.models import Deadline
from lienthong.calendars.queries import working_calendar
from lienthong.documents.limits import lateness_on, standard_for
from lienthong.documents.models import AgencyLimit, IncomingDocument, Step, Wait
from lienthong.documents.notices import late_no_more, tell_late
from lienthong.documents.operations.readers import open_to
from lienthong.documents.queries.waiting import levels_of
from lienthong.journal.operations import record
from lienthong.kernel.clock import local, local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles

STEPS = {IncomingDocument.State.REGISTERED: Step.FORWARD, IncomingDocument.State.FORWARDED: Step.INSTRUCT}


def begin(document: IncomingDocument, *, at: dt.datetime) -> Wait | None:
    """Let the clock of the step run that a document's state calls for; None where nobody has to do anything.

    Called with the document locked. Where no limit is known for the day, no clock runs.
    """
    step = STEPS.get(IncomingDocument.State(document.state))
    if step is None:
        return None
    pk, found = _next_wait(document, step, local_date(at))
    if found is None:
        return None
    limit, source, verified = found
    post_id = document.holder_post_id if step == Step.INSTRUCT else document.registered_by_id
    wait = Wait(
        pk=pk,
        document=document,
        step=step,
        post_id=post_id or document.registered_by_id,
        started_at=at,
        source=source,
        verified=verified,
    )
    deadline = calendars.set_deadline(wait.subject, limit=limit, start=at, unit=document.agency, actor=None, at=at)
    wait.due_at = deadline.due_at
    wait.save(force_insert=True)
    return wait


def finish(document: IncomingDocument, *, at: dt.datetime) -> None:
    """Stop the clock of a document that somebody took further; nothing where none runs."""
    wait = document.waits.running().select_for_update().first()
    if wait is None:
        return
    wait.ended_at = at
    wait.save(update_fields=["ended_at"])
    calendars.close(Deadline.objects.get(subject_kind="wait", subject_id=wait.pk), at=at)
    if wait.told:
        late_no_more(document, at=at)


_NEXT = """
SELECT nextval(pg_get_serial_sequence('documents_wait', 'id')), own."limit", own.source
  FROM (SELECT 1) AS one
  LEFT JOIN documents_agencylimit AS own ON own.agency_id = %s AND own.step = %s AND own.urgency = %s
"""


def _next_wait(document: IncomingDocument, step: str, day: dt.date) -> tuple[int, tuple[Limit, str, bool] | None]:
    """Return the key of a new wait, and how long the document may wait, by which source, verified or not; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [document.agency_id, step, document.urgency])
        pk, own, source = cursor.fetchone()
    if own:
        return pk, (parse_limit(own), source, True)
    common = standard_for(step, document.urgency, day)
    return pk, (common.limit, common.source, common.verified) if common else None


def tell_of_late(*, at: dt.datetime, most: int = 500) -> int:
    """Tell of documents that wait unseen: the holder first, then each level above; returns how many levels were told.

    Only in the working hours of the agency, and counted in its working time; each level once for a wait.
    """
    told = lateness_on(local_date(at))
    if told is None:
        return 0
    late = Wait.objects.running().filter(due_at__lt=at, told__lt=len(told.hours)).order_by("due_at", "pk")
    calendars_of: dict[int, Calendar] = {}
    count = 0
    for wait in late.select_related("document__agency")[:most]:
        agency = wait.document.agency
        if agency.pk not in calendars_of:
            calendars_of[agency.pk] = working_calendar(agency, local_date(at))
        calendar = calendars_of[agency.pk]
        if not calendar.is_open(local(at)):
            continue
        over = working_time(calendar, wait.due_at, at)
        reached = sum(over >= dt.timedelta(hours=hours) for hours in told.hours)
        if reached > wait.told:
            count += _tell(wait.pk, reached, at)
    return count


@transaction.atomic
def _tell(pk: int, reached: int, at: dt.datetime) -> int:
    wait = (
        Wait.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("document__agency", "post__unit", "post__officer", "document__registered_by__unit")
        .filter(pk=pk, ended_at=None, told__lt=reached)
        .first()
    )
    if wait is None:
        return 0
    levels = levels_of(wait, on=local_date(at))[:reached]
    news = levels[wait.told :]
    document = wait.document
    for number, posts in enumerate(news, start=wait.told + 1):
        open_to(document, {_reads_with(post) for post in posts})
        tell_late(wait, posts, number=number, at=at)
        kind = "incoming.reminded" if number == 1 else "incoming.escalated"
        event = {"step": wait.step, "to": ", ".join(str(post) for post in posts), "level": number}
        record(document.subject, kind, actor=None, at=at, particulars=event)
    wait.told = reached
    wait.save(update_fields=["told"])
    return len(news)


def _reads_with(post: Post) -> int:
    return post.unit.audience if roles()[post.role].reads_unit else post.audience


def follow_calendar(moved: Sequence[tuple[int, dt.datetime]]) -> None:
    """Take over the limits that a new calendar moved (see ``calendars.recompute``)."""
    due = dict(moved)
    waits = list(Wait.objects.select_for_update().filter(pk__in=due))
    for wait in waits:
        wait.due_at = due[wait.pk]
    Wait.objects.bulk_update(waits, ["due_at"])


def catch_up(*, at: dt.datetime, most: int = 500) -> int:
    """Give documents that wait since before there were limits their clock, from now on; returns how many."""
    running = Wait.objects.running().filter(document=OuterRef("pk"))
    unseen = IncomingDocument.objects.filter(~Exists(running), state__in=("registered", "forwarded"))
    pks = list(unseen.order_by("pk").values_list("pk", flat=True)[:most])
    return sum(_catch_up(pk, at) for pk in pks)


@transaction.atomic
def _catch_up(pk: int, at: dt.datetime) -> int:
    rows = IncomingDocument.objects.select_for_update(of=("self",)).select_related("agency")
    document = rows.get(pk=pk)
    if document.waits.running().exists():
        return 0
    return int(begin(document, at=at) is not None)


@transaction.atomic
def set_agency_limit(
    *, step: str, urgency: str, limit: str, source: str, actor: Actor, at: dt.datetime
) -> AgencyLimit | None:
    """Set the own limit of the actor's agency, for documents that come to wait from now on.

    An empty ``limit`` goes back to the common one. Refuses who may not instruct, a limit nobody understands, and one
    without its source.
    """
    if not actor.can("incoming.instruct"):
        raise Forbidden("Chỉ lãnh đạo, chánh văn phòng được đặt thời hạn chuyển, cho ý kiến.")
    agency_id = actor.post.unit.agency_id
    if agency_id is None:
        raise Refusal("Đơn vị của bạn không có sổ văn bản.")
    text = str(parse_limit(limit)) if limit.strip() else ""
    if text and not source.strip():
        raise Refusal(
            "Hãy ghi theo văn bản nào, ví dụ: Quy chế làm việc ban hành kèm Quyết định 15/QĐ-STTTT.", field="source"
        )
    existing = AgencyLimit.objects.select_for_update().filter(agency_id=agency_id, step=step, urgency=urgency).first()
    old = existing.limit if existing else ""
    kept: AgencyLimit | None = None
    if text:
        kept, _ = AgencyLimit.objects.update_or_create(
            agency_id=agency_id,
            step=step,
            urgency=urgency,
            defaults={"limit": text, "source": source.strip()[:300], "set_by": actor.post, "set_at": at},
        )
    elif existing:
        existing.delete()
    event = {"step": step, "urgency": urgency, "old": old, "limit": text, "source": source.strip()}
    record(Subject("agency", agency_id), "waiting_limit.set", actor=actor, at=at, particulars=event)
    return kept
