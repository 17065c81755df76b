"""``bin/manage search rebuild|check``: make the index anew from its sources, or prove that it agrees with them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.search.sources import sources
from lienthong.search.verification import differences, rebuild


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm (rebuild) hoặc đối chiếu chỉ mục với dữ liệu (check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "check"])
        parser.add_argument("--afresh", action="store_true", help="xóa chỉ mục trước, để thứ tự theo thời gian như đầu")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, action: str, afresh: bool, as_json: bool, **_options: Any) -> None:
        if action == "rebuild":
            count = rebuild(sources(), afresh=afresh, tell=lambda done: self.stderr.write(f"… {done} mục"))
            self.stdout.write(json.dumps({"indexed": count}) if as_json else f"Đã lập chỉ mục {count} mục.")
            return
        found = [(str(difference.subject), difference.what) for difference in differences(sources())]
        if as_json:
            self.stdout.write(json.dumps({"differences": found}, ensure_ascii=False))
        for subject, what in found:
            self.stderr.write(f"{subject}: {what}")
        if found:
            raise CommandError(f"Chỉ mục khác dữ liệu ở {len(found)} chỗ. Hãy chạy: bin/manage search rebuild")
        if not as_json:
            self.stdout.write("Chỉ mục khớp với dữ liệu.")
