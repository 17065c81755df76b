"""``bin/manage exchange``: how each partner is reached, what waits and what was refused; send what is due now."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.exchange.models import Message
from lienthong.exchange.operations import deliver_due, try_now
from lienthong.exchange.queries import Standing, standings
from lienthong.kernel import clock


class Command(BaseCommand):
    help = "Trao đổi dữ liệu: tình hình từng đối tác (status), thông điệp bị từ chối (failed), gửi ngay (deliver)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("action", choices=["status", "failed", "deliver"])
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, action: str, as_json: bool, **_options: Any) -> None:
        """Do it; ``failed`` ends with 1 where there are any, so that a watcher may ask."""
        {"status": self._status, "failed": self._failed, "deliver": self._deliver}[action](as_json=as_json)

    def _status(self, *, as_json: bool) -> None:
        found = standings()
        if as_json:
            self.stdout.write(json.dumps([_plain(one) for one in found], ensure_ascii=False))
            return
        for one in found:
            how = "chưa kết nối" if not one.is_open else "không tới được" if one.is_away else "đang kết nối"
            self.stdout.write(
                f"{one.name}: {how}; chờ gửi {one.waiting}, bị từ chối {one.failed}, đã nhận {one.delivered}."
            )

    def _failed(self, *, as_json: bool) -> None:
        rows = list(Message.objects.failed().order_by("pk")[:1000])
        if as_json:
            told = [{"id": one.pk, "about": str(one.subject), "code": one.code, "error": one.error} for one in rows]
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for one in rows:
                self.stdout.write(f"{one.pk} {one.kind} {one.subject}: {one.code} {one.error}")
        if rows:
            raise CommandError(f"{len(rows)} thông điệp bị từ chối.")

    def _deliver(self, *, as_json: bool) -> None:
        for one in standings():
            try_now(one.code, actor=None, at=clock.now())
        sent = deliver_due(clock=clock.now)
        self.stdout.write(json.dumps({"delivered": sent}) if as_json else f"Đã gửi {sent} thông điệp.")


def _plain(one: Standing) -> dict[str, Any]:
    said = {"code": one.code, "open": one.is_open, "away": one.is_away}
    return {**said, "waiting": one.waiting, "failed": one.failed, "delivered": one.delivered}
