from __future__ import annotations

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "lienthong.exports"
    verbose_name = "Bản kết xuất"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.exports import presence

        presence.declare()
