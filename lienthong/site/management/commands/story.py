"""``bin/manage story documents --input DIR``: the whole life of real documents, in a database of its own."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.site import separate
from lienthong.site.stories import documents


class Command(BaseCommand):
    help = "Diễn trọn vòng đời văn bản trên tệp thật, trong cơ sở dữ liệu riêng; in tóm tắt dạng JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=["documents"])
        parser.add_argument("--input", type=Path, required=True, dest="folder", help="thư mục chứa văn bản")

    def handle(self, *, name: str, folder: Path, **_options: Any) -> None:
        folder = folder.resolve()
        if not folder.is_dir():
            raise CommandError(f"Không có thư mục {folder}.")
        if not separate.is_inside():
            arguments = ["story", name, "--input", str(folder)]
            raise SystemExit(separate.run_in("lienthong_story", arguments, fresh=True))
        began = time.monotonic()
        try:
            summary = documents.play(folder, at=clock.now())
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        summary["seconds"] = round(time.monotonic() - began, 1)
        self.stdout.write(json.dumps(summary, ensure_ascii=False, indent=1))
        faults = [*summary["journal"]["faults"], *summary["numbering"]["faults"], *summary["files_check"]["faults"]]
        if faults or summary["settled"] != summary["registered"]:
            raise CommandError("Câu chuyện không trọn: xem tóm tắt ở trên.")
