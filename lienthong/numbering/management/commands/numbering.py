"""``bin/manage numbering balance``: prove that no number is missing or doubled."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.numbering.models import Counter
from lienthong.numbering.periods import said
from lienthong.numbering.queries import balance


class Command(BaseCommand):
    help = "Đối chiếu các dãy số: đã dùng + hủy + giữ chỗ = số cao nhất."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["balance"])
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, as_json: bool, **_options: Any) -> None:
        faults = balance()
        counters = Counter.objects.count()
        if as_json:
            shown = [[fault.series, fault.period, fault.what] for fault in faults]
            self.stdout.write(json.dumps({"counters": counters, "faults": shown}, ensure_ascii=False))
        for fault in faults:
            self.stderr.write(f"{fault.series} {said(fault.period)}: {fault.what}")
        if faults:
            raise CommandError(f"{len(faults)} dãy số không khớp.")
        if not as_json:
            self.stdout.write(f"Các dãy số khớp: {counters} bộ đếm.")
