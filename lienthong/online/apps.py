from __future__ import annotations

from django.apps import AppConfig


class OnlineConfig(AppConfig):
    name = "lienthong.online"
    verbose_name = "Dịch vụ công trực tuyến"
