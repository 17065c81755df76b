"""Check the files of registers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.kernel.faults import Faults
from lienthong.procedures.operations.loading import files as procedures
from lienthong.procedures.operations.loading import sectors_of_data
from lienthong.procedures.reading import read as read_procedure
from lienthong.registers.reading import Known, read


class Command(BaseCommand):
    help = "Kiểm tra tệp sổ quản lý: check TỆP… nói từng dòng sai."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take what to do and its files."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="nói từng dòng sai")
        check.add_argument("files", nargs="+", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check needs no database."""
        known = known_of_data()
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


def known_of_data() -> Known:
    """Return what a file may refer to: the sectors and procedures that come with the software."""
    procedures_by_code: dict[str, list[Any]] = {}
    for path in procedures():
        one = read_procedure(path.read_text(encoding="utf-8"))
        procedures_by_code.setdefault(one.code, []).append(one)
    return Known(set(sectors_of_data()), procedures_by_code)
