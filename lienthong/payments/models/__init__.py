"""The nouns of payments."""

from lienthong.payments.models.charge import Charge
from lienthong.payments.models.payment import Payment, PaymentItem, Receipt, Refund
from lienthong.payments.models.sandbox import SandboxOrder
from lienthong.payments.models.words import CallbackReceived, Discrepancy, Reconciliation

__all__ = [
    "CallbackReceived",
    "Charge",
    "Discrepancy",
    "Payment",
    "PaymentItem",
    "Receipt",
    "Reconciliation",
    "Refund",
    "SandboxOrder",
]
