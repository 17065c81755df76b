"""Sheets of units and people on their way in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.db import models

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post
from lienthong.organisation.policies import can_administer
from lienthong.organisation.sheets import Row

STATES = {"wrong": "Sai", "new": "Thêm", "changed": "Đổi", "same": "Giữ nguyên"}
"""What may become of a row, worst first."""


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Every sheet for who keeps the organisation, none for others."""
        return self.all() if can_administer(actor) else self.none()

    def under_way(self) -> Self:
        """Those that a worker has to try or to enter."""
        return self.filter(state__in=(ImportRun.State.TRYING, ImportRun.State.KEEPING))


class ImportRun(models.Model):
    """Lượt nhập: one sheet of units and people: its rows, how far it is, and what became or would become of each row.

    ``rows`` are emptied when nothing can be done with them any more. ``attempts`` names the run of the job that works
    on it; ``seen_at`` is that run's last sign of life. ``lines`` holds ``[sheet, number, state, words, heading]``.
    """

    class State(models.TextChoices):
        TRYING = "trying", "Đang kiểm tra"
        TRIED = "tried", "Đã kiểm tra"
        KEEPING = "keeping", "Đang nhập"
        KEPT = "kept", "Đã nhập"
        FAILED = "failed", "Không làm được"
        CANCELLED = "cancelled", "Đã bỏ"

    file_name = models.CharField("tên tệp", max_length=200)
    rows = models.JSONField("các dòng")
    total = models.PositiveIntegerField("số dòng")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.TRYING)
    done = models.PositiveIntegerField("số dòng đã xem", default=0)
    attempts = models.PositiveSmallIntegerField("lần làm", default=0)
    is_taken = models.BooleanField("có máy đang làm", default=False)
    lines = models.JSONField("kết quả từng dòng", default=list)
    counts = models.JSONField("số dòng theo kết quả", default=dict)
    error = models.CharField("lý do", max_length=500, blank=True)
    handed_in_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["seen_at"], condition=models.Q(state__in=["trying", "keeping"]), name="import_under_way"
            ),
            models.Index(fields=["handed_in_at"], condition=~models.Q(rows=[]), name="import_with_rows"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def subject(self) -> Subject:
        """The pointer to it."""
        return Subject("import", self.pk)

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has to try or to enter it."""
        return self.state in {self.State.TRYING, self.State.KEEPING}

    @property
    def may_be_kept(self) -> bool:
        """Whether it was tried without a wrong row and its rows are still here."""
        return self.state == self.State.TRIED and not self.counts.get("wrong") and bool(self.rows)

    @property
    def tally(self) -> list[tuple[str, str, int]]:
        """State, its word and the number of rows, worst first, for what there is."""
        return [(state, name, self.counts[state]) for state, name in STATES.items() if self.counts.get(state)]

    def sheet_rows(self) -> list[Row]:
        """Return the rows as they were read."""
        return [Row(**row) for row in self.rows]

    def told(self, state: str = "") -> Iterator[dict[str, Any]]:
        """Return what became of each row, or of those of one state."""
        for sheet, number, found, words, heading in self.lines:
            if state in {"", found}:
                yield {"sheet": sheet, "number": number, "state": found, "words": words, "heading": heading}
