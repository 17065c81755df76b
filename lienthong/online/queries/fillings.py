"""Drafts of an account, and what it gave before and may use again."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from lienthong.cases.models import Case
from lienthong.files.models import StoredFile
from lienthong.online import whose
from lienthong.online.models import Citizen, Filling, FillingFile, OwnCase
from lienthong.procedures.models import Procedure, ProcedureVersion
from lienthong.procedures.queries import published

MOST_OFFERED = 5


def fillings_of(citizen: Citizen, procedure: Procedure | None = None) -> list[Filling]:
    """Return the open drafts of an account, the last saved first (one query)."""
    rows = Filling.objects.visible_to(citizen).open().select_related("version__procedure").defer("version__text")
    if procedure is not None:
        rows = rows.filter(version__procedure=procedure)
    return list(rows.order_by("-saved_at", "-pk"))


def filling_of(citizen: Citizen, key: uuid.UUID) -> Filling | None:
    """Return a draft of the account by its key; None for others' (one query)."""
    rows = Filling.objects.visible_to(citizen).select_related("version__procedure__sector", "citizen__user")
    return rows.defer("version__text").filter(key=key).first()


def newer_than(filling: Filling, on: dt.date) -> tuple[bool, ProcedureVersion | None]:
    """Tell whether the version of a draft holds no more, and return the one that holds today if there is one."""
    current = published(filling.version.procedure.code, on)
    is_takeable = current is not None and current.definition.online in ("full", "partial")
    same = current is not None and current.pk == filling.version_id
    return not (same and is_takeable), current if is_takeable else None


def last_who(citizen: Citizen) -> Filling | None:
    """Return the draft from which the account last handed in, for who handed in (one query)."""
    rows = Filling.objects.visible_to(citizen).exclude(case=None).exclude(who={})
    return rows.order_by("-saved_at").first()


def known_who(citizen: Citizen) -> dict[str, str]:
    """Return what the account has shown or said of its own holder: never what is stored under a number they typed."""
    if citizen.applicant is not None and citizen.assurance == Citizen.Assurance.NATIONAL:
        return whose.typed_of(citizen.applicant)
    before = last_who(citizen)
    if before is not None:
        part = "a" if before.acting == Filling.Acting.SELF else "m"
        return dict(before.who.get(part, {}))
    return {name: said for name, said in (("name", citizen.name), ("phone", citizen.phone)) if said}


def last_case(citizen: Citizen, procedure: Procedure) -> Case | None:
    """Return the last case of a procedure that was handed in from the account (one query)."""
    mine = OwnCase.objects.visible_to(citizen).filter(right=OwnCase.Right.SUBMITTED)
    rows = Case.objects.filter(pk__in=mine.values("case"), procedure=procedure)
    return rows.order_by("-pk").first()


def offered(citizen: Citizen, words: Iterable[str]) -> dict[str, list[FillingFile]]:
    """Return files that the account handed in before, by what they may be used for again (one query)."""
    wanted = {word for word in words if word}
    if not wanted:
        return {}
    rows = FillingFile.objects.filter(filling__citizen=citizen, filling__case__isnull=False, reuse__in=wanted)
    rows = rows.select_related("file__blob", "filling__case").order_by("-pk")
    found: dict[str, list[FillingFile]] = {}
    for row in rows[:50]:
        some = found.setdefault(row.reuse, [])
        if len(some) < MOST_OFFERED and all(one.file_id != row.file_id for one in some):
            some.append(row)
    return found


def file_of(filling: Filling, pk: int) -> StoredFile | None:
    """Return a file of a draft, or of a draft of the same account that was handed in before."""
    rows = FillingFile.objects.filter(filling__citizen=filling.citizen_id, file=pk).select_related("file__blob")
    row = rows.first()
    return row.file if row else None
