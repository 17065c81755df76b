"""Files of the papers of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from lienthong.cases import following
from lienthong.cases.models import Case
from lienthong.files.models import StoredFile
from lienthong.files.operations.attaching import attach
from lienthong.organisation.actor import Actor


@transaction.atomic
def attach_papers(
    case: Case, files: Mapping[str, Sequence[StoredFile]], *, actor: Actor | None, at: dt.datetime
) -> int:
    """Hang scanned or photographed files on the papers of a case, by the papers' keys; returns how many got some.

    Twice the same file is once. Papers that the case does not have are passed over: the form was drawn anew meanwhile.
    """
    rows = {row.key: row for row in case.papers.filter(key__in=[key for key, some in files.items() if some])}
    for key, row in rows.items():
        for file in files[key]:
            attach(file, row.subject, actor=actor, at=at, tell=False)
        row.is_digital, row.given_at = True, row.given_at or at
        row.save(update_fields=["is_digital", "given_at"])
    following.tell("papers", case, actor=actor, at=at)
    return len(rows)
