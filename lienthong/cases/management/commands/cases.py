"""``bin/manage cases recount`` and ``told``: prove that figures say what the cases say, and that partners know it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.cases.models import Case
from lienthong.cases.operations.mending import mend_figures
from lienthong.cases.operations.telling import tell_now
from lienthong.cases.queries.recount import differences
from lienthong.cases.queries.untold import Untold, untold
from lienthong.exchange import partners
from lienthong.kernel import clock

SHOWN = 100


class Command(BaseCommand):
    help = "Đối chiếu hồ sơ: với số liệu đang ghi (recount), với trạng thái đã báo hệ thống bên ngoài (told)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to prove, and whether to mend it."""
        parser.add_argument("action", choices=["recount", "told"])
        parser.add_argument("--mend", action="store_true", help="ghi lại số liệu đúng; đưa trạng thái vào hàng chờ gửi")

    def handle(self, *, action: str, mend: bool, **_options: Any) -> None:
        """Prove it; ends with 1 where something differs and was not mended."""
        {"recount": self._recount, "told": self._told}[action](mend=mend)

    def _recount(self, *, mend: bool) -> None:
        found = mend_figures() if mend else differences()
        for one in found[:SHOWN]:
            self.stderr.write(str(one))
        if found and not mend:
            raise CommandError(f"{len(found)} số liệu khác. Chạy lại với --mend để ghi số liệu đúng.")
        mended = f", đã sửa {len(found)}" if found else ""
        self.stdout.write(f"Số liệu hồ sơ khớp: 0 khác biệt{mended}.")

    def _told(self, *, mend: bool) -> None:
        found = untold()
        if not found:
            self.stdout.write("Chưa kết nối hệ thống bên ngoài nào.")
            return
        missing = sum(self._told_to(one, mend=mend) for one in found)
        if missing and not mend:
            raise CommandError("Chạy lại với --mend để đưa trạng thái hiện nay vào hàng chờ gửi.")

    def _told_to(self, one: Untold, *, mend: bool) -> int:
        name, rows = partners.name_of(one.partner), one.both
        total = rows.count()
        if not total:
            self.stdout.write(f"{name}: mọi hồ sơ đã được báo đúng trạng thái.")
            return 0
        said = f"{name}: {one.differing.count()} hồ sơ khác trạng thái đã báo, {one.unheard.count()} hồ sơ chưa báo"
        for case in rows[: 0 if mend else SHOWN]:
            self.stderr.write(f"{case.code}: {case.get_status_display()}")
        if mend:
            for pk in list(rows.values_list("pk", flat=True)):
                tell_now(Case(pk=pk), at=clock.now())
        self.stdout.write(f"{said}{'; đã đưa vào hàng chờ gửi' if mend else ''}.")
        return total
