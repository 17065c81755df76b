"""Comparing a gateway's list with our payments, and settling what does not agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.rules import clean, required
from lienthong.payments import gateways, hooks, notices
from lienthong.payments.models import Discrepancy, Payment, Reconciliation
from lienthong.payments.operations.settling import hold, settle
from lienthong.payments.policies import require_reconciler
from lienthong.payments.statements import StatementLine

Kind = Discrepancy.Kind
Way = Discrepancy.Way
LONGEST_SPAN = dt.timedelta(days=92)
ACCEPTABLE = (Kind.AMOUNT, Kind.MISSING_HERE)


@transaction.atomic
def reconcile(
    gateway: str,
    lines: Sequence[StatementLine],
    *,
    since: dt.date,
    until: dt.date,
    file_name: str,
    actor: Actor,
    at: dt.datetime,
) -> Reconciliation:
    """Compare a gateway's list of some days with ours and hold every difference once.

    Differences: it has what we have not counted; we counted what it has not; the amounts differ. Comparing the same
    list again adds nothing. Refuses a list with lines outside the days that are said, and too long a stretch.
    """
    require_reconciler(actor)
    agency = actor.post.unit.agency
    if agency is None:
        raise Forbidden("Chức vụ này không thuộc cơ quan nào nên không đối soát được.")
    _require_days(lines, since, until)
    made = Reconciliation(
        gateway=gateway,
        agency=agency,
        since=since,
        until=until,
        file_name=clean(file_name)[:200],
        lines=len(lines),
        matched=0,
        matched_amount=0,
        made_by=actor.post,
        at=at,
    )
    made.save(force_insert=True)
    _compare(made, lines, actor, at)
    made.save(update_fields=["matched", "matched_amount"])
    told = {"gateway": gateways.name_of(gateway), "lines": made.lines, "matched": made.matched}
    record(made.subject, "reconciliation.made", actor=actor, at=at, particulars=told, is_new=True)
    return made


@transaction.atomic
def resolve(held: Discrepancy, *, way: str, note: str, actor: Actor, at: dt.datetime) -> Discrepancy:
    """Settle what was held: the money counts as paid, was given back, or is explained. Refuses without a note."""
    require_reconciler(actor)
    why = required(note, what="cách đã xử lý", field="note", longest=500)
    if way not in Way.values:
        raise Refusal("Hãy chọn cách xử lý.", field="way")
    payment = held.payment
    if payment is not None:
        hooks.lock(payment.subject)
        payment = Payment.objects.select_for_update(of=("self",)).select_related("agency").get(pk=payment.pk)
    row = Discrepancy.objects.select_for_update().get(pk=held.pk)
    if row.resolved_at is not None:
        raise Refusal("Sai lệch này đã được xử lý. Hãy tải lại trang.")
    if way == Way.ACCEPTED:
        _accept(row, payment, actor, at)
    row.way, row.note, row.resolved_by, row.resolved_at = way, why, actor.post, at
    row.save(update_fields=["way", "note", "resolved_by", "resolved_at"])
    notices.settled(row, at=at)
    told = {"way": row.get_way_display(), "note": why}
    thread = payment.subject if payment else None
    record(row.subject, "discrepancy.resolved", actor=actor, at=at, particulars=told, thread=thread)
    return row


def _accept(row: Discrepancy, payment: Payment | None, actor: Actor, at: dt.datetime) -> None:
    """Count the money that the gateway says it has."""
    if payment is None or row.kind not in ACCEPTABLE or payment.has_money or not row.theirs:
        raise Refusal("Khoản này không ghi nhận là đã nộp được. Hãy trả lại tiền hoặc làm rõ với cổng.", field="way")
    if row.theirs < payment.amount:
        raise Refusal(
            "Số tiền nhận được ít hơn số phải nộp nên không ghi nhận được. Hãy trả lại tiền rồi thu lại.", field="way"
        )
    settle(payment, transaction=row.transaction, received=row.theirs, paid_at=at, actor=actor, at=at)


def _require_days(lines: Sequence[StatementLine], since: dt.date, until: dt.date) -> None:
    if until < since or until - since > LONGEST_SPAN:
        raise Refusal("Kỳ đối soát phải từ ngày trước đến ngày sau, dài nhất ba tháng.", field="until")
    start, end = _bounds(since, until)
    strays = [line.line for line in lines if not start <= line.at < end]
    if strays:
        raise Refusal(
            f"Dòng {strays[0]} có thời gian ngoài kỳ đối soát đã ghi. Hãy sửa kỳ, hoặc xuất lại bảng kê.", field="since"
        )


def _bounds(since: dt.date, until: dt.date) -> tuple[dt.datetime, dt.datetime]:
    return at_local(since, dt.time()), at_local(until + dt.timedelta(days=1), dt.time())


def _compare(made: Reconciliation, lines: Sequence[StatementLine], actor: Actor, at: dt.datetime) -> None:
    known = Payment.objects.filter(gateway=made.gateway, reference__in=[line.reference for line in lines])
    ours = {payment.reference: payment for payment in known.select_related("agency")}
    seen: dict[str, str] = {}
    for line in lines:
        payment = ours.get(line.reference)
        said = {"transaction": line.transaction, "theirs": line.amount, "at": at, "reconciliation": made}
        kind = _difference(payment, line, seen)
        seen.setdefault(line.reference, line.transaction)
        if kind is None:
            made.matched += 1
            made.matched_amount += line.amount
        elif payment is None:
            hold(kind, None, **said, gateway=made.gateway, reference=line.reference)  # type: ignore[arg-type]  # as above
        else:
            hold(kind, payment, **said, ours=payment.received or payment.amount)  # type: ignore[arg-type]  # as above
    _missing_there(made, {line.transaction for line in lines}, actor, at)


def _difference(payment: Payment | None, line: StatementLine, seen: dict[str, str]) -> str | None:
    """Return how a line differs from ours, None when it agrees."""
    if payment is None:
        return Kind.UNKNOWN
    if seen.get(line.reference, line.transaction) != line.transaction:
        return Kind.DUPLICATE
    if not payment.has_money:
        return Kind.MISSING_HERE if line.amount == payment.amount else Kind.AMOUNT
    if payment.transaction != line.transaction:
        return Kind.DUPLICATE
    return None if payment.received == line.amount else Kind.AMOUNT


def _missing_there(made: Reconciliation, listed: set[str], actor: Actor, at: dt.datetime) -> None:
    """Hold what we counted in those days and the gateway does not list: of the actor's agency alone."""
    start, end = _bounds(made.since, made.until)
    paid = Payment.objects.visible_to(actor).filter(gateway=made.gateway, paid_at__gte=start, paid_at__lt=end)
    for payment in paid.exclude(transaction__in=listed).select_related("agency").order_by("pk"):
        hold(
            Kind.MISSING_THERE,
            payment,
            transaction=payment.transaction,
            ours=payment.received,
            at=at,
            reconciliation=made,
        )
