"""Pages and findings of a draft too long to be set and checked while a page waits."""

from __future__ import annotations

from django.db import models

from lienthong.outgoing.models.draft import Draft


class LongCheck(models.Model):
    """Lượt kiểm tra dự thảo dài: the pages and the findings of one exact paper, made by a job because it takes seconds.

    ``key`` is the paper that was asked for (``queries.checks.key_of``): wording, head, recipients, signer and day. A
    draft has one row; another paper takes its place. ``seen_at`` is the last sign of life of the job.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ máy chủ rảnh"
        SETTING = "setting", "Đang dàn trang"
        CHECKING = "checking", "Đang đối chiếu quy tắc"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không kiểm tra được"

    draft = models.OneToOneField(Draft, models.CASCADE, related_name="long_check")
    key = models.CharField(max_length=64)
    state = models.CharField("tình trạng", max_length=8, choices=State, default=State.WAITING)
    pages = models.PositiveIntegerField("số trang", default=0)
    findings = models.JSONField("điểm chưa đúng", default=list)
    pdf = models.BinaryField(null=True, editable=False)
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "lượt kiểm tra dự thảo dài"

    @property
    def step(self) -> int:
        """How far it is, of three."""
        return {self.State.WAITING: 0, self.State.SETTING: 1, self.State.CHECKING: 2}.get(self.State(self.state), 3)
