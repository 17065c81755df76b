"""The order in which documents lie in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.organisation.actor import Actor
from lienthong.workfiles.models import Filing, WorkFile
from lienthong.workfiles.operations.files import require_keeper
from lienthong.workfiles.operations.filing import named, standing
from lienthong.workfiles.operations.readers import locked


@transaction.atomic
def move(filing: Filing, *, up: bool, actor: Actor, at: dt.datetime) -> None:
    """Move a document one place up or down, a case with its papers; a paper of a case moves within the case.

    At the end of the list nothing changes.
    """
    file = locked(filing.file)
    require_keeper(actor, file)
    filing = standing(filing)
    rows = _standing_rows(file)
    beside = [one for one in rows if one.whole_id == filing.whole_id]
    place = beside.index(filing)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(beside):
        return
    beside[place], beside[other] = beside[other], beside[place]
    tops = beside if filing.whole_id is None else [one for one in rows if one.whole_id is None]
    below = [one for one in rows if one.whole_id not in (None, filing.whole_id)]
    below += beside if filing.whole_id is not None else []
    _number(tops, below)
    record(file.subject, "work_file.reordered", actor=actor, at=at, particulars=named(filing))


@transaction.atomic
def order_by_date(file: WorkFile, *, actor: Actor, at: dt.datetime) -> None:
    """Put what lies in a file into the order of its dates, a case with its papers; what has none comes last."""
    file = locked(file)
    require_keeper(actor, file)
    rows = _standing_rows(file)
    rows.sort(key=lambda one: (one.date is None, one.date or dt.date.min, one.order))
    _number([one for one in rows if one.whole_id is None], [one for one in rows if one.whole_id is not None])
    record(file.subject, "work_file.reordered", actor=actor, at=at, particulars={"document": "tất cả, theo ngày"})


def _standing_rows(file: WorkFile) -> list[Filing]:
    return list(file.filings.filter(removed_at=None).order_by("order", "pk"))


def _number(tops: Sequence[Filing], parts: Sequence[Filing]) -> None:
    """Write the places anew: each line of its own followed by its parts, in the order given."""
    below: dict[int | None, list[Filing]] = {}
    for one in parts:
        below.setdefault(one.whole_id, []).append(one)
    rows = [one for top in tops for one in (top, *below.get(top.pk, ()))]
    rows += [one for one in parts if all(one.whole_id != top.pk for top in tops)]
    for place, one in enumerate(rows, start=1):
        one.order = place
    Filing.objects.bulk_update(rows, ["order"])
