from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "lienthong.journal"
    verbose_name = "Nhật ký"
