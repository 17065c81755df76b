"""Benchmarks: each app declares what it measures of itself; the command ``bench`` of ``site`` runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A measure: ``prepare(size)`` makes and keeps the data (and returns at once when it is there),
    ``measure(size)`` returns what was measured beside its floor: median_ms, p95_ms, floor_ms, ratio, queries, …"""

    name: str
    prepare: Callable[[int], None]
    measure: Callable[[int], dict[str, object]]


_benchmarks: dict[str, Benchmark] = {}


def declare(name: str, prepare: Callable[[int], None], measure: Callable[[int], dict[str, object]]) -> None:
    """Declare a benchmark; called from ``ready()``."""
    _benchmarks[name] = Benchmark(name, prepare, measure)


def declared() -> dict[str, Benchmark]:
    """Return every benchmark by its name."""
    return dict(sorted(_benchmarks.items()))
