"""How long a document waits for its next hand, and how long it may."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from lienthong.documents.models.incoming import IncomingDocument
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit


class Step(models.TextChoices):
    FORWARD = "forward", "Chuyển"
    INSTRUCT = "instruct", "Cho ý kiến"


class WaitQuerySet(models.QuerySet["Wait"]):
    def visible_to(self, actor: Actor) -> Self:
        """Waits of documents that were opened to the actor."""
        return self.filter(document__in=IncomingDocument.objects.visible_to(actor))

    def running(self) -> Self:
        """Waits that nobody ended."""
        return self.filter(ended_at=None)


class Wait(models.Model):
    """Hạn chuyển, hạn cho ý kiến: that a document waits for one step, since when and until when it may.

    ``post`` is who must take the step: the clerk who registered it, or the leader before whom it lies. ``source`` and
    ``verified`` say where the limit came from on that day; ``told`` how many levels heard that it is late.
    """

    document = models.ForeignKey(IncomingDocument, models.CASCADE, related_name="waits")
    step = models.CharField("bước", max_length=10, choices=Step)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField("hạn")
    source = models.CharField("theo", max_length=300)
    verified = models.BooleanField("đã đối chiếu")
    told = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WaitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(ended_at=None), name="wait_one_running_of_a_document"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=models.Q(ended_at=None), name="wait_running_by_due"),
            models.Index(fields=["post", "due_at"], condition=models.Q(ended_at=None), name="wait_running_of_post"),
        ]

    @property
    def subject(self) -> Subject:
        """The subject whose deadline the calendar counts."""
        return Subject("wait", self.pk)


class AgencyLimit(models.Model):
    """Thời hạn chuyển, cho ý kiến của cơ quan: what an agency set for itself, in place of the common limit."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    step = models.CharField("bước", max_length=10, choices=Step)
    urgency = models.CharField("độ khẩn", max_length=12, choices=IncomingDocument.Urgency)
    limit = models.CharField("thời hạn", max_length=40)
    source = models.CharField("theo", max_length=300)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "step", "urgency"], name="agency_limit_once"),
        ]
