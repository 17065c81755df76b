"""Which unit took over what from which, and from when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.organisation.models.unit import Unit


class Succession(models.Model):
    """Kế thừa: from ``on``, ``successor`` takes over from ``predecessor`` everything, or one function of it.

    Merge, split, renaming and transfer by function are all rows of this kind: many predecessors to one successor, one
    to many, one to one, or with a ``function`` (e.g. ``báo chí, xuất bản``). It rewrites nothing: old records keep
    their unit, name and number; the custodian is found by following these rows.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "Hợp nhất, sáp nhập"
        SPLIT = "split", "Chia, tách"
        RENAME = "rename", "Đổi tên"
        TRANSFER = "transfer", "Chuyển giao chức năng"

    kind = models.CharField(max_length=10, choices=Kind)
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    function = models.CharField("lĩnh vực", max_length=200, blank=True)
    on = models.DateField("từ ngày")
    source = models.CharField("văn bản căn cứ", max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor", "function", "on"], name="succession_said_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_not_to_itself"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="transfer") | ~models.Q(function=""), name="succession_transfer_names_function"
            ),
        ]
