from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lienthong.search"
    verbose_name = "Tìm kiếm"

    def ready(self) -> None:
        from lienthong.kernel.benchmarks import declare

        declare("search", "lienthong.search.benchmarks.prepare", "lienthong.search.benchmarks.measure")
