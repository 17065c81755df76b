"""The bank of paper of the demo: what happens when somebody presses a button on its page."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping

from django.db import transaction

from lienthong.kernel.refusal import Refusal
from lienthong.payments.gateways import sandbox, signing
from lienthong.payments.gateways.told import FAILED, PAID, PENDING, ForgedError, UnreadableError
from lienthong.payments.models import SandboxOrder
from lienthong.payments.operations.callbacks import callback


@transaction.atomic
def open_order(query: bytes, *, at: dt.datetime) -> SandboxOrder:
    """Open the order that a signed address asks for, or return it. Refuses an address that is not ours."""
    try:
        fields = signing.opened(query, sandbox.secret())
        amount = int(fields["amount"])
    except (ForgedError, UnreadableError, KeyError, ValueError):
        raise Refusal("Địa chỉ thanh toán này không đúng. Hãy trở lại trang khoản thu và bấm lại.") from None
    order, _ = SandboxOrder.objects.get_or_create(
        reference=fields["reference"],
        defaults={"amount": amount, "state": PENDING, "back": fields["back"][:300], "at": at},
    )
    return order


def press(order: SandboxOrder, button: str, *, at: dt.datetime) -> SandboxOrder:
    """Do what a button of the sandbox says: pay, pay and say nothing yet, fail. What was paid stays paid."""
    changed = _pressed(order, PAID if button in {"pay", "pay_silently"} else FAILED, at)
    if button != "pay_silently":
        callback("sandbox", sandbox.word(changed).encode(), headers=_none(), sender="sandbox", at=at)
    return changed


def say_again(order: SandboxOrder, *, at: dt.datetime) -> None:
    """Call back once more with what is known, as gateways do."""
    callback("sandbox", sandbox.word(order).encode(), headers=_none(), sender="sandbox", at=at)


@transaction.atomic
def _pressed(order: SandboxOrder, state: str, at: dt.datetime) -> SandboxOrder:
    row = SandboxOrder.objects.select_for_update().get(pk=order.pk)
    if row.state != PAID:
        row.state, row.at = state, at
        row.transaction = row.transaction or f"SB{secrets.token_hex(6).upper()}"
        row.save(update_fields=["state", "at", "transaction"])
    return row


def _none() -> Mapping[str, str]:
    return {}
