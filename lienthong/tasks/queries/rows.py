"""Rows of task lists: light values instead of models, with their badge, read in one query and a page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from lienthong.calendars.clock import Calendar
from lienthong.calendars.queries import remaining, working_calendar
from lienthong.kernel.addresses import address_of
from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Described, Subject, describe
from lienthong.organisation.models import Unit
from lienthong.tasks.classes import end_of_due_day
from lienthong.tasks.models import Task
from lienthong.ui.deadlines import Badge, badge

PAGE = 25
COLUMNS = (
    "pk", "title", "state", "urgency", "due_at", "finished_at", "is_late", "verified_at", "holder", "percent", "number",
    "subject_kind", "subject_id", "lead_unit__short_name", "lead_post__officer__full_name",
    "assigner_post__officer__full_name", "assigner_unit__short_name", "assigned_at", "lead_post_id", "is_routed",
)  # fmt: skip
STATES = dict(Task.State.choices)
TONES = {"assigned": "accent", "sent_back": "soon", "done": "done", "suspended": "paused", "cancelled": "outline"}
URGENCIES = dict(Task.Urgency.choices)


@dataclass(slots=True)
class Row:
    """One task as a list shows it."""

    pk: int
    title: str
    state: str
    urgency: str
    due_at: dt.datetime | None
    finished_at: dt.datetime | None
    is_late: bool | None
    verified_at: dt.datetime | None
    holder: int
    percent: int
    number: int | None
    subject_kind: str
    subject_id: int
    unit: str
    person: str | None
    assigner: str | None
    assigner_unit: str | None
    assigned_at: dt.datetime
    lead_post_id: int | None
    is_routed: bool
    badge: Badge | None = None
    about: Described | None = None
    whose: str = ""
    group: str = ""

    @property
    def key(self) -> str:
        """The key as it stands in forms and addresses (a number would be formatted for the eye)."""
        return str(self.pk)

    @property
    def sub(self) -> str:
        """The second line: who does it, who gave it, what it is about as far as the title does not say it."""
        return f"{self.doer} · {self.given}"

    @property
    def given(self) -> str:
        """The second line under the name of who does it: who gave it, and what it is about."""
        words = self._giver
        about = _beside(self.about.title, self.title) if self.about else ""
        return f"{words} · {about}" if about else words

    @property
    def _giver(self) -> str:
        if not self.is_routed:
            return f"{self.assigner} giao"
        return f"{self.assigner_unit} chuyển" if self.assigner_unit else "nộp trực tuyến"

    @property
    def url(self) -> str:
        """Where it is done: on the page of its subject where it is a step of a procedure."""
        return self.about.url if self.is_routed and self.about else address_of("tasks:show", self.pk)

    @property
    def explained(self) -> str:
        """Where its deadline is explained."""
        return f"{self.url}deadline/"

    @property
    def preview(self) -> str:
        """What the pane beside the list shows; a step of a procedure is opened."""
        return "" if self.is_routed else f"{self.url}preview/"

    @property
    def doer(self) -> str:
        """Who does it: the person, else the unit."""
        return self.person or self.unit

    @property
    def state_label(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def state_tone(self) -> str:
        """What is new stands out; the rest is quiet."""
        return TONES.get(self.state, "neutral")

    @property
    def urgency_label(self) -> str:
        """The urgency in words; nothing for the ordinary."""
        return "" if self.urgency == "normal" else URGENCIES[self.urgency]

    @property
    def cursor(self) -> str:
        """Where the list goes on after this row."""
        return f"{self.due_at.isoformat() if self.due_at else ''}|{self.pk}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows and where it goes on; ``older`` is empty on the last one."""

    rows: list[Row] = field(default_factory=list)
    older: str = ""

    @property
    def shown(self) -> int:
        """How many rows stand on it."""
        return len(self.rows)


def _beside(about: str, title: str) -> str:
    """Return what a document's title says beyond the task's: "241/UBND-VX V/v góp ý …" beside "Góp ý …" its symbol."""
    at = about.casefold().find(title.casefold())
    if at < 0 or len(about.casefold()) != len(about):
        return about
    rest = about[:at].strip(" :·-–,.").removesuffix("V/v").rstrip() + about[at + len(title) :]
    return rest.strip(" :·-–,.")


def page_by_due(tasks: QuerySet[Task], *, after: str, calendar: Calendar, at: dt.datetime, size: int = PAGE) -> Page:
    """Return a page of tasks in the order of their deadlines, those without one last."""
    query = tasks.filter(_after(after)) if after else tasks
    rows = rows_of(query.order_by("due_at", "pk")[: size + 1])
    return _page(rows, size, calendar, at, lambda row: row.cursor)


def page_by_age(tasks: QuerySet[Task], *, calendar: Calendar, at: dt.datetime, size: int = PAGE) -> Page:
    """Return a page of tasks, the newest first (those ``before`` the last one shown: see ``visible_to``)."""
    rows = rows_of(tasks.order_by("-pk")[: size + 1])
    return _page(rows, size, calendar, at, lambda row: str(row.pk))


def rows_of(tasks: QuerySet[Task]) -> list[Row]:
    """Read tasks as rows in one query."""
    return [Row(*values) for values in tasks.values_list(*COLUMNS)]


def dress(rows: Sequence[Row], calendar: Calendar, at: dt.datetime, *, about: bool = True) -> None:
    """Give rows their deadline badge and, with one query a kind, what they are about."""
    described = describe({Subject(row.subject_kind, row.subject_id) for row in rows}) if about else {}
    for row in rows:
        row.badge = task_badge(row, calendar, at)
        subject = Subject(row.subject_kind, row.subject_id)
        row.about = described.get(subject) if subject != Subject("task", row.pk) else None


def task_badge(task: Task | Row, calendar: Calendar, at: dt.datetime) -> Badge:
    """Return the badge of a task: as everywhere, but due at the end of the due day and not when the office closes."""
    due_at, finished = task.due_at, task.finished_at
    if task.is_routed and due_at is not None:
        return badge(due_at, finished or at, remaining(due_at, finished or at, calendar), done_at=finished)
    if due_at is None or task.state == "cancelled":
        return Badge("Đã hủy", "none", "ban") if task.state == "cancelled" else badge(None, at, done_at=finished)
    moment = finished or at
    if due_at < moment < end_of_due_day(due_at):
        if finished is None:
            return Badge("Hết hôm nay", "soon", "clock", badge(due_at, due_at).title)
        moment = due_at
    left = remaining(due_at, moment, calendar)
    done_at = moment if finished else None
    return badge(due_at, moment, left, done_at=done_at, suspended=task.state == "suspended")


def calendar_for(unit: Unit, at: dt.datetime) -> Calendar:
    """Return the calendar by which a list of an actor's unit counts."""
    return working_calendar(unit, local_date(at))


def _page(rows: list[Row], size: int, calendar: Calendar, at: dt.datetime, cursor: Callable[[Row], str]) -> Page:
    more = len(rows) > size
    del rows[size:]
    dress(rows, calendar, at)
    return Page(rows, cursor(rows[-1]) if more else "")


def _after(cursor: str) -> Q:
    due, _, pk = cursor.partition("|")
    if not pk.isdigit():
        return Q()
    if not due:
        return Q(due_at=None, pk__gt=int(pk))
    try:
        due_at = dt.datetime.fromisoformat(due)
    except ValueError:
        return Q()
    return Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=int(pk)) | Q(due_at=None)
