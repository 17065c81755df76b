"""Tasks, who takes part in them, and who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from lienthong.kernel.audience import post_audience, unit_audience
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, Unit
from lienthong.tasks.models.programme import Programme

OPEN = ("assigned", "in_progress", "reported", "sent_back")


class Assignment(models.Model):
    """Lần giao việc: one act of assigning, whatever the number of tasks that it makes.

    ``key`` comes with the page on which it was written: the same page sent twice gives one assignment.
    """

    key = models.UUIDField(unique=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    instruction = models.TextField("ý kiến chỉ đạo", blank=True)
    rule = models.CharField("theo quy tắc", max_length=120, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="assignments")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id"], name="assignment_of_subject")]

    @property
    def author(self) -> str:
        """Whose word the instruction is; first who wrote it, where somebody stood in; after it the standing rule."""
        leader = self.post.officer.full_name
        if self.rule:
            return f"{leader}, theo quy tắc “{self.rule}”"
        return leader if self.officer_id == self.post.officer_id else f"{self.officer.full_name} thay {leader}"

    @property
    def subject(self) -> Subject:
        """What was assigned."""
        return Subject(self.subject_kind, self.subject_id)


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: Actor | None, *, before: int | None = None) -> Self:
        """Tasks that the actor's audience may see; the only door for lists, details, counts and exports.

        ``before`` starts a deep page: both walks, of the readers and of the tasks, begin at that key and not at the
        newest (PostgreSQL does not carry a bound over a join by itself).
        """
        if actor is None:
            return self.none()
        if actor.inherited_audiences:
            readers = TaskReader.objects.filter(task=OuterRef("pk"), audience__in=actor.audiences)
            return self.filter(Exists(readers)) if before is None else self.filter(Exists(readers), pk__lt=before)
        if before is None:
            return self.filter(readers__audience=actor.audience)
        return self.filter(readers__audience=actor.audience, readers__task__lt=before, pk__lt=before)

    def of(self, subject: Subject) -> Self:
        """Tasks about one subject."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.pk)

    def open(self) -> Self:
        """Tasks in which somebody must still do something (not suspended, not ended)."""
        return self.filter(state__in=OPEN)

    def held_by(self, audiences: Iterable[int]) -> Self:
        """Tasks in which one of the audiences must act now."""
        return self.filter(holder__in=list(audiences))

    def top(self) -> Self:
        """Tasks that are not a part of another."""
        return self.filter(parent=None)


class Task(models.Model):
    """Nhiệm vụ: who must do what by when; points at what it is about (its thread), perhaps a part of another task.

    ``holder`` is the audience that must act now: whoever does it, the verifier once it is reported, the assigner once
    it is sent back. ``lead_unit`` and ``lead_post`` say who does it throughout. ``state`` is the shadow of what
    happened; the legal class is computed (``tasks.classes``). A task is due at the end of the due day.

    A *routed* task (``is_routed``) stands for the step of a procedure that somebody holds: it is done where its subject
    is, not here, moves with it from hand to hand (``operations.routing``), is due to the minute, needs nobody who
    assigns or verifies, and is read through its subject: it has no readers of its own.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", "Mới giao"
        IN_PROGRESS = "in_progress", "Đang thực hiện"
        REPORTED = "reported", "Chờ xác nhận"
        SENT_BACK = "sent_back", "Bị trả lại"
        SUSPENDED = "suspended", "Tạm dừng"
        DONE = "done", "Hoàn thành"
        CANCELLED = "cancelled", "Đã hủy"

    class Urgency(models.TextChoices):
        NORMAL = "normal", "Thường"
        URGENT = "urgent", "Khẩn"
        VERY_URGENT = "very_urgent", "Thượng khẩn"
        FLASH = "flash", "Hỏa tốc"

    class DeadlineKind(models.TextChoices):
        DATE = "date", "Đến ngày"
        LIMIT = "limit", "Trong thời gian"
        QUARTER = "quarter", "Theo quý"
        ONGOING = "ongoing", "Thường xuyên"

    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="tasks")
    number = models.PositiveIntegerField("số thứ tự", null=True, blank=True)
    title = models.CharField("việc phải làm", max_length=500)
    content = models.TextField("nội dung", blank=True)
    product = models.CharField("sản phẩm", max_length=500, blank=True)
    urgency = models.CharField("độ khẩn", max_length=12, choices=Urgency, default=Urgency.NORMAL)
    is_routed = models.BooleanField("theo quy trình", default=False)
    assigner_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="tasks_given", verbose_name="người giao"
    )
    assigner_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="tasks_given", verbose_name="đơn vị giao"
    )
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks_led", verbose_name="đơn vị chủ trì")
    lead_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="tasks_led", verbose_name="người chủ trì"
    )
    holder = models.BigIntegerField(help_text="Khóa của người phải xử lý bây giờ")
    verifier = models.BigIntegerField(help_text="Khóa của người xác nhận kết quả")
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.ASSIGNED)
    deadline_kind = models.CharField("loại hạn", max_length=8, choices=DeadlineKind)
    due_at = models.DateTimeField("hạn", null=True, blank=True)
    original_due_at = models.DateTimeField("hạn gốc", null=True, blank=True)
    assigned_at = models.DateTimeField("giao lúc")
    accepted_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    reported_at = models.DateTimeField("báo cáo lúc", null=True, blank=True)
    finished_at = models.DateTimeField("hoàn thành lúc", null=True, blank=True)
    verified_at = models.DateTimeField("được xác nhận lúc", null=True, blank=True)
    is_late = models.BooleanField("hoàn thành quá hạn", null=True, blank=True)
    percent = models.PositiveSmallIntegerField("tiến độ", default=0)
    changed_at = models.DateTimeField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="task_has_title"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="task_not_its_own_part"),
            models.CheckConstraint(
                condition=Q(deadline_kind="ongoing", due_at__isnull=True)
                | (~Q(deadline_kind="ongoing") & Q(due_at__isnull=False, original_due_at__isnull=False)),
                name="task_due_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "done"]) | Q(finished_at__isnull=False, is_late__isnull=False),
                name="task_done_has_finish",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(verified_at__isnull=False), name="task_done_is_verified"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_progress") | Q(accepted_at__isnull=False), name="task_in_progress_is_accepted"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent"),
            models.CheckConstraint(
                condition=Q(is_routed=True) | Q(assigner_post__isnull=False, assigner_unit__isnull=False),
                name="task_given_by_somebody_or_routed",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(programme__isnull=False), name="task_number_in_programme"
            ),
            models.UniqueConstraint(
                fields=["programme", "number"], condition=Q(parent=None), name="task_number_once_in_programme"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "due_at", "id"], condition=Q(state__in=OPEN), name="task_open_work"),
            models.Index(fields=["assigner_post", "due_at", "id"], condition=Q(state__in=OPEN), name="task_open_given"),
            models.Index(fields=["lead_unit", "due_at", "id"], condition=Q(state__in=OPEN), name="task_open_of_unit"),
            models.Index(fields=["due_at", "id"], condition=Q(state__in=OPEN), name="task_open_by_due"),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="task_of_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        """The task as others point at it."""
        return Subject("task", self.pk)

    @property
    def thread(self) -> Subject:
        """What the task is about."""
        return Subject(self.subject_kind, self.subject_id)

    @property
    def doer(self) -> int:
        """The audience that does it: the person where one is named, else the unit."""
        return post_audience(self.lead_post_id) if self.lead_post_id else unit_audience(self.lead_unit_id)

    @property
    def giver(self) -> tuple[int, int]:
        """The keys of the post that assigned it and of its unit; not asked of a routed task, which nobody assigned."""
        assert self.assigner_post_id is not None  # noqa: S101 - a constraint of the table
        assert self.assigner_unit_id is not None  # noqa: S101 - as above
        return self.assigner_post_id, self.assigner_unit_id

    @property
    def is_open(self) -> bool:
        """Whether somebody must still do something."""
        return self.state in OPEN

    @property
    def is_ended(self) -> bool:
        """Whether it is done or cancelled."""
        return self.state in (Task.State.DONE, Task.State.CANCELLED)

    def is_held_by(self, actor: Actor) -> bool:
        """Whether it is this actor who must act now."""
        return self.holder in actor.work_audiences

    def ended_on_time(self) -> bool | None:
        """Whether the finish, where there is one, came by the end of the due day."""
        return None if self.is_late is None else not self.is_late


class Participant(models.Model):
    """Người phối hợp, người được biết: a unit or a post that takes part in a task beside the one that leads it."""

    class Role(models.TextChoices):
        CO_WORKER = "co_worker", "Phối hợp"
        INFORMED = "informed", "Để biết"

    task = models.ForeignKey(Task, models.CASCADE, related_name="participants")
    role = models.CharField("vai trò", max_length=10, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    audience = models.BigIntegerField()
    added_at = models.DateTimeField()
    done_at = models.DateTimeField("xong phần phối hợp", null=True, blank=True)
    note = models.TextField("ý kiến phối hợp", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "audience"], name="participant_once"),
            models.CheckConstraint(
                condition=~Q(role="informed") | Q(done_at__isnull=True), name="informed_does_nothing"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["audience", "task"],
                condition=Q(role="co_worker", done_at__isnull=True),
                name="participant_open_work",
            )
        ]


class TaskReader(models.Model):
    """Người được xem nhiệm vụ: one audience that may see a task; written by the operations, walked by the lists."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="readers", db_index=False)
    audience = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "audience"], name="task_reader_once")]
        indexes: ClassVar = [models.Index(fields=["audience", "-task"], name="task_reader_walk")]
