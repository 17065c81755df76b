from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lienthong.cases"
    verbose_name = "Hồ sơ một cửa"
