"""What the demo's applicants think of how they were served: some of them say it, mostly well."""

from __future__ import annotations

import datetime as dt
import random

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.site.demo.content import citizens_file
from lienthong.site.demo.days import Days, Life


def may_rate(days: Days, rng: random.Random, case: Case, at: dt.datetime) -> None:
    """Let some of those whose case just ended rate it, some hours or days later."""
    if rng.random() < citizens_file()["opinions"]["share"]:
        days.begin(rating_life(rng, case), at, rng=rng)


def rating_life(rng: random.Random, case: Case) -> Life:
    """Rate one case that ended; who had to wait too long is not satisfied more often."""
    at = yield 0
    was_late = case.due_at is not None and case.due_at < at
    at = yield rng.uniform(0.5, 60)
    rows = citizens_file()["opinions"]["said"]
    weights = [row["weight"] * (2 if was_late and row.get("reasons") else 1) for row in rows]
    said = rng.choices(rows, weights)[0]
    reasons = [rng.choice(said["reasons"])] if "reasons" in said else []
    operations.rate(case, level=said["level"], reasons=reasons, text=rng.choice(said["texts"]), at=at)
