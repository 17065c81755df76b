"""A long account of a deadline, shortened for reading: ordinary days in a row become one line. Pure.

Nothing is lost: a stretch keeps the days it stands for. What is out of the ordinary (arrival, a make-up Saturday, a
holiday, a pause, an extension, the last day) keeps its own line; the days of one holiday or of one pause in a row
share one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lienthong.calendars.explanation import DayLine

LONG = 21
"""An account up to three weeks is told day by day."""
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that say the same: their kind, what they come to, and the days themselves."""

    kind: str
    text: str
    days: tuple[DayLine, ...]
    source: str = ""
    verified: bool = True

    @property
    def first(self) -> DayLine:
        """The first of its days."""
        return self.days[0]

    @property
    def last(self) -> DayLine:
        """The last of its days."""
        return self.days[-1]


def condensed(lines: Sequence[DayLine]) -> list[DayLine | Stretch]:
    """Return an account with its ordinary days in a row as one line each; a short one stays as it is."""
    if len(lines) <= LONG:
        return list(lines)
    shown: list[DayLine | Stretch] = []
    for run in _runs(lines):
        if len(run) < FEWEST:
            shown.extend(run)
        else:
            shown.append(_stretch(run))
    return shown


def _runs(lines: Sequence[DayLine]) -> Iterator[list[DayLine]]:
    run: list[DayLine] = []
    for line in lines:
        if run and not _continues(run, line):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _continues(run: Sequence[DayLine], line: DayLine) -> bool:
    """Whether a day says the same as the days before it; a weekend goes along with working days and with a pause."""
    if line.notes or run[-1].notes:
        return False
    telling = next((one for one in run if one.kind != "weekend"), run[0])
    kinds = {telling.kind, line.kind}
    if kinds <= {"counted", "weekend"}:
        return not (line.paused or telling.paused)
    if kinds <= {"paused", "weekend"}:
        return True
    return kinds <= {"holiday", "closed"} and (telling.text, telling.source) == (line.text, line.source)


def _stretch(run: Sequence[DayLine]) -> Stretch:
    telling = next((one for one in run if one.kind != "weekend"), run[0])
    told = [one for one in run if one.kind == telling.kind]
    weekend = len(run) - len(told)
    match telling.kind:
        case "counted":
            text = _counted(told, run)
        case "paused":
            rest = f" và {weekend} ngày nghỉ cuối tuần" if weekend else ""
            text = f"Tạm dừng {len(told)} ngày làm việc{rest}, không tính."
        case _:
            text = f"{telling.text.rstrip('.')} ({len(told)} ngày)."
    return Stretch(telling.kind, text, tuple(run), telling.source, all(one.verified for one in run))


def _counted(told: Sequence[DayLine], run: Sequence[DayLine]) -> str:
    rest = len(run) - len(told)
    numbered = [one.number for one in run if one.number]
    if numbered and f"ngày thứ {told[0].number}" in told[0].text:
        what = f"ngày thứ {numbered[0]} đến ngày thứ {numbered[-1]}"
    else:
        what = f"tính {sum((one.counted for one in told), dt.timedelta()) // dt.timedelta(hours=1)} giờ"
    head = f"{len(told)} ngày làm việc thường: {what}"
    if not rest:
        return f"{head}."
    still = ", vẫn tính vì hạn theo ngày lịch" if any(one.number for one in run if one.kind == "weekend") else ""
    return f"{head}; {rest} ngày nghỉ cuối tuần{still}."
