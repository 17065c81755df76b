"""``bin/manage tasks recompute``: prove that the shadows on the tasks say what the facts say."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.tasks.models import Task
from lienthong.tasks.verification import differences


class Command(BaseCommand):
    help = "Tính lại trạng thái, hạn, người giữ việc của mọi nhiệm vụ từ diễn biến và đối chiếu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["recompute"])
        parser.add_argument("--repair", action="store_true", help="ghi lại giá trị đúng")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, repair: bool, as_json: bool, **_options: Any) -> None:
        found = list(differences(repair=repair))
        if as_json:
            self.stdout.write(json.dumps({"tasks": Task.objects.count(), "differences": found}, ensure_ascii=False))
        for line in found[:100]:
            self.stderr.write(line)
        if found and not repair:
            raise CommandError(f"{len(found)} chỗ không khớp. Chạy lại với --repair để ghi giá trị đúng.")
        if not as_json:
            self.stdout.write(f"Nhiệm vụ khớp: {len(found)} chỗ khác.")
