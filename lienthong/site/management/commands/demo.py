"""``bin/manage demo``: build the demo province; ``--scale N``: N thousand more documents in it."""

from __future__ import annotations

import gc
import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lienthong.files.sandbox import own_files
from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Unit
from lienthong.site.demo.province import SHOWN
from lienthong.site.demo.scale import add_thousands
from lienthong.site.demo.story import build, shift_for
from lienthong.site.launch.environment import DEMO_ACCOUNTS


class Command(BaseCommand):
    help = "Dựng tỉnh mẫu Bình Thuận năm 2014 (người và việc hư cấu); --scale N thêm N nghìn văn bản."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=0, metavar="N", help="thêm N nghìn văn bản vào tỉnh mẫu")

    def handle(self, *, scale: int, **_options: Any) -> None:
        try:
            if not Unit.objects.exists():
                self._build()
            elif not scale:
                raise CommandError(
                    "Cơ sở dữ liệu đã có đơn vị. Dùng --scale N để thêm văn bản, hoặc thư mục dữ liệu khác."
                )
            if scale:
                made = add_thousands(scale, now=clock.now(), tell=self.stdout.write)
                self.stdout.write(f"Đã thêm {made} văn bản.")
        except Refusal as refusal:
            raise CommandError(refusal.message) from None

    def _build(self) -> None:
        clock.shift(0)
        days = shift_for(clock.local_date(clock.now()))
        (settings.DATA_DIR / "demo-clock").write_text(str(days))
        clock.shift(days)
        gc.disable()  # looking for cycles costs more here than the few megabytes they hold; the command ends soon after
        with own_files():
            province = build(now=clock.now(), tell=self.stdout.write)
        by_name = {account["username"]: account for account in province.accounts}
        shown = [by_name[name] for name in SHOWN]
        (settings.DATA_DIR / DEMO_ACCOUNTS).write_text(json.dumps(shown, ensure_ascii=False, indent=1))
        self.stdout.write(f"Tỉnh mẫu có {len(province.accounts)} tài khoản, {len(province.offices)} cơ quan.")
