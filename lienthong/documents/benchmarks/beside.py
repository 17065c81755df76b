"""Two things timed in turn, so that the machine's moods fall on both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 60


def bare_connection() -> psycopg.Connection[Any]:
    """Open a connection to the same database without Django."""
    parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor, "context": None}
    return psycopg.connect(**parameters)


def beside(ours: Callable[[], object], floor: Callable[[], object]) -> dict[str, object]:
    """Time ``ours`` beside ``floor``, in turn; return medians, the ratio, and how many queries ours asks."""
    ours()
    floor()
    took_ours, took_floor = [], []
    for _ in range(ROUNDS):
        took_floor.append(milliseconds(floor))
        took_ours.append(milliseconds(ours))
    with CaptureQueriesContext(connection) as captured:
        ours()
    median, bare = statistics.median(took_ours), statistics.median(took_floor)
    return {
        "median_ms": round(median, 2),
        "p95_ms": round(statistics.quantiles(took_ours, n=20)[-1], 2),
        "floor_ms": round(bare, 2),
        "ratio": round(median / bare, 2),
        "queries": len(captured),
    }


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000
