from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lienthong.site"

    def ready(self) -> None:
        from lienthong.site import first_steps

        first_steps.declare_all()
