"""Finding applicants, and giving what is known of them to forms."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from lienthong.applicants.models import Applicant, ApplicantQuerySet, IdentityPaper
from lienthong.applicants.particulars import Particulars, checked
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.actor import Actor

LEAST = 2
MOST = 10
ALIKE = 5


def _open_papers() -> Prefetch[Any]:
    return Prefetch("papers", IdentityPaper.objects.filter(valid_to=None).order_by("pk"))


def find(actor: Actor | None, words: str, *, most: int = MOST) -> list[Applicant]:
    """Return applicants by the beginning of a paper's number or of a phone, else by every word of the name.

    Two queries: the applicants and their papers. Names that begin with the words stand first.
    """
    asked = " ".join(fold(words).split())
    if len(asked) < LEAST:
        return []
    rows = _by(Applicant.objects.visible_to(actor).standing(), asked)
    rows = rows.prefetch_related(_open_papers())
    found = list(rows.order_by("-pk")[: most * 3])
    return sorted(found, key=lambda one: not one.folded.startswith(asked))[:most]


def _by(rows: ApplicantQuerySet, asked: str) -> ApplicantQuerySet:
    digits = re.sub(r"[\s.\-]", "", asked)
    if re.search(r"\d{3}", digits):
        numbered = IdentityPaper.objects.filter(applicant=OuterRef("pk"), number__startswith=digits.upper())
        return rows.filter(Q(Exists(numbered)) | Q(phone__startswith=digits))
    words = re.findall(r"[a-z0-9]+", asked)[:8]
    return rows.named(words) if words else rows.none()


def alike(actor: Actor | None, said: Particulars, *, on: dt.date) -> list[Applicant]:
    """Return who may be the person just typed: of the same name, born the same day or year as far as anybody knows.

    Whoever holds another paper of the kind that was typed is somebody else. At most ``ALIKE``, with their papers (two
    queries). Refuses impossible particulars.
    """
    clean = checked(said, on=on)
    rows = Applicant.objects.visible_to(actor).standing().filter(kind=clean.kind, folded=fold(clean.name))
    if clean.birth:
        year = Q(birth__startswith=clean.birth) if len(clean.birth) == len("1970") else Q(birth=clean.birth[:4])
        rows = rows.filter(Q(birth__in=["", clean.birth]) | year)
    if clean.paper_number:
        held = IdentityPaper.objects.filter(applicant=OuterRef("pk"), kind=clean.paper_kind, valid_to=None)
        rows = rows.exclude(Exists(held))
    return list(rows.order_by("-pk").prefetch_related(_open_papers())[:ALIKE])


def particulars_of(applicant: Applicant) -> Particulars:
    """Return what is known as it was entered, with the first of the papers that are held now (one query)."""
    paper = applicant.papers.filter(valid_to=None).order_by("pk").first()
    known = {name: getattr(applicant, name, "") for name in Particulars.__slots__}
    if paper is not None:
        day = paper.issued_on.isoformat() if paper.issued_on else ""
        known |= {
            "paper_kind": paper.kind, "paper_number": paper.number, "paper_date": day, "paper_place": paper.issued_by,
        }  # fmt: skip
    return Particulars.of(applicant.kind, known)


def as_values(applicant: Applicant) -> dict[str, Any]:
    """Return what is known as the canonical value of a field of kind person or enterprise."""
    paper = applicant.papers.filter(valid_to=None).order_by("pk").first()
    residence = {"commune": applicant.commune_code, "street": applicant.street}
    shared = {"name": applicant.name, "phone": applicant.phone, "email": applicant.email}
    if applicant.kind != Applicant.Kind.CITIZEN:
        code = paper.number if paper and paper.kind == IdentityPaper.Kind.TAX else ""
        return _said({**shared, "tax_code": code, "representative": applicant.representative, "address": residence})
    return _said(
        {
            **shared,
            "birth": applicant.birth,
            "sex": applicant.sex,
            "nationality": applicant.nationality,
            "ethnicity": applicant.ethnicity,
            "id_kind": paper.kind if paper else "",
            "id_number": paper.number if paper else "",
            "id_date": paper.issued_on.isoformat() if paper and paper.issued_on else "",
            "id_place": paper.issued_by if paper else "",
            "residence": residence,
        }
    )


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {k: v for k, v in value.items() if v} if isinstance(value, dict) else value
        for name, value in values.items()
        if value and (not isinstance(value, dict) or any(value.values()))
    }
