"""The gateway of the demo: a bank of paper, on a page of our own; it exists nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from lienthong.kernel.clock import local
from lienthong.payments.gateways import signing
from lienthong.payments.gateways.told import PAID, SilentError, Told
from lienthong.payments.models import Payment, Refund, SandboxOrder

MERCHANT = "LIENTHONG-DEMO"


class Gateway:
    """A gateway that takes no money: it signs, calls back, answers and forgets nothing, like a real one."""

    code = "sandbox"
    name = "Cổng thanh toán thử"

    def is_open(self) -> bool:
        """Tell whether this is the demo."""
        return bool(settings.DEMO)

    def address(self, payment: Payment, *, back: str, notify: str) -> str:  # noqa: ARG002 - it is in the same house
        """Return the sandbox's page, with the request signed as for a real gateway."""
        fields = {"merchant": MERCHANT, "reference": payment.reference, "amount": str(payment.amount), "back": back}
        return f"{reverse('payments:sandbox')}?{signing.signed(fields, secret())}"

    def read(self, body: bytes, headers: Mapping[str, str]) -> Told:  # noqa: ARG002 - the signature is in the body
        """Read a callback."""
        return signing.word_of(signing.opened(body, secret()), MERCHANT)

    def ask(self, payment: Payment) -> tuple[Told, str]:
        """Look into the sandbox's books."""
        order = SandboxOrder.objects.filter(reference=payment.reference).first()
        if order is None:
            raise SilentError
        body = word(order)
        return self.read(body.encode(), {}), body

    def give_back(self, refund: Refund) -> str:
        """Give back what was paid in the sandbox."""
        if not SandboxOrder.objects.filter(reference=refund.payment.reference, state=PAID).exists():
            raise SilentError
        return f"HOAN-{refund.reference}"


def secret() -> str:
    """Return the secret that the demo and its gateway share."""
    return salted_hmac("lienthong.payments.sandbox", MERCHANT, algorithm="sha256").hexdigest()


def word(order: SandboxOrder) -> str:
    """Return what the sandbox says of an order, signed."""
    fields = {
        "merchant": MERCHANT,
        "reference": order.reference,
        "transaction": order.transaction,
        "amount": str(order.amount),
        "state": order.state,
        "time": local(order.at).strftime(signing.MOMENT),
    }
    return signing.signed(fields, secret())
