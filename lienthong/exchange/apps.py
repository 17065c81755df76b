from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "lienthong.exchange"
    verbose_name = "Trao đổi với bên ngoài"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.exchange import presence

        presence.declare()
