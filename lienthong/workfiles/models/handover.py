"""Handing over to the archive."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.workfiles.models.file import WorkFile


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's agency that they gave, whose unit gave them, or which they receive for the archive."""
        here = self.filter(agency__in={actor.post.unit.agency_id, *actor.inherited_agencies} - {None})
        if actor.can("workfiles.archive"):
            return here
        mine = models.Q(giver__in=actor.posts)
        units = [key for key in actor.audiences if key > 0]
        return here.filter(mine | models.Q(unit__in=units) | models.Q(agency__in=units))


class HandOver(models.Model):
    """Giao nộp hồ sơ: closed files that a unit gives to the archive of its agency, and what the archivist said.

    Once decided it never changes; nor do the files that were accepted, nor what lies in them.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", "Chờ lưu trữ nhận"
        ACCEPTED = "accepted", "Lưu trữ đã nhận"
        RETURNED = "returned", "Trả lại toàn bộ"
        WITHDRAWN = "withdrawn", "Đã rút lại"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị giao nộp")
    giver = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="người giao")
    receiver = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.SUBMITTED)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "-id"], name="hand_over_list")]

    def __str__(self) -> str:
        return f"Giao nộp hồ sơ của {self.unit.short_name}"

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("hand_over", self.pk)


class HandOverItem(models.Model):
    """Hồ sơ giao nộp: one file of a hand-over, and whether the archive took it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ nhận"
        ACCEPTED = "accepted", "Đã nhận"
        RETURNED = "returned", "Trả lại"

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="items")
    file = models.ForeignKey(WorkFile, models.PROTECT, related_name="hand_overs")
    order = models.PositiveSmallIntegerField("thứ tự")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField("lý do trả lại", max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hand_over", "file"], name="handed_over_once"),
            models.UniqueConstraint(
                fields=["file"], condition=~models.Q(state="returned"), name="file_in_one_hand_over"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(reason=""), name="returned_with_a_reason"
            ),
        ]
