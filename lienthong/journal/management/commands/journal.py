"""``bin/manage journal verify``: prove that nothing in the journal was changed, removed or inserted."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.journal.models import Event, Seal
from lienthong.journal.operations import seal
from lienthong.journal.verification import verify
from lienthong.kernel import clock


class Command(BaseCommand):
    help = "Kiểm chứng nhật ký (verify) hoặc niêm phong ngay (seal)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify", "seal"])
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, action: str, as_json: bool, **_options: Any) -> None:
        if action == "seal":
            made = seal(at=clock.now())
            self.stdout.write(f"Đã niêm phong {made.events} sự kiện." if made else "Không có sự kiện mới.")
            return
        faults = list(verify())
        counts = {"events": Event.objects.count(), "seals": Seal.objects.count()}
        if as_json:
            self.stdout.write(json.dumps({**counts, "faults": [[fault.where, fault.what] for fault in faults]}))
        for fault in faults:
            self.stderr.write(f"{fault.where}: {fault.what}")
        if faults:
            raise CommandError(f"Nhật ký có {len(faults)} chỗ sai.")
        if not as_json:
            self.stdout.write(f"Nhật ký toàn vẹn: {counts['events']} sự kiện, {counts['seals']} niêm phong.")
