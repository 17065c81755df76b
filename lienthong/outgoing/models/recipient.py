"""To whom a document goes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.organisation.models import Post, Unit
from lienthong.outgoing.models.draft import Draft


class Recipient(models.Model):
    """Nơi nhận: one line of the list at the foot of a document, and how it reaches them.

    A ``unit`` of the system that is an agency receives it at its counter; a unit or a ``post`` of the own agency reads
    it here; whoever else gets it by ``way``. ``line`` is what is printed.
    """

    class Way(models.TextChoices):
        SYSTEM = "system", "Trên hệ thống"
        INSIDE = "inside", "Trong cơ quan"
        POST = "post", "Bưu điện"
        EMAIL = "email", "Thư điện tử"
        HAND = "hand", "Giao trực tiếp"
        FILE = "file", "Lưu"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="recipients")
    order = models.PositiveSmallIntegerField()
    line = models.CharField("nơi nhận", max_length=300)
    way = models.CharField("gửi bằng", max_length=8, choices=Way)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    copies = models.PositiveSmallIntegerField("số bản", default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "order"], name="recipient_order_once"),
            models.CheckConstraint(
                condition=~models.Q(way="system") | models.Q(unit__isnull=False), name="recipient_on_system_is_a_unit"
            ),
        ]
