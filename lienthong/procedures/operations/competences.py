"""Saying which part of an agency handles which sector."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.procedures.models import Competence, Sector
from lienthong.procedures.operations.writing import require


@transaction.atomic
def set_competence(
    agency: Unit,
    sector: Sector,
    *,
    unit: Unit,
    post: Post | None = None,
    valid_from: dt.date,
    actor: Actor | None,
    at: dt.datetime,
) -> Competence:
    """Say which part of an agency handles a sector from a day on; what held before ends that day.

    Refuses a part outside the agency and what it oversees, an officer of another unit, and a day not after the last.
    """
    if actor is not None:
        require(actor)
    if agency.pk not in (unit.agency_id, unit.parent_id, unit.pk):
        raise Refusal(f"{unit} không thuộc {agency}. Chọn bộ phận của cơ quan này.", field="unit")
    if post is not None and post.unit_id != unit.pk:
        raise Refusal(f"{post} không ở {unit}. Chọn cán bộ của bộ phận này.", field="post")
    last = Competence.objects.select_for_update().filter(agency=agency, sector=sector, valid_to=None).first()
    if last is not None:
        if last.valid_from >= valid_from:
            raise Refusal(f"Đã phân công từ ngày {last.valid_from:%d/%m/%Y}. Chọn ngày sau đó.", field="valid_from")
        last.valid_to = valid_from
        last.save(update_fields=["valid_to"])
    row = Competence.objects.create(agency=agency, sector=sector, unit=unit, post=post, valid_from=valid_from)
    told = {"sector": sector.name, "unit": unit.name, "post": str(post or ""), "from": valid_from.isoformat()}
    record(Subject("agency", agency.pk), "competence.set", actor=actor, at=at, particulars=told)
    return row
