"""Facts become messages to every partner that is connected, in the transaction of the deed itself."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db import connection

from lienthong.exchange import partners
from lienthong.exchange.facts import Facts
from lienthong.exchange.models import Message
from lienthong.kernel.subjects import Subject


def told_last(subject: Subject, topic: str) -> dict[str, str]:
    """Return the mark of what each partner was told last of a topic, by the partner's code (one query)."""
    rows = Message.objects.filter(subject_kind=subject.kind, subject_id=subject.pk, topic=topic)
    return dict(rows.order_by("partner", "-pk").distinct("partner").values_list("partner", "mark"))


def announce(
    subject: Subject, told: Sequence[tuple[str, str, Facts]], *, before: Mapping[str, str], at: dt.datetime
) -> int:
    """Queue for every connected partner what is told, in its order: (topic, mark, facts); returns how many messages.

    ``before`` is what each partner was told last of the first topic (``told_last``): the same mark again is not told;
    a partner who was told nothing yet gets it as new. One statement; inside the caller's transaction, who holds the
    subject's row, so that order is kept. What is missing in a message is found before it is sent: no deed fails for it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("exchange.announce belongs inside the transaction of the deed that it tells")
    rows = []
    for partner in partners.in_use():
        for topic, mark, facts in told:
            last = before.get(partner.code) if topic == told[0][0] else None
            if last is not None and last == mark:
                continue
            kind, body = partner.write(facts, is_update=last is not None)
            rows.append(
                Message(
                    partner=partner.code, topic=topic, kind=kind, subject_kind=subject.kind, subject_id=subject.pk,
                    mark=mark, key=uuid.uuid4(), body=body, created_at=at, not_before=at,
                )
            )  # fmt: skip
    Message.objects.bulk_create(rows)
    return len(rows)
