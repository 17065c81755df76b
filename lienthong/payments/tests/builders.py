"""Charges and payments for tests, made by calling operations."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from lienthong.kernel.clock import local
from lienthong.kernel.subjects import Described, Subject
from lienthong.organisation.actor import Actor
from lienthong.payments.gateways import signing
from lienthong.payments.models import CallbackReceived, Charge, Payment, Receipt
from lienthong.payments.operations.callbacks import callback
from lienthong.payments.operations.charges import Line, charge
from lienthong.payments.operations.desk import pay_at_desk
from lienthong.payments.operations.online import begin_online
from tests.cast import AT, Cast

KIND = "paid_thing"
THING = Subject(KIND, 7)
FEES = (
    Line("le_phi", "Lệ phí cấp giấy phép xây dựng", 75_000, source="Nghị quyết HĐND tỉnh"),
    Line("ban_sao", "Phí sao chụp", 6_000, due=Charge.Due.BEFORE_RESULT),
)
LATER = AT + dt.timedelta(minutes=5)


def describe(pks: Iterable[int]) -> Mapping[int, Described]:
    """Say what things are called."""
    return {pk: Described(f"Hồ sơ {pk}", f"/things/{pk}/") for pk in pks}


def sees(actor: Any, pk: int) -> bool:
    """Everybody of the district sees the thing, and nobody else."""
    return bool(actor.post.unit.name.endswith("Tuy Phong"))


def charged(cast: Cast, subject: Subject = THING) -> list[Charge]:
    """Two fees of a thing, to be collected at the district's desk."""
    return charge(
        subject, FEES, unit=cast.district_desk, payer="Nguyễn Văn Bình", actor=cast.district_desk_officer, at=AT
    )


def paid(charges: list[Charge], actor: Actor, **changes: Any) -> Receipt:
    """Money at the desk."""
    with_all: dict[str, Any] = {"payer": "Nguyễn Văn Bình", "method": "cash", "key": str(uuid.uuid4()), "at": AT}
    return pay_at_desk(charges, actor=actor, **(with_all | changes))


def begun(charges: list[Charge], **changes: Any) -> Payment:
    """A request through the gateway of the settings."""
    with_all: dict[str, Any] = {"gateway": "paygov", "key": str(uuid.uuid4()), "at": AT}
    return begin_online(charges, **(with_all | changes))


def word(payment: Payment, state: str = "paid", **changes: Any) -> bytes:
    """What the gateway says of a request, signed by it."""
    fields = {
        "merchant": "H11",
        "reference": payment.reference,
        "transaction": "GD0001",
        "amount": str(payment.amount),
        "state": state,
        "time": local(LATER).strftime(signing.MOMENT),
    }
    return signing.signed(fields | changes, "bi-mat-chung").encode()


def said(body: bytes, at: dt.datetime = LATER) -> CallbackReceived.Outcome | None:
    """Let the gateway call back."""
    return callback("paygov", body, headers={}, sender="10.0.0.1", at=at)
