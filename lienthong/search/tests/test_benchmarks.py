"""The benchmark makes its data once and says what it must."""

from __future__ import annotations

import pytest

from lienthong.search import bench_data, benchmarks
from lienthong.search.models import SearchEntry


@pytest.mark.django_db(transaction=True)
def test_it_prepares_once_and_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmarks, "ROUNDS", 1)
    benchmarks.prepare(200)
    benchmarks.prepare(200)
    assert SearchEntry.objects.count() == 200
    measured = benchmarks.measure(200)
    assert {"name", "size", "median_ms", "p95_ms", "floor_ms", "ratio", "queries"} <= set(measured)
    assert measured["queries"] == 2


def test_the_words_are_unevenly_common_and_the_data_always_the_same() -> None:
    first, second = (list(bench_data.rows(50)) for _ in range(2))
    assert first == second
    texts = [f"{row[4]} {row[6]}".lower() for row in first]
    assert sum(" của " in text for text in texts) > sum(" pháp " in text for text in texts)
