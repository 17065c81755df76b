"""Calendars, their versions, and the deadlines that are counted by them."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from lienthong.calendars.clock import Event, Limit, parse_limit
from lienthong.kernel.periods import period_constraint
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit

PROVINCE = "Lịch chung"


class WorkCalendarQuerySet(models.QuerySet["WorkCalendar"]):
    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002 - every officer may read when offices work
        """Calendars that an officer may read: all of them."""
        return self.all()


class WorkCalendar(models.Model):
    """Lịch làm việc: the calendar of the whole province (no unit), or of one unit with hours of its own.

    A unit's calendar stands on the common one (``base``): it has the same holidays and adds what differs. ``current``
    is the newest published version.
    """

    name = models.CharField("tên lịch", max_length=100, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="calendars")
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derived")
    current = models.ForeignKey("CalendarVersion", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)

    objects = WorkCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch làm việc"
        constraints: ClassVar = [
            period_constraint("calendar_period"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to=None), nulls_distinct=False, name="calendar_one_of_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(unit=None, base=None) | Q(unit__isnull=False, base__isnull=False),
                name="calendar_of_unit_has_base",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """Phiên bản lịch: all that a calendar says. Once published it never changes; a change is a new version."""

    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("phiên bản")
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField("văn bản căn cứ", max_length=300, blank=True)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    publisher = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "phiên bản lịch"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_once"),
            models.UniqueConstraint(fields=["calendar"], condition=Q(published_at=None), name="calendar_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar.name}, phiên bản {self.number}"


class CalendarHours(models.Model):
    """Giờ làm việc: the sessions of the weekdays from a day on, Monday first: ``[["07:00-11:30"], …]``."""

    version = models.ForeignKey(CalendarVersion, models.CASCADE, related_name="hours")
    valid_from = models.DateField("áp dụng từ ngày")
    week = models.JSONField("các buổi trong tuần")
    source = models.CharField("văn bản căn cứ", max_length=300)
    verified = models.BooleanField("đã đối chiếu nguồn", default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "valid_from"], name="calendar_hours_once_a_day"),
        ]


class CalendarDay(models.Model):
    """Ngày nghỉ, ngày làm bù: a day that departs from its weekday, with the paper that says so.

    ``ordinary`` lays down that a day is as its weekday says, against the data that came with the product.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "Nghỉ lễ, tết"
        CLOSED = "closed", "Đóng cửa"
        MAKEUP = "makeup", "Làm bù"
        ORDINARY = "ordinary", "Như ngày thường"

    class Origin(models.TextChoices):
        DATA = "data", "Kèm phần mềm"
        SCREEN = "screen", "Nhập trên màn hình"

    version = models.ForeignKey(CalendarVersion, models.CASCADE, related_name="days")
    date = models.DateField("ngày")
    kind = models.CharField("loại ngày", max_length=10, choices=Kind)
    name = models.CharField("tên", max_length=200)
    source = models.CharField("văn bản căn cứ", max_length=300)
    verified = models.BooleanField("đã đối chiếu nguồn", default=False)
    replaces = models.DateField("làm bù cho ngày", null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.SCREEN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "date"], name="calendar_day_once"),
        ]


class Deadline(models.Model):
    """Hạn: the clock of one subject. What is stored is its events; ``due_at`` is their shadow under ``version``.

    ``original_due_at`` is what was promised first and never moves. While ``paused_at`` is set, ``due_at`` is the
    earliest possible end. ``closed_at`` says when the work was done: a closed deadline is not computed again.
    """

    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="deadlines")
    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="+")
    limit = models.CharField("thời hạn", max_length=40, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)
    events = models.JSONField("diễn biến", default=list)
    original_due_at = models.DateTimeField("hạn ban đầu")
    due_at = models.DateTimeField("hạn")
    paused_at = models.DateTimeField("tạm dừng từ", null=True, blank=True)
    closed_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "hạn"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="deadline_one_of_a_subject"),
            models.CheckConstraint(
                condition=Q(until=None) & ~Q(limit="") | Q(until__isnull=False, limit=""), name="deadline_limit_or_day"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["calendar", "id"], condition=Q(closed_at=None), name="deadline_open"),
        ]

    @property
    def subject(self) -> Subject:
        """What the deadline is of."""
        return Subject(self.subject_kind, self.subject_id)

    @property
    def rule(self) -> Any:
        """The limit, or the day that a paper fixed (``Limit | date``)."""
        return self.until or parse_limit(self.limit)

    @property
    def clock_events(self) -> list[Event]:
        """The events as the clock plays them."""
        return [Event.from_json(facts) for facts in self.events]

    @property
    def is_extended(self) -> bool:
        """Whether the end was ever put off."""
        return any(facts["kind"] == "extend" for facts in self.events)

    @property
    def was_met(self) -> bool | None:
        """Whether it was done in time; None while it is open."""
        return None if self.closed_at is None else self.closed_at <= self.due_at


class Recomputation(models.Model):
    """Tính lại hạn: the run that follows the publication of a version, how far it is, and what it moved."""

    version = models.OneToOneField(CalendarVersion, models.PROTECT, related_name="recomputation")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField("phải xem", default=0)
    done = models.PositiveIntegerField("đã xem", default=0)
    moved = models.PositiveIntegerField("đã đổi", default=0)

    class Meta:
        verbose_name = "lần tính lại hạn"


class DeadlineMove(models.Model):
    """Hạn thay đổi: one line of the report of differences."""

    recomputation = models.ForeignKey(Recomputation, models.CASCADE, related_name="moves")
    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="moves")
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recomputation", "deadline"], name="deadline_moves_once_a_run"),
        ]


__all__ = [
    "PROVINCE",
    "CalendarDay",
    "CalendarHours",
    "CalendarVersion",
    "Deadline",
    "DeadlineMove",
    "Limit",
    "Recomputation",
    "WorkCalendar",
]
