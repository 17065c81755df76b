"""What documents cost beside the bare statements: ``list``, ``page``, ``register`` and ``book``."""

from lienthong.documents.benchmarks import booking, listing, pages, registering
from lienthong.documents.benchmarks.data import prepare
from lienthong.kernel.benchmarks import declare


def declare_benchmarks() -> None:
    """Declare the benchmarks of this app."""
    declare("book", prepare, booking.measure)
    declare("list", prepare, listing.measure)
    declare("page", prepare, pages.measure)
    declare("register", prepare, registering.measure)
