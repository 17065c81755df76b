from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lienthong.files"
    verbose_name = "Tệp"

    def ready(self) -> None:
        from lienthong.files import sentences

        sentences.declare_all()
