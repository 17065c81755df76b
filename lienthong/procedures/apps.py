from __future__ import annotations

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "lienthong.procedures"
    verbose_name = "Thủ tục hành chính"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.procedures import presence

        presence.declare()
