"""In which work file a case lies, and whether the actor may put it into one."""

from __future__ import annotations

from typing import Any

from lienthong.cases.filing import MAY
from lienthong.cases.models import Case
from lienthong.organisation.actor import Actor
from lienthong.workfiles import policies
from lienthong.workfiles.models import WorkFile
from lienthong.workfiles.queries.record import files_holding
from lienthong.workfiles.subjects import filing_address


def filing_of(case: Case, actor: Actor) -> dict[str, Any]:
    """Return the files in which a case lies (those that the actor reads with a link), and where it would be filed.

    No query while the case runs or lies in none; two where it does.
    """
    may = case.status in MAY and not case.is_filed and policies.can_open(actor)
    holding = files_holding(case.subject) if case.is_filed else []
    keys = [file.pk for file in holding]
    read = set(WorkFile.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return {
        "filed_in": [(file, file.pk in read) for file in holding],
        "filing_url": filing_address(case.subject) if may else "",
    }
