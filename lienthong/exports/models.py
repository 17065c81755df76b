"""Orders of long files."""

from __future__ import annotations

import hashlib
import json
from typing import ClassVar, Self

from django.db import models

from lienthong.exports.kinds import Parameters
from lienthong.exports.tables import FORMATS
from lienthong.files.models import StoredFile
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, actor: Actor) -> Self:
        """What was ordered in the post in which the actor acts; a substitute sees the absent person's."""
        return self.filter(ordered_by=actor.post)

    def under_way(self) -> Self:
        """Orders that are not finished yet."""
        return self.filter(state__in=(Export.State.WAITING, Export.State.RUNNING))


class Export(models.Model):
    """Bản kết xuất: a long file ordered by one officer in one post, how far it is, and for a while the file itself.

    ``attempts`` names the run that makes it: whoever writes progress must still be that run. ``seen_at`` is its last
    sign of life; a run that gives none for a while was killed, and another begins.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang lập"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không lập được"
        CANCELLED = "cancelled", "Đã hủy"
        EXPIRED = "expired", "Hết hạn giữ"

    kind = models.CharField("loại", max_length=60)
    parameters = models.JSONField("điều kiện")
    parameters_key = models.CharField(max_length=64, editable=False)
    format = models.CharField("dạng tệp", max_length=4, choices=list(FORMATS.items()))
    title = models.CharField("tên", max_length=200)
    ordered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField("số dòng đã lập", default=0)
    total = models.PositiveIntegerField("số dòng", default=0)
    attempts = models.PositiveSmallIntegerField("lần lập", default=0)
    error = models.CharField("lý do", max_length=500, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    ordered_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ordered_by", "officer", "kind", "format", "parameters_key"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="export_once_under_way",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", file__isnull=False) | ~models.Q(state="done") & models.Q(file=None),
                name="export_done_has_its_file",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ordered_by", "-id"], name="export_of_post"),
            models.Index(
                fields=["seen_at"], condition=models.Q(state__in=["waiting", "running"]), name="export_under_way"
            ),
            models.Index(fields=["expires_at"], condition=models.Q(state="done"), name="export_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_format_display()})"

    @property
    def subject(self) -> Subject:
        """The pointer to it."""
        return Subject("export", self.pk)

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def may_be_ordered_again(self) -> bool:
        """Whether there is nothing to fetch and nothing to wait for."""
        return self.state in {self.State.FAILED, self.State.CANCELLED, self.State.EXPIRED}


def parameters_key(parameters: Parameters) -> str:
    """Return one word for the same wish."""
    return hashlib.sha256(json.dumps(parameters, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
