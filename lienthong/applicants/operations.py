"""Entering applicants and keeping what is known of them right."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from lienthong.applicants.models import Applicant, IdentityPaper
from lienthong.applicants.particulars import Particulars, checked
from lienthong.applicants.policies import can_keep
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.actor import Actor

COLUMNS = (
    "kind", "name", "birth", "sex", "nationality", "ethnicity", "representative", "phone", "email", "commune_code",
    "street", "address",
)  # fmt: skip


@transaction.atomic
def enter(particulars: Particulars, *, actor: Actor | None, at: dt.datetime) -> Applicant:
    """Enter an applicant; ``actor`` is None at the citizen's own desk.

    Refuses who may not, impossible particulars, and a paper that belongs to somebody already: it says to whom.
    """
    _require(actor)
    said = checked(particulars, on=local_date(at))
    _refuse_held(said, None)
    applicant = Applicant(entered_at=at)
    _write(applicant, said)
    applicant.save(force_insert=True)
    if said.paper_number:
        _add_paper(applicant, said, at)
    record(applicant.subject, "applicant.entered", actor=actor, at=at, particulars={"name": said.name}, is_new=True)
    return applicant


@transaction.atomic
def amend(
    applicant: Applicant, particulars: Particulars, *, reason: str = "", actor: Actor | None, at: dt.datetime
) -> Applicant:
    """Correct what is known; the journal keeps which things changed (not their words: they are personal).

    A new paper of a kind takes the place of the old one. Refuses as ``enter`` does, and where nothing changes.
    """
    _require(actor)
    row = Applicant.objects.select_for_update().get(pk=applicant.pk)
    if row.merged_into_id:
        raise Refusal(f"Người này đã được gộp vào {row.merged_into}. Hãy sửa ở đó.")
    said = checked(particulars, on=local_date(at))
    _refuse_held(said, row)
    before: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS}
    _write(row, said)
    changed = [name for name in COLUMNS if getattr(row, name) != before[name]]
    if said.paper_number and not _has(row, said):
        open_ones = row.papers.filter(kind=said.paper_kind, valid_to=None)
        open_ones.filter(valid_from__lt=local_date(at)).update(valid_to=local_date(at))
        open_ones.filter(valid_from__gte=local_date(at)).delete()
        _add_paper(row, said, at)
        changed.append("paper")
    if not changed:
        raise Refusal("Chưa có thông tin nào thay đổi.")
    row.save(update_fields=[*COLUMNS, "folded"])
    told = {"changed": changed, "reason": reason.strip()}
    record(row.subject, "applicant.amended", actor=actor, at=at, particulars=told)
    return row


def _require(actor: Actor | None) -> None:
    if actor is not None and not can_keep(actor):
        raise Forbidden("Chỉ cán bộ một cửa được nhập, sửa thông tin người nộp hồ sơ.")


def _refuse_held(said: Particulars, own: Applicant | None) -> None:
    if not said.paper_number:
        return
    held = IdentityPaper.objects.filter(kind=said.paper_kind, number=said.paper_number, valid_to=None)
    found = held.select_related("applicant").first()
    if found is not None and (own is None or found.applicant_id != own.pk):
        raise Refusal(
            f"Số giấy tờ này đã là của {found.applicant.name}. Hãy chọn người đó, hoặc xem lại số.",
            field="paper_number",
        )


def _has(row: Applicant, said: Particulars) -> bool:
    return row.papers.filter(kind=said.paper_kind, number=said.paper_number, valid_to=None).exists()


def _write(row: Applicant, said: Particulars) -> None:
    for name in COLUMNS:
        setattr(row, name, getattr(said, name))
    row.folded = fold(said.name)


def _add_paper(applicant: Applicant, said: Particulars, at: dt.datetime) -> None:
    IdentityPaper.objects.create(
        applicant=applicant,
        kind=said.paper_kind,
        number=said.paper_number,
        issued_on=dt.date.fromisoformat(said.paper_date) if said.paper_date else None,
        issued_by=said.paper_place,
        valid_from=local_date(at),
    )
