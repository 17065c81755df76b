"""Signed fields, as the payment gateways of the country sign them: sorted, joined, HMAC over the whole. Pure.

A message is a form (``a=1&b=2&signature=…``); the signature covers every other field, sorted by name. Two fields of
one name, or a field that nobody signed, make the message forged.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from lienthong.kernel.clock import VIETNAM
from lienthong.payments.gateways.told import FAILED, PAID, PENDING, ForgedError, Told, UnreadableError

LONGEST = 20_000
STATES = {PAID, FAILED, PENDING}
MOMENT = "%Y%m%d%H%M%S"


def signature(fields: Mapping[str, str], secret: str) -> str:
    """Return the HMAC-SHA-256 of the fields, as lower-case hexadecimal digits."""
    text = urlencode(sorted((name, value) for name, value in fields.items() if name != "signature"))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def signed(fields: Mapping[str, str], secret: str) -> str:
    """Return the fields with their signature, as they are sent."""
    return urlencode([*sorted(fields.items()), ("signature", signature(fields, secret))])


def opened(body: bytes, secret: str) -> dict[str, str]:
    """Return the fields of a message; refuses what is not signed with the secret. Compared in constant time."""
    if len(body) > LONGEST:
        raise UnreadableError
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, strict_parsing=True, max_num_fields=60)
    except (UnicodeDecodeError, ValueError):
        raise UnreadableError from None
    fields = dict(pairs)
    given = fields.pop("signature", "")
    if not secret or len(pairs) != len(fields) + 1:
        raise ForgedError
    if not hmac.compare_digest(given.encode(), signature(fields, secret).encode()):
        raise ForgedError
    return fields


def word_of(fields: Mapping[str, str], merchant: str) -> Told:
    """Return what opened fields say of a request."""
    try:
        state, amount = fields["state"], int(fields["amount"])
        reference, transaction = fields["reference"], fields.get("transaction", "")
        at = dt.datetime.strptime(fields["time"], MOMENT).replace(tzinfo=VIETNAM) if fields.get("time") else None
    except (KeyError, ValueError):
        raise UnreadableError from None
    is_sane = 0 < amount < 10**15 and 0 < len(reference) <= 80 and len(transaction) <= 80
    is_sane = is_sane and (reference + transaction).isprintable()
    if state not in STATES or fields.get("merchant") != merchant or not is_sane or (state == PAID and not transaction):
        raise UnreadableError
    return Told(reference, transaction, state, amount, at.astimezone(dt.UTC) if at else None)
