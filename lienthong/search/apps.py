from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lienthong.search"
    verbose_name = "Tìm kiếm"
