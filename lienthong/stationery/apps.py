from __future__ import annotations

from django.apps import AppConfig


class StationeryConfig(AppConfig):
    name = "lienthong.stationery"
    verbose_name = "Mẫu văn bản"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.stationery import presence

        presence.declare()
