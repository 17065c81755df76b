"""Cổng Dịch vụ công quốc gia: the national portal's sync of cases and of their progress, and cases submitted there.

Messages after the portal's sync services as open implementations speak them (``DongBoHoSoMC`` and
``CapNhatTienDoHoSoMC``).
On when ``LIENTHONG_DVCQG_ADDRESS``, ``_UNIT`` and ``_SECRET`` are all set. ``docs/guide/exchange.md`` has the fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from lienthong.exchange.facts import CaseFacts, Facts
from lienthong.exchange.partners.contract import Answer, Letter, Record
from lienthong.exchange.partners.dvcqg import messages, reading, required, signing, transport


class Partner:
    """The national public-service portal."""

    code = "dvcqg"
    name = "Cổng Dịch vụ công quốc gia"

    @property
    def address(self) -> str:
        """Where messages are sent."""
        return str(settings.DVCQG_ADDRESS)

    def is_open(self) -> bool:
        """Tell whether address, unit and secret are all set."""
        return bool(settings.DVCQG_ADDRESS and settings.DVCQG_UNIT and settings.DVCQG_SECRET)

    def write(self, facts: Facts, *, is_update: bool) -> tuple[str, dict[str, Any]]:
        """Return the message of a status, or of a hand-over."""
        if isinstance(facts, CaseFacts):
            return messages.SYNC, messages.envelope(messages.SYNC, messages.case(facts), is_update=is_update)
        return messages.PROGRESS, messages.envelope(messages.PROGRESS, messages.step(facts), is_update=True)

    def renew(self, kind: str, body: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
        """Take the lasting fields of a case anew; its status and moments stay as they were told."""
        fresh = messages.case(facts) if kind == messages.SYNC and isinstance(facts, CaseFacts) else {}
        records = [{**one, **{name: fresh[name] for name in messages.LASTING if fresh}} for one in body["data"]]
        return {**body, "data": records}

    def faults(self, kind: str, body: Mapping[str, Any]) -> list[str]:
        """Check the fields that the portal requires."""
        return required.faults(kind, body)

    def send(self, letter: Letter) -> None:
        """Post one message and read the answer."""
        transport.send(letter, address=self.address, unit=settings.DVCQG_UNIT, secret=settings.DVCQG_SECRET)

    def read(self, body: bytes, headers: Mapping[str, str], at: dt.datetime) -> list[Record]:
        """Read what the portal sent; its signature first."""
        signing.verify(body, headers, settings.DVCQG_SECRET, at)
        return reading.records(body)

    def reply(self, answers: list[Answer]) -> dict[str, Any]:
        """Return the answer: the first code that is not ``00``, and a line for each record."""
        return reading.reply(answers)
