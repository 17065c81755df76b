"""Charging, forgiving and taking back charges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.payments import hooks, texts
from lienthong.payments.models import Charge
from lienthong.payments.policies import require_collector
from lienthong.payments.queries.owed import owed
from lienthong.ui.formats import dong

State = Charge.State
MOST = 10**12
FREE = "Không thu"


@dataclass(frozen=True, slots=True)
class Line:
    """One fee to be charged; ``note`` says why, where it comes to nothing."""

    key: str
    name: str
    amount: int
    due: str = Charge.Due.AT_RECEIPT
    source: str = ""
    note: str = ""


@transaction.atomic
def charge(
    subject: Subject, lines: Sequence[Line], *, unit: Unit, payer: str = "", actor: Actor | None, at: dt.datetime
) -> list[Charge]:
    """Charge a subject with fees, each once by its key; asked again, what is still due takes the new amount.

    A fee of nought stands as waived; what was forgiven stays forgiven. ``unit`` is the one whose desk collects. Refuses
    an amount below nought, and another amount for what was paid already. Who may charge is the caller's to say.
    """
    payer = texts.payer(payer)
    open_ones = {one.key: one for one in _locked(subject) if one.state not in Charge.OVER}
    made = []
    for line in lines:
        _require_amount(line)
        known = open_ones.get(line.key)
        made.append(_amended(known, line, actor, at) if known else _made(subject, line, unit, payer, actor, at))
    return made


def charge_new(
    subject: Subject, lines: Sequence[Line], *, unit: Unit, payer: str = "", at: dt.datetime
) -> list[Charge]:  # fmt: skip
    """Charge a subject that is being made in this very transaction (one statement, however many fees).

    Nobody else can know it yet, so nothing is locked or looked for; its own event tells what it was charged with.
    Refuses an impossible amount.
    """
    payer = texts.payer(payer)
    for line in lines:
        _require_amount(line)
    return Charge.objects.bulk_create([_new(subject, line, unit, payer, at) for line in lines])


@transaction.atomic
def waive(charge: Charge, *, reason: str, actor: Actor, at: dt.datetime) -> Charge:
    """Forgive a charge that is due. Refuses without a reason, or what was paid already."""
    return _taken_off(charge, State.WAIVED, "charge.waived", reason, actor, at)


@transaction.atomic
def cancel(charge: Charge, *, reason: str, actor: Actor | None, at: dt.datetime) -> Charge:
    """Take back a charge that was made by mistake. Refuses without a reason, or what was paid already."""
    return _taken_off(charge, State.CANCELLED, "charge.cancelled", reason, actor, at)


def release(subject: Subject, *, reason: str, actor: Actor | None, at: dt.datetime) -> int:
    """Take back whatever is still due of a subject that came to its end; returns how many charges.

    Whether it ended is the caller's to say, and the caller holds its row. What was paid stays: it may be given back.
    """
    rows = list(Charge.objects.of(subject).owed().select_for_update().order_by("pk"))
    for row in rows:
        row.state, row.reason, row.settled_at = State.CANCELLED, reason[:500], at
        row.save(update_fields=["state", "reason", "settled_at"])
        told = _told(row) | {"reason": reason}
        record(row.own, "charge.cancelled", actor=actor, at=at, particulars=told, thread=subject)
    return len(rows)


def locked_due(charges: Sequence[Charge]) -> list[Charge]:
    """Lock the subject of charges and the charges; refuses none, several subjects, or what is not due any more."""
    if not charges or len({(one.subject, one.agency_id) for one in charges}) != 1:
        raise Refusal("Hãy chọn ít nhất một khoản cần nộp của cùng một hồ sơ.", field="charges")
    hooks.lock(charges[0].subject)
    keys = {one.pk for one in charges}
    rows = list(
        Charge.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("unit__agency").order_by("pk")
    )
    for one in rows:
        if not one.is_due:
            raise Refusal(f"Khoản “{one.name}” {one.get_state_display().lower()} rồi. Hãy tải lại trang.")
    return rows


def _locked(subject: Subject) -> list[Charge]:
    hooks.lock(subject)
    return list(Charge.objects.of(subject).select_for_update().order_by("pk"))


def _require_amount(line: Line) -> None:
    if not 0 <= line.amount <= MOST:
        raise Refusal(f"Số tiền của khoản “{line.name}” không hợp lệ. Hãy kiểm tra mức thu.")


def _made(subject: Subject, line: Line, unit: Unit, payer: str, actor: Actor | None, at: dt.datetime) -> Charge:
    made = _new(subject, line, unit, payer, at)
    made.save(force_insert=True)
    kind = "charge.made" if line.amount else "charge.free"
    record(made.own, kind, actor=actor, at=at, particulars=_told(made), thread=subject, is_new=True)
    return made


def _new(subject: Subject, line: Line, unit: Unit, payer: str, at: dt.datetime) -> Charge:
    if unit.agency_id is None:
        raise Refusal(f"{unit} không thuộc cơ quan nào nên không thu được phí.")
    is_free = line.amount == 0
    return Charge(
        subject_kind=subject.kind,
        subject_id=subject.pk,
        key=line.key,
        name=line.name[:300],
        amount=line.amount,
        due=line.due,
        source=line.source[:500],
        state=State.WAIVED if is_free else State.DUE,
        reason=(line.note or FREE)[:500] if is_free else "",
        payer=payer,
        unit=unit,
        agency_id=unit.agency_id,
        charged_at=at,
        settled_at=at if is_free else None,
    )


def _amended(known: Charge, line: Line, actor: Actor | None, at: dt.datetime) -> Charge:
    is_forgiven = known.state == State.WAIVED and known.amount > 0
    if is_forgiven or (known.amount, known.due) == (line.amount, line.due):
        return known
    if known.state == State.PAID:
        raise Refusal(
            f"Khoản “{known.name}” đã nộp {dong(known.amount)}, không đổi thành {dong(line.amount)} được. "
            "Hãy hoàn tiền rồi thu lại, hoặc lập khoản riêng cho phần chênh lệch."
        )
    former = known.amount
    known.amount, known.due, known.name = line.amount, line.due, line.name[:300]
    is_free = line.amount == 0
    known.state, known.settled_at = (State.WAIVED, at) if is_free else (State.DUE, None)
    known.reason = (line.note or FREE)[:500] if is_free else ""
    known.save(update_fields=["amount", "due", "name", "state", "settled_at", "reason"])
    told = _told(known) | {"former": former}
    record(known.own, "charge.amended", actor=actor, at=at, particulars=told, thread=known.subject)
    return known


def _taken_off(charge: Charge, state: str, kind: str, reason: str, actor: Actor | None, at: dt.datetime) -> Charge:
    require_collector(actor, [charge])
    why = texts.reason(reason, what="lý do")
    (row,) = locked_due([charge])
    row.state, row.reason, row.settled_at = state, why, at
    row.save(update_fields=["state", "reason", "settled_at"])
    record(row.own, kind, actor=actor, at=at, particulars=_told(row) | {"reason": why}, thread=row.subject)
    how: hooks.How = "waived" if state == State.WAIVED else "cancelled"
    hooks.tell(hooks.Settled(row.subject, how, (row.pk,), row.amount, *owed(row.subject), actor, at))
    return row


def _told(charge: Charge) -> dict[str, object]:
    return {"name": charge.name, "amount": charge.amount, "reason": charge.reason}
