"""What cases cost beside the bare statements: ``case_create``, ``case_step``, ``case_list`` and ``case_stats``."""

from __future__ import annotations

from lienthong.kernel.benchmarks import declare

HERE = "lienthong.cases.benchmarks"


def declare_benchmarks() -> None:
    """Declare the benchmarks of this app."""
    declare("case_create", f"{HERE}.data.prepare", f"{HERE}.writing.measure_create")
    declare("case_list", f"{HERE}.data.prepare", f"{HERE}.listing.measure")
    declare("case_stats", f"{HERE}.data.prepare", f"{HERE}.statistics.measure")
    declare("case_step", f"{HERE}.data.prepare", f"{HERE}.writing.measure_step")
