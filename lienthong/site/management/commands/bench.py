"""``bin/manage bench NAME --size N --json``: measure one thing beside its floor, on a data set of its own."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.kernel.benchmarks import named, names
from lienthong.site import separate
from lienthong.site.launch.preparation import collect_static


class Command(BaseCommand):
    help = (
        "Đo tốc độ trên bộ dữ liệu riêng, mỗi số đo cạnh mức sàn đo cùng lúc. "
        "Mức sàn: cùng các dòng ấy, lấy bằng một câu SQL trần và đổ vào một mẫu trang trần. "
        "inbox, list, page: các số đứng đầu chỉ đo phần nội dung (truy vấn, dòng, mảnh trang); "
        "mục request đo cả yêu cầu của một cán bộ đã đăng nhập, từ máy chủ web trở vào "
        "(phiên, tài khoản, chức vụ, danh mục, khung trang), cạnh cùng mức sàn."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=names())
        parser.add_argument("--size", type=int, default=10_000, help="số văn bản, việc hoặc mục (mặc định 10000)")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, name: str, size: int, as_json: bool, **_options: Any) -> None:
        if not 1 <= size <= 10_000_000:
            raise CommandError("--size từ 1 đến 10.000.000.")
        if not separate.is_inside():
            arguments = ["bench", name, "--size", str(size), *(["--json"] if as_json else [])]
            raise SystemExit(separate.run_in(f"lienthong_bench_{name}_{size}", arguments))
        benchmark = named(name)
        collect_static()  # whole requests are measured as the installed site answers them
        benchmark.prepare(size)
        measured = {"name": name, "size": size, **benchmark.measure(size)}
        if as_json:
            self.stdout.write(json.dumps(measured, ensure_ascii=False))
        else:
            for key, value in measured.items():
                self.stdout.write(f"{key:>18}  {value}")
