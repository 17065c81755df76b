"""The national code of a sector, by which the national portal knows it."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction

from lienthong.exchange.operations import send_missing_again
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import nfc
from lienthong.organisation.actor import Actor
from lienthong.procedures.models import Sector
from lienthong.procedures.operations.writing import require

LONGEST = 40
FORM = re.compile(r"[A-ZĐ0-9][A-ZĐ0-9._-]*")
"""Only what no code is, is refused: how national codes are built is not published in one place."""


@transaction.atomic
def name_sector(sector: Sector, *, code: str, actor: Actor, at: dt.datetime) -> Sector:
    """Enter, change or take back (empty) the national code of a sector; messages that waited for it go out again.

    Refuses who may not, what is no code, and the code of another sector. The same code again changes nothing.
    """
    require(actor)
    said = nfc(code).strip().upper()
    if said and (len(said) > LONGEST or not FORM.fullmatch(said)):
        raise Refusal("Mã gồm chữ in hoa không dấu, chữ số, dấu gạch hoặc chấm, ví dụ G15-HT01.", field="code")
    row = Sector.objects.select_for_update().get(pk=sector.pk)
    other = Sector.objects.filter(code=said).exclude(pk=row.pk).first() if said else None
    if other is not None:
        raise Refusal(f"Mã {said} đã là của lĩnh vực {other}. Xem lại mã.", field="code")
    if row.code == said:
        return row
    before, row.code = row.code, said
    row.save(update_fields=["code"])
    told = {"sector": row.name, "code": said, "before": before}
    record(Subject("sector", row.pk), "sector.coded", actor=actor, at=at, particulars=told)
    if said:
        send_missing_again(actor=None, at=at)
    return row
