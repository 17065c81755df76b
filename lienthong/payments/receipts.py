"""The receipt on paper: A5, as the payer takes it home."""

from __future__ import annotations

from pathlib import Path

from lienthong.formatting.setting.fonts import DIRECTORY, printable
from lienthong.kernel.clock import local
from lienthong.kernel.typesetting import typeset
from lienthong.payments.models import Payment, Receipt
from lienthong.payments.money_words import in_words
from lienthong.ui.formats import dong, moment

LAYOUT = Path(__file__).parent / "layouts" / "receipt.typ"


def receipt_pdf(receipt: Receipt) -> bytes:
    """Return the receipt as PDF/A-2b; the same receipt gives the same bytes, but for what was refunded since."""
    payment = receipt.payment
    day = local(receipt.issued_at)
    items = payment.items.select_related("charge").order_by("pk")
    data = {
        "agency": receipt.agency.name,
        "unit": receipt.unit.name if receipt.unit_id != receipt.agency_id else "",
        "number": receipt.symbol,
        "payer": printable(receipt.payer) or "…",
        "lines": [
            {"name": printable(item.charge.name), "source": printable(item.charge.source), "amount": dong(item.amount)}
            for item in items
        ],
        "total": dong(receipt.amount),
        "words": in_words(receipt.amount),
        "method": payment.get_method_display(),
        "reference": payment.reference,
        "transaction": printable(payment.transaction),
        "at": moment(payment.paid_at or receipt.issued_at),
        "collector": receipt.issued_by.officer.full_name if receipt.issued_by else "",
        "refunded": _refunded(payment),
        "created": {"year": day.year, "month": day.month, "day": day.day},
    }
    return typeset(LAYOUT, data, font_paths=[DIRECTORY])


def _refunded(payment: Payment) -> str:
    done = [one for one in payment.refunds.all() if one.done_at]
    if not done:
        return ""
    return f"Đã hoàn {dong(sum(one.amount for one in done))} ngày {local(done[-1].done_at):%d/%m/%Y}"  # type: ignore[arg-type]  # those with a moment
