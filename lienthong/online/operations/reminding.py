"""Reminding: who let a draft lie is told once, some days before it is thrown away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Subject
from lienthong.notifications.letters import absolute
from lienthong.notifications.operations import Letter, write_all
from lienthong.online.keeping import Keeping, keeping_on
from lienthong.online.models import Filling
from lienthong.ui.formats import day

ROWS = 500
PAGE = "/ho-so-cua-toi/soan/"


def remind_all(*, at: dt.datetime) -> int:
    """Tell the holder of every draft that lapses within the days of ``data/online.toml``; returns of how many.

    Once for a saving: who saves again starts anew, and is told again when that comes near its end.
    """
    rule = keeping_on(local_date(at))
    told = 0
    while rule.remind and (found := _remind(rule, at)):
        told += found
    return told


@transaction.atomic
def _remind(rule: Keeping, at: dt.datetime) -> int:
    near = Filling.objects.open().filter(
        saved_at__lte=at - dt.timedelta(days=rule.days - rule.remind), saved_at__gt=at - dt.timedelta(days=rule.days)
    )
    fresh = near.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("saved_at")))
    fresh = fresh.select_related("citizen", "version").defer("version__text")
    rows = list(fresh.select_for_update(of=("self",), skip_locked=True).order_by("saved_at", "pk")[:ROWS])
    for row in rows:
        row.reminded_at = at
    Filling.objects.bulk_update(rows, ["reminded_at"])
    write_all([letter for row in rows for letter in letters_of(row, rule)], at=at)
    return len(rows)


def letters_of(row: Filling, rule: Keeping) -> list[Letter]:
    """Return the letters to the telephone and mailbox of the account, which were proved: never to what was typed."""
    last = day(row.saved_at + dt.timedelta(days=rule.days))
    heading = f"Bản đang soạn “{row.version.name}” sắp bị xóa"
    text = f"{heading} ngày {last} vì chưa nộp. Muốn giữ thì mở ra làm tiếp và bấm Lưu: {absolute(PAGE)}"
    what = f"filling-{row.pk}-lapse-{int(row.saved_at.timestamp())}"
    ways = (("phone", row.citizen.phone), ("email", row.citizen.email))
    return [Letter(way, to, heading, text, Subject("filling", row.pk), f"{what}-{way}") for way, to in ways if to]
