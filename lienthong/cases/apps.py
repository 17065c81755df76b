from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lienthong.cases"
    verbose_name = "Hồ sơ một cửa"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.cases import presence

        presence.declare()
