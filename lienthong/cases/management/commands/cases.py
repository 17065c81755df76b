"""``bin/manage cases recount``: prove that the figures say what the cases say."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.cases.operations.mending import mend_figures
from lienthong.cases.queries.recount import differences

SHOWN = 100


class Command(BaseCommand):
    help = "Đếm lại số liệu từ mọi hồ sơ và đối chiếu với số liệu đang ghi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["recount"])
        parser.add_argument("--mend", action="store_true", help="ghi lại số liệu đúng")

    def handle(self, *, mend: bool, **_options: Any) -> None:
        found = mend_figures() if mend else differences()
        for one in found[:SHOWN]:
            self.stderr.write(str(one))
        if found and not mend:
            raise CommandError(f"{len(found)} số liệu khác. Chạy lại với --mend để ghi số liệu đúng.")
        mended = f", đã sửa {len(found)}" if found else ""
        self.stdout.write(f"Số liệu hồ sơ khớp: 0 khác biệt{mended}.")
