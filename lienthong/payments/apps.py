from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "lienthong.payments"
    verbose_name = "Phí, lệ phí"
