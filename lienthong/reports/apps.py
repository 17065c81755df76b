from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "lienthong.reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        """Say what the apps below need to know of reports."""
        from lienthong.reports import presence

        presence.declare()
