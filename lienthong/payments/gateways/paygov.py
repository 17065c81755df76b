"""A gateway of the common sort, set up by the settings: the payer is sent away and comes back, the gateway calls us.

Its manner is that of the national payment platform and of the banks' gateways: fields signed by HMAC with a shared
secret, a callback, a query for one request, an order to give money back. ``docs/guide/payments.md`` has the fields.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings

from lienthong.kernel.clock import local
from lienthong.payments.gateways import signing
from lienthong.payments.gateways.told import ForgedError, SilentError, Told, UnreadableError
from lienthong.payments.models import Payment, Refund

PATIENCE = 15
"""Seconds for which an answer is waited for."""


class Gateway:
    """The gateway of ``LIENTHONG_PAYGOV_ADDRESS``, with the merchant's code and the shared secret."""

    code = "paygov"

    @property
    def name(self) -> str:
        """What the payer reads on the button."""
        return str(settings.PAYGOV_NAME)

    def is_open(self) -> bool:
        """Tell whether address, merchant and secret are all set."""
        return bool(settings.PAYGOV_ADDRESS and settings.PAYGOV_MERCHANT and settings.PAYGOV_SECRET)

    def address(self, payment: Payment, *, back: str, notify: str) -> str:
        """Return the signed address of the gateway's page for a request."""
        fields = {
            "merchant": settings.PAYGOV_MERCHANT,
            "reference": payment.reference,
            "amount": str(payment.amount),
            "info": f"Thanh toan {payment.reference}",
            "back": back,
            "notify": notify,
            "expires": local(payment.expires_at).strftime(signing.MOMENT) if payment.expires_at else "",
        }
        return f"{settings.PAYGOV_ADDRESS}?{signing.signed(fields, settings.PAYGOV_SECRET)}"

    def read(self, body: bytes, headers: Mapping[str, str]) -> Told:  # noqa: ARG002 - the signature is in the body
        """Read a callback."""
        return signing.word_of(signing.opened(body, settings.PAYGOV_SECRET), settings.PAYGOV_MERCHANT)

    def ask(self, payment: Payment) -> tuple[Told, str]:
        """Ask what became of a request."""
        body = _answer("query", {"reference": payment.reference})
        try:
            word = self.read(body, {})
        except (ForgedError, UnreadableError) as error:
            raise SilentError from error
        if word.reference != payment.reference:
            raise SilentError
        return word, body.decode()

    def give_back(self, refund: Refund) -> str:
        """Order a refund; the same reference twice is one refund."""
        fields = {
            "reference": refund.payment.reference,
            "transaction": refund.payment.transaction,
            "refund": refund.reference,
            "amount": str(refund.amount),
        }
        try:
            answer = signing.opened(_answer("refund", fields), settings.PAYGOV_SECRET)
        except (ForgedError, UnreadableError) as error:
            raise SilentError from error
        if answer.get("refund") != refund.reference or answer.get("state") != "done":
            raise SilentError
        return answer.get("proof", "")[:200] or refund.reference


def _answer(what: str, fields: Mapping[str, str]) -> bytes:
    address = f"{settings.PAYGOV_ADDRESS.rstrip('/')}/{what}"
    if urlsplit(address).scheme not in {"https", "http"}:
        raise SilentError
    sent = signing.signed({"merchant": settings.PAYGOV_MERCHANT, **fields}, settings.PAYGOV_SECRET).encode()
    request = urllib.request.Request(address, data=sent, method="POST")  # noqa: S310 - the scheme is looked at above
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            body: bytes = answer.read(signing.LONGEST + 1)
            return body
    except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
        raise SilentError from error
