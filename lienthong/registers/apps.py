from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "lienthong.registers"
    verbose_name = "Sổ quản lý"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.registers import presence

        presence.declare()
