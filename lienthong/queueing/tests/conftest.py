"""What tests of the queue start from: a hall."""

from __future__ import annotations

import pytest

from lienthong.queueing.tests.builders import Hall, arranged
from tests.cast import Cast


@pytest.fixture
def hall(cast: Cast) -> Hall:
    """The hall of the district: two groups, two counters, at the first of which its officer sits."""
    return arranged(cast)
