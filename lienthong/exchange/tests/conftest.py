"""What tests of the exchange start from: a partner on loopback to which the house is connected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from lienthong.exchange.tests.stub import SECRET, UNIT, Stub, running


@pytest.fixture
def partner(settings: Settings) -> Iterator[Stub]:
    """The national portal, running and connected."""
    with running() as stub:
        settings.DVCQG_ADDRESS, settings.DVCQG_UNIT, settings.DVCQG_SECRET = stub.address, UNIT, SECRET
        yield stub
