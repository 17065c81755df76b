"""Series, their counters by period, and the numbers given out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Officer


class Series(models.Model):
    """Dãy số: a sequence of numbers that begins at 01 in each of its periods.

    A period is a year, for what begins again each 1 January (NĐ 30/2020 Điều 15), or a day as the number 20140305, for
    the codes of one-stop cases.
    """

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)


class Counter(models.Model):
    """Bộ đếm: the highest number of a series in a period; its row is the lock under which numbers are taken."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="counters")
    period = models.PositiveIntegerField("kỳ đánh số")
    highest = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "period"], name="counter_once_a_period")]


class Number(models.Model):
    """Số đã cấp: one number of a series and period, issued, reserved or void; it is never given twice.

    ``suffix`` marks a number inserted after another ("3176B"); such rows stand outside the balance, which counts the
    rows without one.
    """

    class State(models.TextChoices):
        ISSUED = "issued", "Đã dùng"
        RESERVED = "reserved", "Giữ chỗ"
        VOID = "void", "Hủy"

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers")
    period = models.PositiveIntegerField("kỳ đánh số")
    number = models.PositiveIntegerField()
    suffix = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=10, choices=State)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    voided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "period", "number", "suffix"], name="number_given_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="number_from_one"),
            models.CheckConstraint(
                condition=~models.Q(state="void") | ~models.Q(reason=""), name="void_number_has_a_reason"
            ),
        ]

    @property
    def subject(self) -> Subject | None:
        """The record that carries the number."""
        return Subject(self.subject_kind, self.subject_id) if self.subject_id is not None else None
