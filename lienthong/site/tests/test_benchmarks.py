from __future__ import annotations

import subprocess
import sys

from lienthong.kernel.benchmarks import named, names

WITH_FUNCTIONS = ("lienthong.tasks.benchmarks", "lienthong.search.benchmarks", "lienthong.documents.benchmarks.pages")
LOADED = f"import sys, django; django.setup(); print([m for m in {WITH_FUNCTIONS} if m in sys.modules])"


def test_every_declared_benchmark_can_be_imported() -> None:
    assert names() == [
        "book", "case_create", "case_list", "case_stats", "case_step", "inbox", "issue", "list", "page", "register",
        "render", "search", "track",
    ]  # fmt: skip
    assert all(callable(named(name).prepare) and callable(named(name).measure) for name in names())


def test_a_process_that_starts_loads_no_benchmark() -> None:
    started = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, check=True, text=True)
    assert started.stdout.strip() == "[]"
