"""Work files, kept or foreseen, go from one keeper to another."""

from __future__ import annotations

from django.db.models import QuerySet

from lienthong.journal.operations import record, record_many
from lienthong.kernel.refusal import Refusal
from lienthong.notifications.operations import clear_many
from lienthong.organisation.holdings import Hands
from lienthong.workfiles.models import PlannedFile, WorkFile
from lienthong.workfiles.operations.readers import open_to


def files(rows: QuerySet[WorkFile], hands: Hands) -> int:
    """Let the taker keep the files, in the unit of the taker; what is in the archive stays as it was."""
    found = list(rows.select_for_update(of=("self",)))
    _require_one_agency({file.agency_id for file in found}, hands)
    keys = [file.pk for file in found]
    WorkFile.objects.filter(pk__in=keys).update(post=hands.taker, unit=hands.taker.unit_id)
    for file in found:
        open_to(file, [hands.taker.audience, hands.taker.unit.audience])
    clear_many("work_file", keys, at=hands.at, posts=[hands.giver])
    events = [(file.subject, file.subject, hands.told) for file in found]
    record_many(events, "work_file.taken_over", actor=hands.actor, at=hands.at)
    return len(found)


def planned_files(rows: QuerySet[PlannedFile], hands: Hands) -> int:
    """Foresee the taker as the keeper of files that were not opened yet; the journal of the list keeps it."""
    found = list(rows.select_for_update(of=("self",)).select_related("heading__plan"))
    _require_one_agency({row.heading.plan.agency_id for row in found}, hands)
    for row in found:
        row.post, row.unit_id = hands.taker, hands.taker.unit_id
        row.save(update_fields=["post", "unit"])
        told = {**hands.told, "code": row.code}
        plan = row.heading.plan.subject
        record(plan, "file_plan.file_taken_over", actor=hands.actor, at=hands.at, particulars=told)
    return len(found)


def _require_one_agency(agencies: set[int], hands: Hands) -> None:
    if agencies - {hands.taker.unit.agency_id}:
        raise Refusal(f"{hands.taker} không thuộc cơ quan có hồ sơ. Hãy chọn người trong cơ quan đó.", field="taker")
