"""When is it due, and why: the clock of deadlines from the command line."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lienthong.calendars.clock import Event, EventKind, due, parse_limit
from lienthong.calendars.explanation import explain
from lienthong.calendars.models import PROVINCE
from lienthong.calendars.queries import calendar_of, work_calendar_named
from lienthong.kernel.clock import VIETNAM, local
from lienthong.kernel.refusal import Refusal

SHAPE = "Viết ngày giờ có thật, ví dụ 2026-04-29T16:30."


class Command(BaseCommand):
    help = "Tính hạn từ thời điểm nhận và thời hạn, giải thích từng ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--start", required=True, help="thời điểm nhận, ví dụ 2026-04-29T16:30 (giờ Việt Nam)")
        parser.add_argument(
            "--limit", required=True, help="thời hạn, ví dụ “3 working days”, “16 giờ làm việc”, “2 tháng”"
        )
        parser.add_argument("--pause", action="append", default=[], metavar="START..END", help="khoảng tạm dừng")
        parser.add_argument("--calendar", default=PROVINCE, metavar="NAME", help="tên lịch làm việc")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            events = [Event(EventKind.START, moment(options["start"])), *pause_events(options["pause"])]
            limit, row = parse_limit(options["limit"]), work_calendar_named(options["calendar"])
            assert row.current is not None  # noqa: S101 - only such calendars are named
            calendar = calendar_of(row.current)
            end, lines = due(calendar, limit, events), explain(calendar, limit, events)
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        if options["json"]:
            account = {"due": local(end).isoformat(), "explanation": [line.as_json() for line in lines]}
            self.stdout.write(json.dumps(account, ensure_ascii=False))
            return
        for line in lines:
            self.stdout.write(f"{line.date:%d/%m/%Y} {line.weekday:9} {line.text} {' '.join(line.notes)}".rstrip())
        self.stdout.write(f"Hạn: {local(end):%H:%M %d/%m/%Y}")


def moment(text: str) -> dt.datetime:
    """Read a moment; without an offset it is the time of Viet Nam. Refuses what is no real date and time."""
    try:
        parsed = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(f"“{text[:40]}” không phải ngày giờ hợp lệ. {SHAPE}") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=VIETNAM)


def pause_events(texts: list[str]) -> list[Event]:
    """Read pauses ``START..END`` and join those that overlap or touch. Refuses an end that is not after its start."""
    spans = []
    for text in texts:
        start, mark, end = text.partition("..")
        if not mark:
            raise Refusal(f"Khoảng tạm dừng “{text[:60]}” phải viết START..END. {SHAPE}")
        spans.append((moment(start), moment(end)))
        if spans[-1][1] <= spans[-1][0]:
            raise Refusal(f"Khoảng tạm dừng “{text[:60]}” kết thúc trước khi bắt đầu. Hãy viết lại START..END.")
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for start_at, end_at in sorted(spans):
        if joined and start_at <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end_at))
        else:
            joined.append((start_at, end_at))
    return [
        event
        for start_at, end_at in joined
        for event in (Event(EventKind.PAUSE, start_at), Event(EventKind.RESUME, end_at))
    ]
