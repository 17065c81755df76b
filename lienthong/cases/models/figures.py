"""Figures kept up to date by the operations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.organisation.models import Unit
from lienthong.procedures.models import Procedure


class CaseFigure(models.Model):
    """Số liệu hồ sơ: how much of one thing happened on a day, by deciding agency, procedure and channel.

    ``count`` is a number of cases, ``amount`` a sum that goes with them (working seconds for average times). Written by
    the operations as increments; ``queries.recount`` computes the same from the cases, and the two must be equal.
    """

    day = models.DateField()
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=8)
    measure = models.CharField(max_length=20)
    count = models.IntegerField(default=0)
    amount = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "day", "procedure", "channel", "measure"], name="case_figure_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["day", "agency"], name="case_figure_of_day")]


class MonthlyFigure(models.Model):
    """Số liệu hồ sơ theo tháng: the figures of a month in one row; ``day`` is its first. Written with the daily ones.

    Tables of whole months are sums over these: a year of a province is some hundred thousand rows, not millions.
    """

    day = models.DateField()
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=8)
    measure = models.CharField(max_length=20)
    count = models.IntegerField(default=0)
    amount = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "day", "procedure", "channel", "measure"], name="monthly_figure_once"
            ),
        ]
