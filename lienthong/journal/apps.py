from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "lienthong.journal"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        from lienthong.journal.operations import record
        from lienthong.kernel import recording

        recording.install(record)
