from __future__ import annotations

from django.apps import AppConfig


class OnlineConfig(AppConfig):
    name = "lienthong.online"
    verbose_name = "Dịch vụ công trực tuyến"

    def ready(self) -> None:
        """Declare what is measured."""
        from lienthong.kernel.benchmarks import declare

        declare("track", "lienthong.online.benchmarks.prepare", "lienthong.online.benchmarks.measure")
