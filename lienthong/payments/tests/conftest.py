"""What tests of payments start from: a kind of thing for which one pays, and a gateway."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from lienthong.kernel import subjects
from lienthong.payments import hooks
from lienthong.payments.hooks import Settled
from lienthong.payments.tests.builders import KIND, describe, sees


@pytest.fixture
def told() -> Iterator[list[Settled]]:
    """A kind of subject whose app listens: what it has been told."""
    heard: list[Settled] = []
    subjects.declare(subjects.SubjectKind(KIND, "Hồ sơ thử", describe, sees))
    hooks.declare(KIND, heard.append)
    yield heard
    hooks._hooks.pop(KIND)
    subjects._kinds.pop(KIND)


@pytest.fixture
def demo(settings: Settings) -> None:
    """The demo, in which the sandbox gateway is open."""
    settings.DEMO = True


@pytest.fixture
def paygov(settings: Settings) -> None:
    """The gateway of the settings."""
    settings.PAYGOV_ADDRESS = "http://127.0.0.1:9/pay"
    settings.PAYGOV_MERCHANT = "H11"
    settings.PAYGOV_SECRET = "bi-mat-chung"
