"""Who an account is at the national sign-in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.online.models.citizen import Citizen


class NationalIdentity(models.Model):
    """Định danh quốc gia của tài khoản: that its holder agreed to be known as ``subject`` of the provider.

    One account has one, and one person opens one account. ``number`` opens the cases of whoever has that very number.
    """

    citizen = models.OneToOneField(Citizen, models.CASCADE, related_name="national")
    issuer = models.CharField("cổng định danh", max_length=300)
    subject = models.CharField(max_length=255)
    number = models.CharField("số định danh", max_length=12)
    name = models.CharField("họ tên", max_length=150)
    birth = models.CharField("ngày sinh", max_length=10, blank=True)
    linked_at = models.DateTimeField("liên kết lúc")
    seen_at = models.DateTimeField("đăng nhập gần nhất")

    class Meta:
        verbose_name = "định danh quốc gia"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="national_subject_once"),
            models.UniqueConstraint(fields=["number"], name="national_number_once"),
        ]
