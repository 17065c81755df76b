"""Lists of cases: walks of one index each, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db.models import Q, QuerySet

from lienthong.calendars import clock
from lienthong.calendars.queries import working_calendar
from lienthong.cases.models import Case, CaseReader
from lienthong.cases.queries.talk import unanswered
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.procedures.models import Procedure

PAGE = 25
TABS = {"mine": "Ở tôi, phòng tôi", "talk": "Tin nhắn mới", "soon": "Sắp đến hạn", "late": "Quá hạn", "": "Tất cả"}
RELATED = ("procedure", "applicant", "holder_unit", "holder_post__officer", "competent_agency")
RUNNING = (Case.Status.RECEIVED, Case.Status.IN_PROGRESS)
SOON = clock.parse_limit("3 ngày làm việc")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to.

    ``tab``: "mine" what lies in the actor's hands, by its legal end; "talk" where an applicant wrote and
    nobody looked; "soon" what ends within three working days of the actor's unit and "late" what runs past its end,
    both by that end; "" all, newest first. ``status`` is the national one; ``since`` and ``until`` are local days of
    coming in, both included; ``unit`` is the agency that decides.
    """

    tab: str = ""
    status: int = 0
    procedure: int = 0
    channel: str = ""
    unit: int = 0
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the tab narrows it."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "tab")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list a page begins: the legal end (by-due lists) and the key of the case before it."""

    pk: int
    due_at: dt.datetime | None = None

    def __str__(self) -> str:
        return f"{self.pk}" + (f"~{self.due_at.isoformat()}" if self.due_at else "")

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from an address; None when it is none."""
        pk, _, due = text.partition("~")
        if not pk.isdecimal() or len(pk) > 18:
            return None
        try:
            moment = dt.datetime.fromisoformat(due) if due else None
        except ValueError:
            return None
        return cls(int(pk), moment if moment is None or moment.tzinfo else None)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of cases and the places of its neighbours (None where there are none)."""

    cases: list[Case]
    newer: Place | None
    older: Place | None


def case_page(
    actor: Actor, filters: Filters, at: dt.datetime, *, after: Place | None = None, before: Place | None = None
) -> Page:
    """Return a page of the cases that the actor may see. One query, whatever the size (two for "soon")."""
    if filters.tab == "mine":
        rows = _narrowed(Case.objects.visible_to(actor).filter(holder__in=actor.work_audiences), filters)
        return _paged(rows, after, before, by_due=True)
    if filters.tab == "talk":
        return _paged(_narrowed(unanswered(actor), filters), after, before, by_due=False)
    if filters.tab in ("soon", "late"):
        due = {"due_at__lt": at} if filters.tab == "late" else {"due_at__range": (at, _soon(actor, at))}
        rows = Case.objects.filter(status__in=RUNNING, **due)
        readers = CaseReader.objects.filter(status__in=RUNNING, **due)
        if not filters.is_narrowed:
            return _walked_by_due(readers, actor.audiences, after, before)
        return _paged(_narrowed(_open_to(rows, readers, actor), filters), after, before, by_due=True)
    readers = CaseReader.objects.all()
    if filters.status:
        readers = readers.filter(status=filters.status)
    if filters.procedure:
        readers = readers.filter(procedure=filters.procedure)
    if _needs_case(filters):
        return _paged(_narrowed(_open_to(Case.objects.all(), readers, actor), filters), after, before, by_due=False)
    return _walked(readers, actor.audiences, after, before)


def _soon(actor: Actor, at: dt.datetime) -> dt.datetime:
    """Return the end of three working days from now (one query)."""
    calendar = working_calendar(actor.post.unit, local_date(at))
    return clock.due(calendar, SOON, [clock.Event(clock.EventKind.START, at)])


def _needs_case(filters: Filters) -> bool:
    return bool(filters.channel or filters.unit or filters.since or filters.until)


def _open_to(rows: QuerySet[Case], readers: QuerySet[CaseReader], actor: Actor) -> QuerySet[Case]:
    if len(actor.audiences) == 1:
        return rows.filter(readers__in=readers.filter(audience=actor.audiences[0]))
    return rows.filter(pk__in=readers.filter(audience__in=actor.audiences).values("case"))


def _narrowed(rows: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    exact = {"status": filters.status, "procedure": filters.procedure, "channel": filters.channel,
             "competent_agency": filters.unit}  # fmt: skip
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.since:
        rows = rows.filter(code_date__gte=filters.since)
    if filters.until:
        rows = rows.filter(code_date__lte=filters.until)
    return rows


def _paged(rows: QuerySet[Case], after: Place | None, before: Place | None, *, by_due: bool) -> Page:
    place = before or after
    if place is not None:
        rows = rows.filter(_beyond(place, forward=before is None, by_due=by_due))
    order = ("due_at", "pk") if by_due else ("-pk",)
    ordered = rows.order_by(*order)
    if before:
        ordered = ordered.reverse()
    found = list(ordered.select_related(*RELATED).defer("values")[: PAGE + 1])
    return _page(found, after, before, by_due=by_due)


def _beyond(place: Place, *, forward: bool, by_due: bool, key: str = "pk") -> Q:
    """Return what stands after (or before) a place; cases without a legal end stand last."""
    after, before = Q(**{f"{key}__gt": place.pk}), Q(**{f"{key}__lt": place.pk})
    if not by_due:
        return before if forward else after
    if place.due_at is None:
        same = Q(due_at=None)
        return same & after if forward else Q(due_at__isnull=False) | (same & before)
    same = Q(due_at=place.due_at)
    if forward:
        return Q(due_at__gt=place.due_at) | (same & after) | Q(due_at=None)
    return Q(due_at__lt=place.due_at) | (same & before)


def _walked_by_due(
    readers: QuerySet[CaseReader], audiences: Sequence[int], after: Place | None, before: Place | None
) -> Page:  # fmt: skip
    """Return a page by legal end: one walk of the readers' index for each audience, each no longer than the page."""
    place = before or after
    if place is not None:
        readers = readers.filter(_beyond(place, forward=before is None, by_due=True, key="case"))
    mark = "-" if before else ""
    ordered = readers.order_by(f"{mark}due_at", f"{mark}case")
    walks = [ordered.filter(audience=key).values("case")[: PAGE + 1] for key in audiences]
    keys = walks[0].union(*walks[1:], all=True) if len(walks) > 1 else walks[0]
    rows = Case.objects.filter(pk__in=keys).order_by(f"{mark}due_at", f"{mark}pk")
    return _page(list(rows.select_related(*RELATED).defer("values")[: PAGE + 1]), after, before, by_due=True)


def _walked(
    readers: QuerySet[CaseReader], audiences: Sequence[int], after: Place | None, before: Place | None
) -> Page:  # fmt: skip
    if before:
        readers = readers.filter(case__gt=before.pk)
    elif after:
        readers = readers.filter(case__lt=after.pk)
    order = "case" if before else "-case"
    walks = [readers.filter(audience=key).order_by(order).values("case")[: PAGE + 1] for key in audiences]
    keys = walks[0].union(*walks[1:], all=True) if len(walks) > 1 else walks[0]
    rows = Case.objects.filter(pk__in=keys).order_by("pk" if before else "-pk")
    return _page(list(rows.select_related(*RELATED).defer("values")[: PAGE + 1]), after, before, by_due=False)


def _page(found: list[Case], after: Place | None, before: Place | None, *, by_due: bool) -> Page:
    has_more, rows = len(found) > PAGE, found[:PAGE]
    if before:
        rows.reverse()
    first, last = (_place(rows[0], by_due), _place(rows[-1], by_due)) if rows else (None, None)
    return Page(
        cases=rows,
        newer=first if (has_more if before else after) else None,
        older=last if (has_more or before) else None,
    )


def _place(case: Case, by_due: bool) -> Place:  # noqa: FBT001 - of this module
    return Place(case.pk, case.due_at if by_due else None)


def unfiled_page(
    actor: Actor, *, procedure: int = 0, after: Place | None = None, before: Place | None = None
) -> Page:  # fmt: skip
    """Return a page of ended cases that the actor's agency keeps and that lie in no work file, newest first.

    An agency keeps what it decided; what the province decides is kept by whoever prepared it and sees it.
    """
    readers = CaseReader.objects.filter(audience__in=actor.audiences, status__in=Case.SOLVED, is_filed=False)
    if procedure:
        readers = readers.filter(procedure=procedure)
    agencies = {actor.post.unit.agency_id, *actor.inherited_agencies} - {None}
    own = Q(competent_agency__in=agencies) | Q(competent_agency__kind=Unit.Kind.PROVINCE_COMMITTEE)
    rows = Case.objects.filter(own, pk__in=readers.values("case"), received_at__isnull=False)
    return _paged(rows, after, before, by_due=False)


def held_by(actor: Actor) -> QuerySet[Case]:
    """Return the cases that lie in the actor's hands, cheap to count."""
    return Case.objects.filter(holder__in=actor.work_audiences)


@dataclass(frozen=True, slots=True)
class Named:
    """What the filters of a list are called."""

    procedure: str = ""
    unit: str = ""


def named(filters: Filters) -> Named:
    """Return the names of the procedure and the agency to which a list is narrowed (a query for each)."""
    procedures = Procedure.objects.filter(pk=filters.procedure).values_list("name", flat=True)
    units = Unit.objects.filter(pk=filters.unit).values_list("short_name", flat=True)
    return Named((procedures.first() or "") if filters.procedure else "", (units.first() or "") if filters.unit else "")
