from __future__ import annotations

from django.apps import AppConfig


class ApplicantsConfig(AppConfig):
    name = "lienthong.applicants"
    verbose_name = "Người nộp hồ sơ"

    def ready(self) -> None:
        """Say what the apps below need to know of this one."""
        from lienthong.applicants import presence

        presence.declare()
