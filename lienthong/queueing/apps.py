from __future__ import annotations

from django.apps import AppConfig


class QueueingConfig(AppConfig):
    name = "lienthong.queueing"
    verbose_name = "Xếp hàng"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.queueing import presence

        presence.declare()
