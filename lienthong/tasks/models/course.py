"""What happens to a task on its way: each a row of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Post
from lienthong.tasks.models.task import Task


class Report(models.Model):
    """Báo cáo tiến độ: what was done so far, or the result when ``is_final``; evidence is a document or files."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="reports")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField("nội dung")
    percent = models.PositiveSmallIntegerField("tiến độ")
    is_final = models.BooleanField("báo cáo kết quả", default=False)
    delay_reason = models.TextField("lý do chậm", blank=True)
    evidence_kind = models.CharField(max_length=30, blank=True)
    evidence_id = models.BigIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(percent__lte=100), name="report_percent")]
        indexes: ClassVar = [
            models.Index(
                fields=["evidence_kind", "evidence_id"], condition=~Q(evidence_kind=""), name="report_evidence"
            )
        ]

    @property
    def subject(self) -> Subject:
        """The report as files hang on it."""
        return Subject("task_report", self.pk)

    @property
    def evidence(self) -> Subject | None:
        """The document that proves the result."""
        return Subject(self.evidence_kind, self.evidence_id) if self.evidence_id else None


class Extension(models.Model):
    """Đề nghị gia hạn: asked before the deadline, decided by the assigner; the original deadline stays on the task."""

    class Decision(models.TextChoices):
        PENDING = "pending", "Chờ quyết định"
        GRANTED = "granted", "Đồng ý"
        REFUSED = "refused", "Không đồng ý"

    task = models.ForeignKey(Task, models.CASCADE, related_name="extensions")
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    requested_date = models.DateField("xin gia hạn đến")
    reason = models.TextField("lý do")
    old_due_at = models.DateTimeField()
    decision = models.CharField("quyết định", max_length=8, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    granted_date = models.DateField("gia hạn đến", null=True, blank=True)
    note = models.TextField("ý kiến", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task"], condition=Q(decision="pending"), name="extension_pending_once"),
            models.CheckConstraint(
                condition=Q(decision="pending") | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="extension_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision="granted") | Q(granted_date__isnull=False), name="extension_granted_until"
            ),
        ]


class SendBack(models.Model):
    """Trả lại người giao: the one who should do it says with reasons why not; the assigner must act again."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="send_backs")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField("lý do")


class Return(models.Model):
    """Yêu cầu làm lại: the verifier does not accept the result, with reasons; the doer goes on."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="returns")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField("lý do")


class Suspension(models.Model):
    """Tạm dừng: from when to when the task rests, why, and in which state it goes on."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="suspensions")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField("lý do")
    state_before = models.CharField(max_length=12)
    resumed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task"], condition=Q(resumed_at=None), name="suspension_once_at_a_time")
        ]


class Cancellation(models.Model):
    """Hủy nhiệm vụ: who called it off, when and why; final."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="cancellation")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField("lý do")


class Reminder(models.Model):
    """Nhắc việc: on a working day before the deadline tell whoever must act then, or only the one who asked.

    The assigner's reminder follows the task to another unit; one's own dies when the task leaves one's hands.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="reminders")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    is_personal = models.BooleanField("chỉ nhắc tôi")
    days_before = models.PositiveSmallIntegerField("trước hạn (ngày làm việc)")
    remind_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "post", "days_before"],
                condition=Q(sent_at=None, ended_at=None),
                name="reminder_once",
            ),
            models.CheckConstraint(condition=Q(days_before__lte=60), name="reminder_days"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["remind_at"], condition=Q(sent_at=None, ended_at=None), name="reminder_waiting")
        ]


class Escalation(models.Model):
    """Báo cáo vượt cấp khi quá hạn: the next level up was told that it is late, once a level and deadline."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="escalations")
    level = models.PositiveSmallIntegerField("cấp")
    audience = models.BigIntegerField()
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "level", "due_at"], name="escalation_once_a_level")
        ]
