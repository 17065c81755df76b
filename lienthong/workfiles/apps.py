from __future__ import annotations

from django.apps import AppConfig


class WorkFilesConfig(AppConfig):
    name = "lienthong.workfiles"
    verbose_name = "Hồ sơ công việc"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.workfiles import presence

        presence.declare()
