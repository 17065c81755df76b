"""Load the templates that come with the software."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lienthong.kernel.clock import now
from lienthong.stationery.operations import load_stationery


class Command(BaseCommand):
    help = "Nạp mẫu văn bản từ data/stationery/; chạy lại bao nhiêu lần cũng được, mẫu đã sửa trên màn hình giữ nguyên."

    def handle(self, *_args: Any, **_options: Any) -> None:
        touched = load_stationery(at=now())
        self.stdout.write(f"Mẫu văn bản: {touched} mẫu mới hoặc đổi." if touched else "Mẫu văn bản: không có gì mới.")
