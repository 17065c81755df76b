"""That the open work of a post went, or is to go, to another."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from lienthong.kernel.subjects import Subject
from lienthong.organisation.models.officer import Post


class TakeOverQuerySet(models.QuerySet["TakeOver"]):
    def visible_to(self, actor: object) -> Self:
        """Who took over what is open to everyone who acts here; what the things are about is not shown by it."""
        return self if actor else self.none()

    def pending(self) -> Self:
        """Those that wait for their day, or for a worker."""
        return self.filter(done_at=None, cancelled_at=None)


class TakeOver(models.Model):
    """Bàn giao công việc: that the open work of one post went to another on a day, all of it or what was chosen.

    ``chosen`` maps kinds to the keys of single things, or to nothing for the whole kind; empty means everything.
    ``things`` is what was handed over, by kind. One that waits (for its day, or for a worker because there is much) has
    no ``done_at``; ``error`` says why the last attempt was refused.
    """

    giver = models.ForeignKey(Post, models.PROTECT, related_name="handed_over", verbose_name="người bàn giao")
    taker = models.ForeignKey(Post, models.PROTECT, related_name="taken_over", verbose_name="người nhận bàn giao")
    on = models.DateField("từ ngày")
    chosen = models.JSONField("chỉ gồm", default=dict, blank=True)
    things = models.JSONField("đã bàn giao", default=dict, blank=True)
    reason = models.CharField("lý do, văn bản", max_length=200, blank=True)
    ordered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    ordered_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField("chưa làm được vì", max_length=500, blank=True)

    objects = TakeOverQuerySet.as_manager()

    class Meta:
        verbose_name = "bàn giao công việc"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="take_over_not_from_oneself"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["on"], condition=models.Q(done_at=None, cancelled_at=None), name="take_over_pending"),
            models.Index(fields=["giver", "-id"], name="take_over_of_giver"),
        ]

    def __str__(self) -> str:
        return f"Bàn giao từ {self.giver} cho {self.taker}"

    @property
    def subject(self) -> Subject:
        """The subject under which its notice stands."""
        return Subject("take_over", self.pk)

    @property
    def total(self) -> int:
        """How many things went over."""
        return sum(len(keys) for keys in self.things.values())
