"""Check and export the files of procedures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.kernel.faults import Faults
from lienthong.organisation.roles import roles
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.operations import sectors_of_data, types_of_data
from lienthong.procedures.operations.loading import registers_of_data, templates_of_data
from lienthong.procedures.reading import Known, read


class Command(BaseCommand):
    help = "Kiểm tra tệp thủ tục (check TỆP…), xuất một phiên bản đã lưu (export MÃ [--number N])."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take what to do and its files."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="nói từng dòng sai")
        check.add_argument("files", nargs="+", type=Path)
        export = verbs.add_parser("export", help="in tệp của một phiên bản")
        export.add_argument("code")
        export.add_argument("--number", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check needs no database; export reads it."""
        if options["verb"] == "export":
            self.stdout.write(self._text(options["code"], options["number"]), ending="")
            return
        known = Known(
            roles(), sectors_of_data(), types_of_data(), registers_of_data(), templates_of_data()
        )  # fmt: skip
        wrong = sum(self._check(path, known) for path in options["files"])
        if wrong:
            raise CommandError(f"{wrong} chỗ sai.")
        self.stdout.write(f"{len(options['files'])} tệp đúng.")

    def _check(self, path: Path, known: Known) -> int:
        try:
            read(path.read_text(encoding="utf-8"), known=known)
        except (OSError, UnicodeDecodeError) as error:
            self.stdout.write(f"{path}:1: Không đọc được tệp ({error}). Lưu tệp dạng UTF-8 rồi thử lại.")
            return 1
        except Faults as found:
            for fault in found.faults:
                self.stdout.write(f"{path}:{fault.line}: {fault.sentence}")
            return len(found.faults)
        return 0

    def _text(self, code: str, number: int | None) -> str:
        rows = ProcedureVersion.objects.filter(procedure__code=code).order_by("-number")
        row = rows.filter(number=number).first() if number else rows.first()
        if row is None:
            raise CommandError(f"Không có thủ tục {code}" + (f", phiên bản {number}." if number else "."))
        return row.text
