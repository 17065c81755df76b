"""Load everything that comes as data: types of documents, the working calendar, procedures, registers."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lienthong.catalogue.operations import load_document_types
from lienthong.kernel.clock import now
from lienthong.kernel.faults import Faults
from lienthong.kernel.refusal import Refusal
from lienthong.procedures.operations import load_procedures
from lienthong.registers.operations import load_registers


class Command(BaseCommand):
    help = "Nạp danh mục từ data/: loại văn bản, lịch làm việc, thủ tục, sổ quản lý; chạy lại bao nhiêu lần cũng được."

    def handle(self, *_args: Any, **_options: Any) -> None:
        touched = load_document_types()
        self.stdout.write(f"Loại văn bản: {touched} mục mới hoặc đổi." if touched else "Loại văn bản: không có gì mới.")
        call_command("load_calendars", stdout=self.stdout)
        try:
            new = load_procedures(at=now(), on_changed=self._kept)
            registers = load_registers(at=now(), on_changed=self._kept)
        except (Faults, Refusal) as wrong:
            raise CommandError(f"Không nạp được thủ tục, sổ quản lý: {wrong}") from wrong
        self.stdout.write(f"Thủ tục: {new} phiên bản mới." if new else "Thủ tục: không có gì mới.")
        self.stdout.write(f"Sổ quản lý: {registers} phiên bản mới." if registers else "Sổ quản lý: không có gì mới.")

    def _kept(self, message: str) -> None:
        """Say that a file differs from what is in force; the house starts, and what is in force stays."""
        self.stdout.write(self.style.WARNING(f"⚠ {message} Bản đang dùng được giữ nguyên."))
