"""What documents cost beside the bare statements: ``list``, ``page`` and ``register``."""

from lienthong.documents.benchmarks import listing, pages, registering
from lienthong.documents.benchmarks.data import prepare
from lienthong.kernel.benchmarks import declare


def declare_benchmarks() -> None:
    """Declare the benchmarks of this app."""
    declare("list", prepare, listing.measure)
    declare("page", prepare, pages.measure)
    declare("register", prepare, registering.measure)
