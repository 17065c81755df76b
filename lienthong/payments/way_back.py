"""Where a payer came from, remembered in the browser: the page of the payment leads back there."""

from __future__ import annotations

import uuid

from django.http import HttpRequest

from lienthong.payments.models import Payment


def come_back_to(request: HttpRequest, payment: Payment, address: str) -> None:
    """Remember in this browser the page of ours to which the payer goes back."""
    request.session[_key(payment.token)] = address


def way_back(request: HttpRequest, token: uuid.UUID) -> str:
    """Return the page from which this browser began the payment; empty where it did not."""
    return str(request.session.get(_key(token), ""))


def _key(token: uuid.UUID) -> str:
    return f"pay-back:{token}"
