"""The account of a deadline, day by day, as it is shown to people. Pure.

It walks from the day of arrival to the last day and says of each what it is (weekend, holiday and why, make-up
Saturday, pause, extension) and how much of the limit it took.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lienthong.calendars.clock import Event, Limit, LimitUnit, MarkKind, Run, run
from lienthong.calendars.working_time import Calendar, Hours, overlap_minutes, session_texts
from lienthong.kernel.clock import local_date

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WHOLE_DAY = 24 * 60
RULES = {
    LimitUnit.WORKING_DAY: (
        "Tính từ ngày làm việc kế tiếp ngày nhận; hết hạn lúc kết thúc giờ làm việc của ngày làm việc cuối cùng."
    ),
    LimitUnit.WORKING_HOUR: "Tính ngay từ lúc nhận, chỉ trong các buổi làm việc.",
    LimitUnit.HOUR: "Tính liên tục theo đồng hồ từ lúc nhận; hết vào ngày nghỉ hay trước giờ mở cửa thì dời đến đó.",
}
CALENDAR_RULE = (
    "Tính từ ngày kế tiếp ngày nhận, kể cả ngày nghỉ; ngày cuối là ngày nghỉ thì hết hạn vào cuối ngày làm việc "
    "kế tiếp (Bộ luật Dân sự 2015, Điều 148 khoản 5)."
)
UNTIL_RULE = "Hạn do văn bản ấn định: hết giờ làm việc của ngày đó, không dời vì ngày nghỉ."
ARRIVAL_RULE = "Đến ngoài giờ làm việc nên tính là nhận lúc mở cửa kế tiếp."
LATE_RULE = "Đến sau giờ cuối nhận trong ngày nên tính là nhận lúc mở cửa kế tiếp."
PAUSE_RULE = "Tạm dừng trong giờ làm việc bao lâu thì hạn lùi bấy nhiêu; ngoài giờ thì không."


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the account: ``counted`` and ``paused`` are working time, ``number`` the day's place in the limit."""

    date: dt.date
    kind: str
    text: str
    sessions: tuple[str, ...] = ()
    counted: dt.timedelta = dt.timedelta()
    paused: dt.timedelta = dt.timedelta()
    number: int | None = None
    notes: tuple[str, ...] = field(default=())
    source: str = ""
    verified: bool = True

    @property
    def weekday(self) -> str:
        """The name of the weekday."""
        return WEEKDAYS[self.date.weekday()]

    def as_json(self) -> dict[str, Any]:
        """Return the line for a machine."""
        return {
            "date": self.date.isoformat(),
            "weekday": self.weekday,
            "kind": self.kind,
            "text": self.text,
            "number": self.number,
            "sessions": list(self.sessions),
            "counted_minutes": int(self.counted.total_seconds()) // 60,
            "paused_minutes": int(self.paused.total_seconds()) // 60,
            "notes": list(self.notes),
            "source": self.source,
            "verified": self.verified,
        }


def explain(calendar: Calendar, limit: Limit | dt.date, events: Sequence[Event]) -> list[DayLine]:
    """Tell day by day how a deadline came about, from the day of arrival to its last day."""
    state = run(calendar, limit, events)
    account = _Account(state)
    last = max([state.end.date(), *(extension[0].at.date() for extension in state.extensions)])
    days = (last - state.arrived.date()).days + 1
    return [account.line(state.arrived.date() + dt.timedelta(days=index)) for index in range(days)]


class _Account:
    """Writes the lines one after another and keeps the place in the limit."""

    def __init__(self, state: Run) -> None:
        self.state = state
        self.number = 0
        self.is_broken = bool(state.gained)
        self.counts_holidays = isinstance(state.limit, Limit) and state.limit.unit not in {
            LimitUnit.WORKING_DAY,
            LimitUnit.WORKING_HOUR,
        }

    def line(self, day: dt.date) -> DayLine:
        sessions = self.state.calendar.hours_on(day)
        mark = self.state.calendar.marks.get(day)
        paused = self._paused(day, sessions)
        counted = self._running(day, sessions) - paused
        number = self._number(day, counted)
        kind = self._kind(day, sessions, counted, paused)
        return DayLine(
            date=day,
            kind=kind,
            text=self._text(day, kind, counted, paused, number),
            sessions=tuple(session_texts(sessions)),
            counted=dt.timedelta(minutes=counted),
            paused=dt.timedelta(minutes=paused),
            number=number,
            notes=tuple(self._notes(day)),
            source=mark.source if mark else "",
            verified=mark.verified if mark else True,
        )

    def _running(self, day: dt.date, sessions: Hours) -> int:
        return overlap_minutes(sessions, *_part_of(day, self.state.counts_from, self.state.end))

    def _paused(self, day: dt.date, sessions: Hours) -> int:
        total = 0
        for pause in self.state.pauses:
            if pause.gained:
                start = max(pause.start, self.state.counts_from)
                total += overlap_minutes(sessions, *_part_of(day, start, min(pause.end or start, self.state.end)))
        return total

    def _number(self, day: dt.date, counted: int) -> int | None:
        if self.state.is_hourly or not isinstance(self.state.limit, Limit) or not self.state.limit.amount:
            return None
        if self.counts_holidays:
            return max(0, (day - self.state.received.date()).days) or None
        if not counted:
            return None
        self.number += 1
        return self.number

    def _kind(self, day: dt.date, sessions: Hours, counted: int, paused: int) -> str:
        mark = self.state.calendar.marks.get(day)
        if mark and mark.kind is not MarkKind.MAKEUP:
            return mark.kind.value
        if not sessions:
            return "weekend"
        if paused and not counted:
            return "paused"
        if not counted:
            return "received" if day <= self.state.received.date() else "other"
        return "makeup" if mark else "counted"

    def _text(self, day: dt.date, kind: str, counted: int, paused: int, number: int | None) -> str:
        mark = self.state.calendar.marks.get(day)
        name = f"{mark.name}" if mark else ""
        still = ", vẫn tính vì hạn theo ngày lịch" if number and not counted and self.counts_holidays else ""
        match kind:
            case "holiday" | "closed":
                return f"Nghỉ: {name}{still}."
            case "weekend":
                return f"Nghỉ cuối tuần{still}."
            case "paused":
                return "Tạm dừng cả ngày, không tính."
            case "received":
                return (
                    "Ngày nhận, chưa tính." if day == self.state.received.date() else "Đã hết giờ làm việc, chưa tính."
                )
            case "other":
                return "Không tính."
        made_up = name if name.startswith("Làm bù") else f"Làm bù ({name})"
        head = made_up if mark else "Làm việc"
        what = f"ngày thứ {number}" if number and not self.is_broken else f"tính {_length(counted)}"
        pause = f"; tạm dừng {_length(paused)}" if paused else ""
        return f"{head}: {what}{pause}."

    def _notes(self, day: dt.date) -> list[str]:
        state, notes = self.state, []
        if day == state.arrived.date():
            notes.append(f"Đến lúc {state.arrived:%H:%M}.")
            notes.append(_rule(state.limit))
        if state.arrived != state.received and day == state.received.date():
            rule = LATE_RULE if state.calendar.is_open(state.arrived) else ARRIVAL_RULE
            notes.append(f"{rule} Nhận lúc {state.received:%H:%M}.")
        for pause in state.pauses:
            reason = f" ({pause.reason})" if pause.reason else ""
            if pause.start.date() == day:
                notes.append(f"Tạm dừng từ {pause.start:%H:%M}{reason}. {PAUSE_RULE}")
            if pause.end and pause.end.date() == day:
                notes.append(f"Tiếp tục từ {pause.end:%H:%M}.")
        for event, end in state.extensions:
            if local_date(event.at) == day:
                notes.append(_extension(event, end))
        if day == state.first_end.date() and state.first_end != state.end:
            notes.append(f"Hạn ban đầu: {state.first_end:%H:%M %d/%m/%Y}.")
        if day == state.end.date():
            moved = f" Các lần tạm dừng đã lùi hạn {_gained(state)}." if state.gained else ""
            notes.append(f"Hết hạn lúc {state.end:%H:%M}.{moved}")
            if state.open_pause:
                notes.append("Đang tạm dừng: hạn sẽ lùi thêm khi tiếp tục.")
        return notes


def _part_of(day: dt.date, start: dt.datetime, end: dt.datetime) -> tuple[int, int]:
    """Return the part of a span that falls on a day, as minutes of that day."""
    if not start.date() <= day <= end.date():
        return 0, 0
    first = start.hour * 60 + start.minute if start.date() == day else 0
    last = end.hour * 60 + end.minute if end.date() == day else WHOLE_DAY
    return first, max(first, last)


def _rule(limit: Limit | dt.date) -> str:
    if not isinstance(limit, Limit):
        return f"Hạn đến ngày {limit:%d/%m/%Y}. {UNTIL_RULE}"
    if limit.unit is LimitUnit.WORKING_DAY and not limit.amount:
        return "Thời hạn: trong ngày. Hết hạn lúc kết thúc giờ làm việc của ngày nhận."
    return f"Thời hạn {limit}. {RULES.get(limit.unit, CALENDAR_RULE)}"


def _extension(event: Event, end: dt.datetime) -> str:
    more = f"thêm {event.limit}" if event.limit else f"đến ngày {event.until:%d/%m/%Y}"
    reason = f" ({event.reason})" if event.reason else ""
    return f"Gia hạn {more}{reason}: hạn mới {end:%H:%M %d/%m/%Y}."


def _gained(state: Run) -> str:
    if state.is_hourly:
        return _length(int(state.gained))
    return f"{float(state.gained):.3g}".replace(".", ",") + " ngày làm việc"


def _length(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return (
        " ".join(part for part in (f"{whole} giờ" if whole else "", f"{rest} phút" if rest else "") if part) or "0 phút"
    )
