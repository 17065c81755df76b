"""What kinds of documents there are."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models

from lienthong.kernel.periods import in_force, period_constraint
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor


class DocumentTypeQuerySet(models.QuerySet["DocumentType"]):
    def in_force(self, on: dt.date) -> Self:
        """Types that exist on a day."""
        return self.filter(in_force(on))

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002 - every officer may read the catalogue
        """Types that an officer may read: all of them."""
        return self.all()

    def in_order(self) -> Self:
        """The types as forms offer them: the usual ones first, then by their place in the list."""
        return self.order_by("order", "pk")


class DocumentType(models.Model):
    """Loại văn bản: what a document is by its form, for the time in which the rules know it.

    ``code`` is a stable word; a type that ends and returns under other rules has a row for each period. Types that
    stand in no rule but on real papers ("Thư mời") are rows like any other: no document is refused for its type.
    """

    class Origin(models.TextChoices):
        DATA = "data", "Kèm phần mềm"
        SCREEN = "screen", "Nhập trên màn hình"

    code = models.CharField("mã", max_length=40)
    abbreviation = models.CharField("chữ viết tắt", max_length=10, blank=True)
    name = models.CharField("tên loại", max_length=100)
    is_normative = models.BooleanField("văn bản quy phạm pháp luật", default=False)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)
    source = models.CharField("căn cứ", max_length=300)
    verified = models.BooleanField("đã đối chiếu nguồn", default=False)
    order = models.PositiveIntegerField("thứ tự", default=1000)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.SCREEN)

    objects = DocumentTypeQuerySet.as_manager()

    class Meta:
        verbose_name = "loại văn bản"
        constraints: ClassVar = [
            period_constraint("document_type_period"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="document_type_once"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(valid_to=None), name="document_type_one_open"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """The type as the journal points at it."""
        return Subject("document_type", self.pk)
