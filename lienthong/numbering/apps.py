from __future__ import annotations

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "lienthong.numbering"
    verbose_name = "Cấp số"

    def ready(self) -> None:
        from lienthong.journal import sentences

        sentences.declare("number.voided", lambda e: f"hủy số {e.particulars['number']}: {e.particulars['reason']}")
        sentences.declare(
            "number.reserved",
            lambda e: f"giữ chỗ số {e.particulars['from']}–{e.particulars['to']}: {e.particulars['reason']}",
        )
