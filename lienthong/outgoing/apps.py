from __future__ import annotations

from django.apps import AppConfig


class OutgoingConfig(AppConfig):
    name = "lienthong.outgoing"
    verbose_name = "Văn bản đi"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.outgoing import presence

        presence.declare()
