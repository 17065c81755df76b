"""``extract FILE… --json`` prints the metadata found in documents; ``extract --score INDEX.csv`` measures it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lienthong.documents.extraction import extract, score
from lienthong.files.extract_text import text_from_path
from lienthong.kernel.refusal import Refusal


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Đọc siêu dữ liệu (số ký hiệu, cơ quan, ngày, loại, trích yếu, người ký, hạn) từ tệp .txt, .pdf, .docx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="in một danh sách JSON, mỗi tệp một đối tượng")
        parser.add_argument("--score", type=Path, metavar="INDEX.csv", help="đo theo chỉ mục; các tệp nằm cạnh nó")
        parser.add_argument("--misses", action="store_true", help="in thêm từng giá trị sai")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["score"]:
            self._score(options["score"], misses=options["misses"])
        elif not options["files"]:
            raise CommandError("Hãy nêu ít nhất một tệp, hoặc --score INDEX.csv.")
        elif options["json"]:
            found = [{"file": path.name, **self._values(path)} for path in options["files"]]
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            for path in options["files"]:
                self.stdout.write(str(path))
                for name, value in self._values(path).items():
                    self.stdout.write(f"  {name:<18}{value or '—'}")

    def _values(self, path: Path) -> dict[str, str | None]:
        try:
            text = text_from_path(path)
        except Refusal as refusal:
            raise CommandError(f"{path}: {refusal.message}") from refusal
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {path}: {error.strerror}.") from error
        return extract(text, filename=path.name).values()

    def _score(self, index: Path, *, misses: bool) -> None:
        rows = score.read_index(index)
        found = {row["file"]: self._values(index.parent / row["file"]) for row in rows}
        normalised = score.tally(rows, found)
        self.stdout.write(f"{len(rows)} documents, normalised comparison\n{score.table(normalised)}\n")
        self.stdout.write(f"strict comparison\n{score.table(score.tally(rows, found, score.strict))}")
        for (name, flag), counts in normalised.items() if misses else ():
            for file, expected, proposed in counts.misses:
                self.stdout.write(
                    f"{name} [{flag}] {file}\n    expected: {expected or '—'}\n    proposed: {proposed or '—'}"
                )
