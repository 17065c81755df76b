"""What a gateway says, in our words, and what every adapter answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from lienthong.payments.models import Payment, Refund

PAID, FAILED, PENDING = "paid", "failed", "pending"


class ForgedError(Exception):
    """A message that the gateway did not sign."""


class UnreadableError(Exception):
    """A message that is signed, or not even that, but says nothing that can be understood."""


class SilentError(Exception):
    """The gateway cannot be reached, or answers nothing of use; it is asked again."""


@dataclass(frozen=True, slots=True)
class Told:
    """One word of a gateway about one request of ours."""

    reference: str
    transaction: str
    state: str
    amount: int
    at: dt.datetime | None = None


class Adapter(Protocol):
    """A way to pay online.

    ``read`` raises ``ForgedError`` for what the gateway did not sign and ``UnreadableError`` for what says nothing.
    ``ask`` and ``give_back`` go over the network and raise ``SilentError`` when nothing of use comes back; both may be
    repeated: the gateway knows our reference. ``give_back`` returns the proof, or "" when the gateway takes no such
    order and the money is given back by hand.
    """

    code: str
    name: str

    def is_open(self) -> bool:
        """Tell whether it is set up here."""
        ...

    def address(self, payment: Payment, *, back: str, notify: str) -> str:
        """Return where the payer goes to pay."""
        ...

    def read(self, body: bytes, headers: Mapping[str, str]) -> Told:
        """Read one message."""
        ...

    def ask(self, payment: Payment) -> tuple[Told, str]:
        """Ask what became of a request; return the word and the answer as it came."""
        ...

    def give_back(self, refund: Refund) -> str:
        """Order the gateway to give money back."""
        ...
