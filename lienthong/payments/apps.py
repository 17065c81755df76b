from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "lienthong.payments"
    verbose_name = "Phí, lệ phí"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.payments import presence

        presence.declare()
