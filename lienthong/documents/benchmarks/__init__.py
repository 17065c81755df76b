"""What documents cost beside the bare statements: ``list``, ``page``, ``register`` and ``book``."""

from __future__ import annotations

from lienthong.kernel.benchmarks import declare

HERE = "lienthong.documents.benchmarks"


def declare_benchmarks() -> None:
    """Declare the benchmarks of this app."""
    declare("book", f"{HERE}.data.prepare", f"{HERE}.booking.measure")
    declare("list", f"{HERE}.data.prepare", f"{HERE}.listing.measure")
    declare("page", f"{HERE}.data.prepare", f"{HERE}.pages.measure")
    declare("register", f"{HERE}.data.prepare", f"{HERE}.registering.measure")
