from __future__ import annotations

from django.apps import AppConfig


class QueueingConfig(AppConfig):
    name = "lienthong.queueing"
    verbose_name = "Xếp hàng"
