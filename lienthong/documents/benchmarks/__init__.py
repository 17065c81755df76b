"""What documents cost beside the bare statements: ``list``, ``page`` and ``register``."""

from lienthong.kernel.benchmarks import declare

HERE = "lienthong.documents.benchmarks"


def declare_benchmarks() -> None:
    """Declare the benchmarks of this app."""
    declare("list", f"{HERE}.data.prepare", f"{HERE}.listing.measure")
    declare("page", f"{HERE}.data.prepare", f"{HERE}.pages.measure")
    declare("register", f"{HERE}.data.prepare", f"{HERE}.registering.measure")
