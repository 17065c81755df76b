"""What every partner's adapter answers, and how it says that something went wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from lienthong.exchange.facts import Arrived, Facts


class UnreachableError(Exception):
    """The partner is away, or lets nobody in: no fault of the message. It is sent later; the others wait too."""


class TroubledError(Exception):
    """The partner answered nothing of use to this message; it is tried again, more and more slowly."""


class RejectedError(Exception):
    """The partner refused the message: sending it again as it is will not help."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code, self.sentence = code[:30], sentence[:2000]


class ForgedError(Exception):
    """What came was not signed by the partner, or long ago."""


class UnreadableError(Exception):
    """What came is no message of this partner; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way: the partner's service, its body, and its identity at every try."""

    kind: str
    body: Mapping[str, Any]
    key: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record of what came: the service, the partner's number, the words as sent, and what they mean.

    ``faults`` are whole sentences; where there are any, ``what`` is None.
    """

    kind: str
    their_id: str
    raw: Mapping[str, Any]
    what: Arrived | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one record is answered: the code and sentence, and under which number we know it."""

    their_id: str
    code: str
    sentence: str
    number: str = ""


class Adapter(Protocol):
    """A partner. ``send`` goes over the network and raises the errors above; it may be repeated with the same key."""

    code: str

    @property
    def name(self) -> str:
        """What people call the partner."""
        ...

    @property
    def address(self) -> str:
        """Where it is, for an administrator to read; empty where it is not connected."""
        ...

    def is_open(self) -> bool:
        """Tell whether the settings connect it."""
        ...

    def write(self, facts: Facts, *, is_update: bool) -> tuple[str, dict[str, Any]]:
        """Return the service and the body of the message that tells facts."""
        ...

    def renew(self, kind: str, body: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Return a body with what does not depend on its moment taken anew from facts: names, codes, addresses."""
        ...

    def faults(self, kind: str, body: Mapping[str, Any]) -> list[str]:
        """Return in whole sentences what is missing or wrong in a message before it is sent."""
        ...

    def send(self, letter: Letter) -> None:
        """Send one message."""
        ...

    def read(self, body: bytes, headers: Mapping[str, str], at: dt.datetime) -> list[Record]:
        """Read what came; refuses what the partner did not sign."""
        ...

    def reply(self, answers: list[Answer]) -> dict[str, Any]:
        """Return the answer as the partner reads it."""
        ...
