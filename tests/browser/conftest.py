"""What walks in a browser start from."""

from __future__ import annotations

import pytest

from tests.cast import AT


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests come at 10:00 on Monday 10/03/2014."""
    monkeypatch.setattr("lienthong.kernel.clock.now", lambda: AT)
