"""``bin/manage administrator``: the first administrator of an empty house, and the agency that everything hangs on."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lienthong.identity.operations.accounts import open_account
from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.operations import add_officer, appoint, found_unit


class Command(BaseCommand):
    help = "Lập cơ quan đầu tiên và tài khoản quản trị viên đầu tiên. Mật khẩu hỏi trên màn hình, hoặc đọc từ stdin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True, help="tên đăng nhập, ví dụ quantri")
        parser.add_argument("--name", required=True, help="họ và tên")
        parser.add_argument("--email", default="", help="thư điện tử")
        parser.add_argument("--agency", default="", help="tên cơ quan đầu tiên, khi chưa có đơn vị nào")
        parser.add_argument("--kind", default=Unit.Kind.PROVINCE_COMMITTEE, choices=Unit.Kind.values)
        parser.add_argument("--symbol", default="UBND", help="ký hiệu trong số văn bản")

    def handle(self, *, username: str, name: str, email: str, agency: str, **options: Any) -> None:
        on = clock.local_date(clock.now())
        if Post.objects.in_force(on).filter(role="administrator").exists():
            raise CommandError("Đã có quản trị viên. Người đó mời thêm cán bộ trong phần Quản trị.")
        if not agency and not Unit.objects.exists():
            raise CommandError('Chưa có đơn vị nào: thêm --agency "Ủy ban nhân dân tỉnh …".')
        password = self._password()
        at = clock.now()
        try:
            with transaction.atomic():
                unit = Unit.objects.existing(on).agencies().order_by("order", "pk").first() or found_unit(
                    kind=options["kind"],
                    name=agency,
                    is_agency=True,
                    symbol=options["symbol"],
                    valid_from=on,
                    actor=None,
                    at=at,
                )
                user = open_account(username=username, email=email, password=password, full_name=name)
                officer = add_officer(full_name=name, email=email, user=user, actor=None, at=at)
                appoint(
                    officer,
                    unit=unit,
                    title="Quản trị hệ thống",
                    role="administrator",
                    order=90,
                    valid_from=on,
                    actor=None,
                    at=at,
                )
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"{name} là quản trị viên của {unit.name}. Đăng nhập bằng tên {username}.")

    def _password(self) -> str:
        """Read the password twice from the terminal, or once from a pipe; refuse a weak one in words."""
        if sys.stdin.isatty():
            password = getpass.getpass("Mật khẩu (ít nhất 10 chữ): ")
            if password != getpass.getpass("Gõ lại mật khẩu: "):
                raise CommandError("Hai lần gõ không giống nhau. Hãy chạy lại.")
        else:
            password = sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return password
