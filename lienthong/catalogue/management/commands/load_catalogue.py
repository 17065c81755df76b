"""Load everything that comes as data: types of documents, the working calendar."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from lienthong.catalogue.operations import load_document_types


class Command(BaseCommand):
    help = "Nạp danh mục từ data/: loại văn bản và lịch làm việc; chạy lại bao nhiêu lần cũng được."

    def handle(self, *_args: Any, **_options: Any) -> None:
        touched = load_document_types()
        self.stdout.write(f"Loại văn bản: {touched} mục mới hoặc đổi." if touched else "Loại văn bản: không có gì mới.")
        call_command("load_calendars", stdout=self.stdout)
