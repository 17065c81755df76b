"""Taking, reserving and voiding numbers."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.numbering.models import Counter, Number, Series
from lienthong.numbering.periods import said
from lienthong.organisation.actor import Actor

TAKE = """
WITH raised AS (
    INSERT INTO numbering_counter (series_id, period, highest) VALUES (%(series)s, %(period)s, 1)
    ON CONFLICT (series_id, period) DO UPDATE SET highest = numbering_counter.highest + 1
    RETURNING highest
)
INSERT INTO numbering_number (series_id, period, number, suffix, state, subject_kind, subject_id, reason, at)
SELECT %(series)s, %(period)s, highest, '', 'issued', %(kind)s, %(pk)s, '', %(at)s FROM raised
RETURNING number
"""


def open_series(key: str, *, name: str) -> Series:
    """Open a series, or return the one that is open already under this key."""
    series, _ = Series.objects.get_or_create(key=key, defaults={"name": name})
    return series


def take(series: Series, *, period: int, subject: Subject | None, at: dt.datetime) -> int:
    """Take the next number of a period for ``subject``, inside the caller's transaction (one statement).

    It holds the counter's row until the transaction ends: call it last. If the transaction rolls back, the number was
    never taken.
    """
    _in_transaction()
    kind, pk = (subject.kind, subject.pk) if subject else ("", None)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"series": series.pk, "period": period, "kind": kind, "pk": pk, "at": at})
        return int(cursor.fetchone()[0])


TAKE_IN = """
WITH raised AS (
    INSERT INTO numbering_counter (series_id, period, highest)
    SELECT id, %(period)s, 1 FROM numbering_series WHERE key = %(key)s
    ON CONFLICT (series_id, period) DO UPDATE SET highest = numbering_counter.highest + 1
    RETURNING series_id, highest
)
INSERT INTO numbering_number (series_id, period, number, suffix, state, subject_kind, subject_id, reason, at)
SELECT series_id, %(period)s, highest, '', 'issued', %(kind)s, %(pk)s, '', %(at)s FROM raised
RETURNING number
"""


def take_in(key: str, *, name: str, period: int, subject: Subject, at: dt.datetime) -> int:
    """Take the next number in the series of a key (one statement), opening the series the first time. See ``take``."""
    _in_transaction()
    facts: dict[str, str | int | dt.datetime] = {
        "key": key, "period": period, "kind": subject.kind, "pk": subject.pk, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TAKE_IN, facts)
        row = cursor.fetchone()
    return int(row[0]) if row else take(open_series(key, name=name), period=period, subject=subject, at=at)


def take_given(
    series: Series, *, period: int, number: int, suffix: str = "", subject: Subject | None, at: dt.datetime
) -> int:
    """Take a number that stands on paper already. Refuses one that is used, or one that would leave a gap."""
    _in_transaction()
    counter = _locked_counter(series, period)
    if not suffix and number > counter.highest + 1:
        raise Refusal(
            f"Số {number} để trống các số từ {counter.highest + 1}. Hãy dùng số {counter.highest + 1}, "
            "hoặc giữ chỗ các số ở giữa trước.",
            field="number",
        )
    held = Number.objects.filter(series=series, period=period, number=number, suffix=suffix).first()
    if held and held.state == Number.State.RESERVED:
        held.state, held.at = Number.State.ISSUED, at
        held.subject_kind, held.subject_id = (subject.kind, subject.pk) if subject else ("", None)
        held.save(update_fields=["state", "at", "subject_kind", "subject_id"])
        return number
    if held:
        word = "đã hủy" if held.state == Number.State.VOID else "đã dùng"
        raise Refusal(f"Số {number}{suffix} {said(period)} {word}. Hãy chọn số khác.", field="number")
    _write(series, period, number, Number.State.ISSUED, subject, at, suffix=suffix)
    if not suffix and number > counter.highest:
        counter.highest = number
        counter.save(update_fields=["highest"])
    return number


@transaction.atomic
def reserve(series: Series, *, period: int, count: int, reason: str, actor: Actor, at: dt.datetime) -> list[int]:
    """Reserve the next ``count`` numbers of a period, to be used later one by one. Refuses without a reason."""
    if not reason.strip() or not 1 <= count <= 1000:
        raise Refusal("Hãy ghi lý do giữ số và số lượng từ 1 đến 1.000.", field="reason")
    counter = _locked_counter(series, period)
    numbers = list(range(counter.highest + 1, counter.highest + count + 1))
    Number.objects.bulk_create(
        Number(series=series, period=period, number=number, state=Number.State.RESERVED, reason=reason.strip(), at=at)
        for number in numbers
    )
    counter.highest = numbers[-1]
    counter.save(update_fields=["highest"])
    particulars = {"year": period, "from": numbers[0], "to": numbers[-1], "reason": reason.strip()}
    record(Subject("series", series.pk), "number.reserved", actor=actor, at=at, particulars=particulars)
    return numbers


@transaction.atomic
def void(
    series: Series, *, period: int, number: int, suffix: str = "", reason: str, actor: Actor | None, at: dt.datetime
) -> Number:
    """Void a number for ever; its row stays with the reason. Refuses an unknown or void number, or no reason."""
    if not reason.strip():
        raise Refusal("Hãy ghi lý do hủy số.", field="reason")
    row = Number.objects.select_for_update().filter(series=series, period=period, number=number, suffix=suffix).first()
    if row is None:
        raise Refusal(f"Số {number}{suffix} {said(period)} chưa được cấp.", field="number")
    if row.state == Number.State.VOID:
        raise Refusal(f"Số {number}{suffix} {said(period)} đã hủy từ trước.", field="number")
    row.state, row.reason = Number.State.VOID, reason.strip()[:300]
    row.voided_by = actor.officer if actor else None
    row.save(update_fields=["state", "reason", "voided_by"])
    particulars = {"year": period, "number": number, "suffix": suffix, "reason": row.reason}
    record(Subject("series", series.pk), "number.voided", actor=actor, at=at, particulars=particulars)
    return row


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that uses it")


def _locked_counter(series: Series, period: int) -> Counter:
    Counter.objects.get_or_create(series=series, period=period)
    return Counter.objects.select_for_update().get(series=series, period=period)


def _write(
    series: Series, period: int, number: int, state: str, subject: Subject | None, at: dt.datetime, *, suffix: str = ""
) -> None:
    Number(
        series=series,
        period=period,
        number=number,
        suffix=suffix,
        state=state,
        subject_kind=subject.kind if subject else "",
        subject_id=subject.pk if subject else None,
        at=at,
    ).save(force_insert=True)
