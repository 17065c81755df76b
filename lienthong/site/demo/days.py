"""Time in the demo: many lives, one clock."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import random
from collections.abc import Callable, Generator
from fractions import Fraction

from lienthong.calendars.working_time import Calendar, aware, local_minute
from lienthong.kernel.clock import at_local

Life = Generator[float, dt.datetime, None]
"""A life yields how many working hours it waits, and is sent the moment at which it goes on (UTC)."""


class Days:
    """Plays lives in the order of their moments, each step within office hours, up to the present."""

    def __init__(self, calendar: Calendar, rng: random.Random, *, until: dt.datetime) -> None:
        self.calendar = calendar
        self.rng = rng
        self.until = until
        self.queue: list[tuple[dt.datetime, int, Life, random.Random]] = []
        self.turn = itertools.count()

    def begin(self, life: Life, at: dt.datetime, *, rng: random.Random | None = None) -> None:
        """Let a life begin at a moment, or at the next opening of the office.

        ``rng``: chance of its own, so that it may come and go without changing the other lives.
        """
        chance = rng or self.rng
        next(life)
        heapq.heappush(self.queue, (self.opening(at, chance), next(self.turn), life, chance))

    def play(self, tell: Callable[[int], None]) -> int:
        """Play every step that lies before the present; return how many there were."""
        steps = 0
        while self.queue and self.queue[0][0] <= self.until:
            at, _, life, chance = heapq.heappop(self.queue)
            try:
                wait = life.send(at)
            except StopIteration:
                pass
            else:
                heapq.heappush(self.queue, (self.after(at, wait, chance), next(self.turn), life, chance))
            steps += 1
            tell(steps)
        return steps

    def after(self, at: dt.datetime, hours: float, rng: random.Random) -> dt.datetime:
        """Return the moment some working hours later, a few minutes to either side."""
        minutes = max(2.0, hours * 60 * rng.uniform(0.7, 1.3))
        total = Fraction(self.calendar.minutes_until(local_minute(at)) + int(minutes))
        return max(at, aware(self.calendar.after_minutes(total))) + dt.timedelta(seconds=rng.randrange(1, 50))

    def hours_between(self, start: dt.datetime, end: dt.datetime) -> float:
        """Return the working hours from one moment to another."""
        return (self.calendar.minutes_until(local_minute(end)) - self.calendar.minutes_until(local_minute(start))) / 60

    def day_start(self, day: dt.date) -> dt.datetime:
        """Return half past six of a day, before any office opens."""
        return at_local(day, dt.time(6, 30))

    def is_open(self, at: dt.datetime) -> bool:
        """Tell whether a moment lies inside office hours."""
        return self.calendar.is_open(local_minute(at))

    def opening(self, at: dt.datetime, rng: random.Random | None = None) -> dt.datetime:
        """Return the moment itself inside office hours, else the next opening and some minutes."""
        if self.is_open(at):
            return at
        moment = local_minute(at)
        return aware(self.calendar.next_opening(moment)) + dt.timedelta(minutes=(rng or self.rng).randrange(3, 40))
