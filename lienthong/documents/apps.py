from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lienthong.documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        """Say what the apps below need to know of documents."""
        from lienthong.documents import presence

        presence.declare()
