"""What statistics speak of: the slice asked for, the counts of a group, the lines of a table; pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from django.db.models import Q

from lienthong.kernel.clock import at_local

Key = int | str | dt.date


@dataclass(frozen=True, slots=True)
class Slice:
    """Phạm vi thống kê: a period (both days included) and to what it is narrowed.

    ``agencies`` are those whose figures the reader may see; None: all. ``unit`` is one of them (0: each).
    """

    since: dt.date
    until: dt.date
    agencies: frozenset[int] | None = None
    unit: int = 0
    sector: int = 0
    procedure: int = 0
    channel: str = ""

    @property
    def begin(self) -> dt.datetime:
        """The first moment of the period."""
        return at_local(self.since, dt.time.min)

    @property
    def end(self) -> dt.datetime:
        """The first moment after the period."""
        return at_local(self.until + dt.timedelta(days=1), dt.time.min)

    @property
    def whole_months(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of the months that lie wholly in the period; None where none does."""
        first = self.since if self.since.day == 1 else month_end(self.since) + dt.timedelta(days=1)
        after = self.until + dt.timedelta(days=1)
        last = after.replace(day=1) - dt.timedelta(days=1)
        return (first, last) if first < last else None

    def narrowing(self, agency: str) -> Q:
        """Return the condition on rows that have an agency (the column of that name), a procedure and a channel."""
        exact = {agency: self.unit, "procedure__sector": self.sector, "procedure": self.procedure,
                 "channel": self.channel}  # fmt: skip
        condition = Q(**{name: value for name, value in exact.items() if value})
        return condition if self.agencies is None else condition & Q(**{f"{agency}__in": self.agencies})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases: came in (online, or otherwise), were carried over, were closed and how, are open and how.

    ``carried + received = solved + stopped + withdrawn + open``. ``in_time``, ``overdue`` and ``paused`` (among the
    open) are None where a past month is told only in sum. ``seconds`` is the time from reception to the result of the
    solved ones; ``rated`` ratings give ``rating`` percent in sum; of ``papers`` (cases handed over),
    ``digital`` had all their papers and results as files.
    """

    online: int = 0
    otherwise: int = 0
    carried: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    stopped: int = 0
    withdrawn: int = 0
    open: int = 0
    in_time: int | None = 0
    overdue: int | None = 0
    paused: int | None = 0
    handed_over: int = 0
    seconds: int = 0
    rated: int = 0
    rating: int = 0
    papers: int = 0
    digital: int = 0

    @property
    def received(self) -> int:
        """Came in within the period."""
        return self.online + self.otherwise

    @property
    def had(self) -> int:
        """All that there was to do."""
        return self.carried + self.received

    @property
    def solved(self) -> int:
        """Came to a result within the period."""
        return self.early + self.on_time + self.late

    @property
    def closed(self) -> int:
        """Solved, stopped or taken back within the period."""
        return self.solved + self.stopped + self.withdrawn

    @property
    def punctual_share(self) -> float | None:
        """Percent of the solved that were early or on time (QĐ 766/QĐ-TTg: two decimals); None where none was."""
        return percent(self.early + self.on_time, self.solved)

    @property
    def online_share(self) -> float | None:
        """Percent of the received that came online."""
        return percent(self.online, self.received)

    @property
    def digital_share(self) -> float | None:
        """Percent of the cases handed over whose papers and results all lie here as files; None where none was."""
        return percent(self.digital, self.papers)

    @property
    def satisfied(self) -> int:
        """How many ratings were of satisfied people: each gives a hundred."""
        return self.rating // 100

    @property
    def unsatisfied(self) -> int:
        """How many were of others."""
        return self.rated - self.satisfied

    @property
    def satisfaction(self) -> float | None:
        """Percent of satisfaction over the ratings; None where nobody rated."""
        return round(self.rating / self.rated, 2) if self.rated else None

    @property
    def average_days(self) -> float | None:
        """Days from reception to the result, on average, days off included."""
        return round(self.seconds / self.solved / 86400, 1) if self.solved else None


def percent(part: int, whole: int) -> float | None:
    """Return the percentage with two decimals; None of nothing."""
    return round(100 * part / whole, 2) if whole else None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: what it is called, by which key its group is told apart, its figures."""

    key: Key
    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Statistics:
    """The table of a slice."""

    slice: Slice
    group: str
    lines: list[Line] = field(default_factory=list)

    @property
    def sum(self) -> Counts:
        """The figures of all lines together; of months, what was carried into the first and is open after the last."""
        counts = [line.counts for line in self.lines]
        total = Counts(**{name: sum(getattr(one, name) or 0 for one in counts) for name in Counts.__slots__})
        if self.group != "month" or not counts:
            return total
        last = counts[-1]
        return replace(total, carried=counts[0].carried, open=last.open, in_time=last.in_time, overdue=last.overdue,
                       paused=last.paused)  # fmt: skip


def months_of(since: dt.date, until: dt.date) -> list[dt.date]:
    """Return the first day of each month of a period."""
    count = (until.year - since.year) * 12 + until.month - since.month + 1
    at = since.year * 12 + since.month - 1
    return [dt.date((at + step) // 12, (at + step) % 12 + 1, 1) for step in range(count)]


def month_end(day: dt.date) -> dt.date:
    """Return the last day of a month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
