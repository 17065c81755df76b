"""The papers of ended cases as a work file lists them, each with its day, its author and its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from lienthong.cases.models import Case, CasePaper, Consultation, IssuedPaper, ResultPaper
from lienthong.files.models import Attachment
from lienthong.files.queries import attachments_of
from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Subject
from lienthong.outgoing.models import OutgoingDocument
from lienthong.workfiles.fileable import Part, Particulars

RELATED = ("applicant", "receiving_agency", "competent_agency")


def parts_of(pks: Sequence[int]) -> Mapping[int, Sequence[Part]]:
    """Return the parts of cases, by case: what was given out, handed in, said and made; the control slip, the journal.

    A fixed number of queries, however many cases.
    """
    rows = Case.objects.filter(pk__in=pks).select_related(*RELATED).prefetch_related("competent_agency__names")
    cases = list(rows.defer("values"))
    found: dict[int, list[Part]] = {case.pk: [] for case in cases}
    by_key = {case.pk: case for case in cases}
    for papers in (_issued(by_key), _handed_in(by_key), _opinions(by_key), _results(by_key)):
        for pk, part in papers:
            found[pk].append(part)
    for case in cases:
        found[case.pk] += _own(case)
    return found


Found = list[tuple[int, Part]]
Known = Mapping[int, Case]


def _issued(cases: Known) -> Found:
    rows = IssuedPaper.objects.filter(case__in=cases).order_by("case", "form", "number", "issue")
    found: Found = []
    for _, papers in groupby(rows, key=attrgetter("case_id", "form")):
        several = list(papers)
        has_rounds = any(row.number > 1 for row in several)
        for row in several:
            case = cases[row.case_id]
            again = (f" lần {row.number}" if has_rounds else "") + (f", lập lại {row.issue}" if row.issue > 1 else "")
            told = Particulars(
                symbol=case.code,
                title=f"{row.get_form_display()}{again}",
                issuer=case.receiving_agency.name,
                date=local_date(row.at),
            )
            found.append((case.pk, Part(Subject("case_issued", row.pk), told)))
    return found


def _handed_in(cases: Known) -> Found:
    rows = list(CasePaper.objects.filter(case__in=cases).order_by("case", "order", "pk"))
    files = attachments_of("case_paper", [row.pk for row in rows])
    found: Found = []
    for row in rows:
        if row.is_there:
            case = cases[row.case_id]
            told = Particulars(
                title=row.name,
                issuer=case.applicant.name,
                date=local_date(row.given_at) if row.given_at else None,
                pages=_pages(files.get(row.pk)),
                note=_counts(row),
            )
            found.append((case.pk, Part(row.subject, told)))
    return found


def _counts(row: CasePaper) -> str:
    words = ((row.originals, "bản chính"), (row.copies, "bản sao"))
    said = [f"{number} {word}" for number, word in words if number]
    return ", ".join([*said, *(["bản điện tử"] if row.is_digital else [])])


def _opinions(cases: Known) -> Found:
    rows = list(
        Consultation.objects.filter(case__in=cases, answered_at__isnull=False).select_related("unit").order_by("pk")
    )
    files = attachments_of("consultation", [row.pk for row in rows])
    return [
        (
            row.case_id,
            Part(
                row.subject,
                Particulars(
                    title=f"Ý kiến về hồ sơ: {row.question}",
                    issuer=row.unit.name,
                    date=local_date(row.answered_at) if row.answered_at else None,
                    pages=_pages(files.get(row.pk)),
                ),
            ),
        )
        for row in rows
    ]


def _results(cases: Known) -> Found:
    rows = list(ResultPaper.objects.filter(case__in=cases, standing="").order_by("case", "pk"))
    files = attachments_of("result", [row.pk for row in rows])
    documents = OutgoingDocument.objects.in_bulk([row.document_id for row in rows if row.document_id])
    found: Found = []
    for row in rows:
        document = documents.get(row.document_id or 0)
        if row.symbol or row.pk in files:
            found.append((row.case_id, Part(row.subject, _result(row, cases[row.case_id], document, files))))
    return found


def _result(
    row: ResultPaper, case: Case, document: OutgoingDocument | None, files: Mapping[int, list[Attachment]]
) -> Particulars:
    day = local_date(row.signed_at) if row.signed_at else document.issue_date if document else local_date(row.made_at)
    said = [f"người ký {row.signer}" if row.signer else "", f"vào sổ {row.entry}" if row.entry else ""]
    return Particulars(
        symbol=row.symbol,
        title=row.name,
        issuer=_name_on(case, day),
        date=document.issue_date if document else day,
        pages=document.pages if document else _pages(files.get(row.pk)),
        note=", ".join(one for one in said if one),
    )


def _name_on(case: Case, day: dt.date) -> str:
    """Return what the agency was called on a day (its names are fetched already); before its first name, its first."""
    names = sorted(case.competent_agency.names.all(), key=lambda one: one.valid_from)
    return next((one.name for one in reversed(names) if one.valid_from <= day), names[0].name)


def _own(case: Case) -> list[Part]:
    """Return the control slip of a case that was received, and what the system wrote down of it."""
    ended = case.ended_at or case.finished_at or case.changed_at
    told: dict[str, Any] = {"symbol": case.code, "issuer": case.competent_agency.name, "date": local_date(ended)}
    slip = Particulars(title="Phiếu kiểm soát quá trình giải quyết hồ sơ", **told)
    journal = Particulars(title="Nhật ký giải quyết hồ sơ trên hệ thống", note="bản điện tử", **told)
    parts = [Part(Subject("case_journal", case.pk), journal)]
    return [Part(Subject("case_control", case.pk), slip), *parts] if case.received_at else parts


def _pages(files: Sequence[Attachment] | None) -> int | None:
    return sum(one.file.blob.pages for one in files or ()) or None
