"""One-time codes: how somebody shows that a telephone or a mailbox is theirs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OneTimeCode(models.Model):
    """Mã dùng một lần: six digits sent to ``address``, good once, for minutes, and only in the browser that asked.

    ``ticket`` lies in the session of who asked; ``digest`` is keyed and covers the ticket with the code, so that
    neither a row nor a code alone opens anything. ``sender`` is a keyed digest of the network address, for counting.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "Đăng nhập"
        CHANGE = "change", "Đổi cách liên hệ"

    address = models.CharField("gửi tới", max_length=254)
    purpose = models.CharField("để làm gì", max_length=8, choices=Purpose)
    sender = models.CharField(max_length=64)
    ticket = models.CharField(max_length=43, unique=True)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    made_at = models.DateTimeField("gửi lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("đã dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mã dùng một lần"
        indexes: ClassVar = [
            models.Index(fields=["address", "made_at"], name="code_of_address"),
            models.Index(fields=["sender", "made_at"], name="code_of_sender"),
            models.Index(fields=["made_at"], name="code_by_age"),
        ]
