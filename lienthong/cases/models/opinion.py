"""What applicants think of how they were served."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lienthong.cases.models.case import Case, CaseReader
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit


class Rating(models.Model):
    """Đánh giá sự phục vụ: how satisfied the applicant was, once for a case, changeable for some days.

    ``level`` and ``reasons`` are keys of ``data/ratings.toml``; ``satisfied`` is what the level meant on that day.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="rating")
    level = models.CharField("mức", max_length=20)
    satisfied = models.BooleanField("hài lòng")
    reasons = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    text = models.TextField("ý kiến", max_length=2000, blank=True)
    at = models.DateTimeField("đánh giá lúc")
    changed_at = models.DateTimeField("sửa lúc", null=True, blank=True)

    class Meta:
        verbose_name = "đánh giá sự phục vụ"


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, actor: Actor) -> Self:
        """Complaints to those who lead the agency, and to whoever may read the case."""
        readers = CaseReader.objects.filter(audience__in=actor.audiences).values("case")
        return self.filter(Q(agency__in=[key for key in actor.work_audiences if key > 0]) | Q(case__in=readers))


class Complaint(models.Model):
    """Phản ánh, kiến nghị: what the applicant complains of in a case, answered by the agency's leader by a moment."""

    class State(models.TextChoices):
        SENT = "sent", "Chờ trả lời"
        ANSWERED = "answered", "Đã trả lời"

    case = models.ForeignKey(Case, models.CASCADE, related_name="complaints")
    key = models.UUIDField(unique=True)
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan trả lời")
    author = models.CharField("người gửi", max_length=150, blank=True)
    text = models.TextField("nội dung", max_length=4000)
    at = models.DateTimeField("gửi lúc")
    answer_by = models.DateTimeField("trả lời trước")
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.SENT)
    answer = models.TextField("trả lời", max_length=4000, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "phản ánh, kiến nghị"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="sent"), name="complaint_one_open"),
        ]

    @property
    def subject(self) -> Subject:
        """The subject of the task that it makes."""
        return Subject("complaint", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == self.State.SENT
