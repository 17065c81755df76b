"""What a unit prints at the head of its papers, and from when to when."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from lienthong.kernel.periods import in_force, period_constraint
from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Unit
from lienthong.organisation.models.unit import DateRange


class LetterheadQuerySet(models.QuerySet["Letterhead"]):
    def visible_to(self, actor: object) -> Self:
        """Heads stand on papers that go out: everyone who acts here may read them, and nobody else."""
        return self if actor else self.none()

    def in_force(self, on: dt.date) -> Self:
        """Heads that are printed on a day."""
        return self.filter(in_force(on))

    def newest_first(self) -> Self:
        """The periods of a unit as a timeline shows them."""
        return self.order_by("-valid_from", "capacity", "pk")


class Letterhead(models.Model):
    """Phần đầu văn bản: what a unit prints at the head of its papers in a period.

    Where no row holds, the head follows from the tree of units on that day. A row that was set before its unit took
    another name gives way to the new name; papers of the old days keep the old one.
    """

    class Capacity(models.TextChoices):
        UNIT = "unit", "Cơ quan ban hành"
        PERSON = "person", "Thẩm quyền cá nhân của Chủ tịch"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="letterheads")
    capacity = models.CharField("ban hành với tư cách", max_length=10, choices=Capacity, default=Capacity.UNIT)
    superior = models.TextField("dòng cơ quan cấp trên", max_length=300, blank=True)
    issuer = models.TextField("dòng cơ quan ban hành", max_length=300)
    place = models.CharField("địa danh", max_length=60)
    contact = models.TextField("dòng địa chỉ ở chân trang", max_length=300, blank=True)
    source = models.CharField("văn bản căn cứ", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        verbose_name = "phần đầu văn bản"
        constraints: ClassVar = [
            period_constraint("letterhead_period"),
            ExclusionConstraint(
                name="letterhead_once_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("capacity", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return " ".join(self.issuer.split())

    @property
    def subject(self) -> Subject:
        """The unit, on whose timeline the change is told."""
        return Subject("unit", self.unit_id)
