"""``bin/manage files check``: prove that each stored file is there, unchanged; ``files sweep``: remove leftovers."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Sum

from lienthong.files.integrity import check
from lienthong.files.models import Blob, StoredFile
from lienthong.files.operations.reading import recognise_waiting
from lienthong.files.operations.sweeping import sweep
from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.ui import formats


class Command(BaseCommand):
    help = (
        "Kiểm tra kho tệp (check; --fast: chỉ xem có mặt và độ dài), dọn phần dở dang (sweep), "
        "nhận dạng chữ các ảnh quét (recognise)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check", "sweep", "recognise"])
        parser.add_argument("--fast", action="store_true", help="không đọc lại nội dung")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, action: str, fast: bool, as_json: bool, **_options: Any) -> None:
        if action == "sweep":
            self.stdout.write(f"Đã dọn {sweep(at=clock.now())} phần dở dang.")
            return
        if action == "recognise":
            try:
                self.stdout.write(f"Đã xếp {recognise_waiting(at=clock.now())} tệp ảnh quét vào hàng nhận dạng chữ.")
            except Refusal as refusal:
                raise CommandError(refusal.message) from None
            return
        faults = list(check(fast=fast))
        octets = Blob.objects.aggregate(total=Sum("size"))["total"] or 0
        counts = {"blobs": Blob.objects.count(), "files": StoredFile.objects.count(), "bytes": octets}
        if as_json:
            self.stdout.write(json.dumps({**counts, "faults": [asdict(fault) for fault in faults]}, ensure_ascii=False))
        for fault in faults:
            self.stderr.write(f"{fault.kind}: {fault.path}: {fault.what}")
        if faults:
            raise CommandError(f"Kho tệp có {len(faults)} chỗ sai.")
        if not as_json:
            seen = "có mặt, đúng độ dài" if fast else "nguyên vẹn"
            self.stdout.write(
                f"Kho tệp {seen}: {counts['files']} tệp, {counts['blobs']} nội dung, {formats.size(octets)}."
            )
