"""The pages and the findings of a draft: at once where it is short, from the job's row where it is long."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lienthong.formatting.checking import Finding
from lienthong.formatting.official import Official
from lienthong.formatting.setting import page_count
from lienthong.formatting.strangers import findings_back
from lienthong.outgoing.models import Draft, DraftVersion, LongCheck
from lienthong.outgoing.queries.record import findings_of, pdf_of

LONG = 150_000
"""Letters of a paper that is set and checked by a job.

Measured: setting and checking cost 2.3 ms of CPU for a thousand letters, so this is some 0.35 s and 55 pages.
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a page shows of a paper: how many pages, what is not right; or that a job still works on it."""

    pages: range
    findings: Sequence[Finding] = ()
    waits: bool = False
    check: LongCheck | None = None


def is_long(version: DraftVersion) -> bool:
    """Tell whether a version is set and checked by a job."""
    return len(version.body) + sum(len(str(one.get("body", ""))) for one in version.appendices) > LONG


def _is_for_a_job(draft: Draft, version: DraftVersion) -> bool:
    """Only the newest wording is worth a job; an older one is looked at once."""
    return version.number == draft.version and is_long(version)


def checked(draft: Draft, version: DraftVersion, official: Official, *, on: dt.date) -> Checked:
    """Return pages and findings of a paper; of a long one only what the job has finished for exactly this paper."""
    if not _is_for_a_job(draft, version):
        findings = findings_of(official, on=on, type_code=draft.document_type.code)
        return Checked(range(1, page_count(pdf_of(official, draft.begun_at)) + 1), findings)
    row = LongCheck.objects.filter(draft=draft).defer("pdf").first()
    if row is None or row.key != key_of(draft, official, on=on):
        return Checked(range(0), waits=True)
    if row.state != LongCheck.State.DONE:
        return Checked(range(0), waits=True, check=row)
    return Checked(range(1, row.pages + 1), findings_back(row.findings), check=row)


def pages_of(draft: Draft, version: DraftVersion, official: Official, *, on: dt.date) -> Checked:
    """Return the pages alone, where nobody looks at the findings."""
    if _is_for_a_job(draft, version):
        return checked(draft, version, official, on=on)
    return Checked(range(1, page_count(pdf_of(official, draft.begun_at)) + 1))


def set_pdf(draft: Draft, version: DraftVersion, official: Official, *, on: dt.date) -> bytes:
    """Return the pages of a paper: those that the job has set, else set now."""
    if is_long(version):
        row = LongCheck.objects.filter(draft=draft, state=LongCheck.State.DONE).first()
        if row is not None and row.pdf is not None and row.key == key_of(draft, official, on=on):
            return bytes(row.pdf)
    return pdf_of(official, draft.begun_at)


def key_of(draft: Draft, official: Official, *, on: dt.date) -> str:
    """Return one word for a paper as it is on a day."""
    parts: list[Any] = [asdict(official), draft.document_type.code, on.isoformat()]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()
