"""Units, what they are called, where they stand and under which codes, each with its period."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func

from lienthong.kernel.audience import unit_audience
from lienthong.kernel.periods import in_force, period_constraint


class DateRange(Func):
    """``daterange(from, to)``: the period of two columns as PostgreSQL compares it."""

    function = "daterange"
    output_field = DateRangeField()


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, actor: object) -> Self:
        """Units that somebody may find: the directory is open to everyone who acts here, and to nobody else."""
        return self if actor else self.none()

    def existing(self, on: dt.date) -> Self:
        """Units that exist on a day."""
        return self.filter(in_force(on))

    def agencies(self) -> Self:
        """Units that are agencies of their own: with a seal, books and a clerk."""
        return self.filter(is_agency=True)


class Unit(models.Model):
    """Đơn vị: an agency or a part of one, for as long as it exists.

    The row never changes its identity. ``name``, ``short_name`` and ``parent`` are the present ones, shadows of the
    newest ``UnitName`` and ``UnitPlacement``; ask those rows for the past. ``agency`` is the nearest unit upwards,
    itself included, that has a seal and books of its own.
    """

    class Kind(models.TextChoices):
        CENTRAL = "central", "Cơ quan trung ương"
        PROVINCE_COMMITTEE = "province_committee", "UBND tỉnh"
        OFFICE = "office", "Văn phòng"
        DEPARTMENT = "department", "Sở, ban, ngành"
        DIVISION = "division", "Phòng, ban chuyên môn"
        ONE_STOP = "one_stop", "Bộ phận Một cửa"
        DISTRICT = "district", "UBND cấp huyện"
        COMMUNE = "commune", "UBND cấp xã"
        CENTRE = "centre", "Đơn vị sự nghiệp"
        PARTY = "party", "Cơ quan Đảng, đoàn thể"
        ENTERPRISE = "enterprise", "Doanh nghiệp"
        OTHER = "other", "Khác"

    kind = models.CharField("loại", max_length=20, choices=Kind)
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    agency = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    is_agency = models.BooleanField("có con dấu và sổ riêng", default=False)
    symbol = models.CharField("ký hiệu trong số văn bản", max_length=20, blank=True)
    is_external = models.BooleanField("ngoài hệ thống", default=False)
    order = models.PositiveIntegerField("thứ tự", default=0)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        constraints: ClassVar = [period_constraint("unit_period")]
        indexes: ClassVar = [models.Index(fields=["parent", "order"], name="unit_tree")]

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> int:
        """The audience key of everybody who reads for this unit."""
        return unit_audience(self.pk)


class UnitName(models.Model):
    """Tên đơn vị: what a unit is called in a period; a renaming adds a row."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField("văn bản căn cứ", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            period_constraint("unit_name_period"),
            ExclusionConstraint(
                name="unit_name_once_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class UnitPlacement(models.Model):
    """Đơn vị cấp trên: under which parent a unit stands in a period."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            period_constraint("unit_placement_period"),
            ExclusionConstraint(
                name="unit_placement_once_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class UnitCode(models.Model):
    """Mã đơn vị: a code of one kind in a period. A code alone is ambiguous: codes are used again after a merger.

    Kinds: ``gso`` (General Statistics Office, 2/3/5 digits), ``edoc`` (exchange identifier, e.g. H11.01), ``case``
    (prefix of case codes), ``local``.
    """

    class Kind(models.TextChoices):
        GSO = "gso", "Mã đơn vị hành chính (Tổng cục Thống kê)"
        EDOC = "edoc", "Mã định danh trao đổi văn bản"
        CASE = "case", "Mã hồ sơ một cửa"
        LOCAL = "local", "Mã nội bộ"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codes")
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            period_constraint("unit_code_period"),
            ExclusionConstraint(
                name="unit_code_means_one_unit_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
