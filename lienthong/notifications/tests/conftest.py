"""A kind of subject and kinds of notices of our own, so that notifications need no app above them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from lienthong.kernel import subjects
from lienthong.kernel.subjects import Described, Subject, SubjectKind
from lienthong.notifications import digest, gateways, hours, kinds
from lienthong.notifications.models import Delivery

PAPER = Subject("paper", 5)


class Sent:
    """A gateway that keeps what it was given, and fails as long as ``fails`` says so."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.fails: BaseException | None = None

    def send(self, delivery: Delivery) -> None:
        if self.fails:
            raise self.fails
        self.sent.append((delivery.address, delivery.message_id))


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an app above would have declared."""

    def describe(keys: Iterable[int]) -> dict[int, Described]:
        return {pk: Described(f"Công văn {pk}", f"/papers/{pk}/") for pk in keys if pk < 100}

    monkeypatch.setattr(subjects, "_kinds", {})
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(digest, "_contributors", {})
    monkeypatch.setattr(hours, "_next_opening", list(hours._next_opening[:1]))
    monkeypatch.setattr(hours, "_is_working_day", list(hours._is_working_day[:1]))
    hours.declare(hours._plain_next_opening, hours._plain_is_working_day)
    subjects.declare(SubjectKind("paper", "Giấy tờ", describe, lambda _actor, _pk: True))
    kinds.declare("paper.given", "Việc mới giao", by_email=True)
    kinds.declare("paper.answered", "Có trả lời")
    kinds.declare("paper.late", "Quá hạn", by_email=True, by_sms=True, urgent=True)


@pytest.fixture
def outgoing(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Every channel leads here."""
    sent = Sent()
    monkeypatch.setattr("lienthong.notifications.operations.sending.gateway_for", lambda _channel: sent)
    return sent


@pytest.fixture(autouse=True)
def _no_cached_gateway() -> None:
    gateways._made.cache_clear()
