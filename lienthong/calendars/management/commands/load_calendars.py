"""Seed or renew the common working calendar from ``data/calendar``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lienthong.calendars.models import Recomputation
from lienthong.calendars.operations.seeding import seed
from lienthong.calendars.operations.versions import recompute_all
from lienthong.kernel import clock


class Command(BaseCommand):
    help = "Nạp lịch làm việc chung từ data/calendar; chạy lại bao nhiêu lần cũng được."

    def handle(self, *_args: Any, **_options: Any) -> None:
        version = seed(at=clock.now())
        if version is None:
            self.stdout.write("Lịch làm việc: không có gì mới (khi đang có bản nháp thì nạp sau).")
            return
        run = recompute_all(Recomputation.objects.get(version=version), at=clock.now())
        self.stdout.write(
            f"Lịch làm việc: phiên bản {version.number}, {version.days.count()} ngày, {run.moved} hạn đổi."
        )
