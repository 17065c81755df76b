"""Benchmarks: each app declares what it measures of itself; the command ``bench`` of ``site`` runs it.

They are named by dotted path and imported when one is run: a process that serves pages loads none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A measure: ``prepare(size)`` makes and keeps the data (and returns at once when it is there),
    ``measure(size)`` returns what was measured beside its floor: median_ms, p95_ms, floor_ms, ratio, queries, …"""

    name: str
    prepare: Callable[[int], None]
    measure: Callable[[int], dict[str, object]]


_benchmarks: dict[str, tuple[str, str]] = {}


def declare(name: str, prepare: str, measure: str) -> None:
    """Declare a benchmark by the dotted paths of its two functions; called from ``ready()``."""
    _benchmarks[name] = prepare, measure


def names() -> list[str]:
    """Return the names of all benchmarks, sorted."""
    return sorted(_benchmarks)


def named(name: str) -> Benchmark:
    """Import and return the benchmark of this name."""
    prepare, measure = _benchmarks[name]
    return Benchmark(name, import_string(prepare), import_string(measure))
