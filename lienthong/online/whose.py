"""Who hands in, for whom: from what was typed to particulars and to values of forms. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.applicants.models import Applicant
from lienthong.applicants.particulars import Particulars
from lienthong.fields.kinds import date
from lienthong.online.models import Filling

NAMES = ("name", "birth", "representative", "phone", "paper_kind", "paper_number", "paper_date", "paper_place",
         "commune_code", "street")  # fmt: skip
LONGEST = 400
AUTHORITY = "_uy_quyen"
AUTHORITY_NAME = "Giấy ủy quyền, giấy tờ chứng minh quan hệ"
Typed = Mapping[str, str]


def typed(post: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return what was typed about one of them: ``prefix`` "a" for whom it is, "m" for who hands in."""
    said = {name: str(post.get(f"{prefix}-{name}", "")).strip()[:LONGEST] for name in NAMES}
    return {name: value for name, value in said.items() if value}


def kind_of(acting: str, subjects: tuple[str, ...]) -> str:
    """Return the kind of applicant that somebody acts for."""
    if acting != Filling.Acting.ENTERPRISE:
        return Applicant.Kind.CITIZEN
    return next((one for one in ("enterprise", "organisation") if one in subjects), "enterprise")


def ways_of(subjects: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return for whom one may hand in, by whom the procedure is for."""
    ways: list[tuple[str, str]] = []
    if "citizen" in subjects:
        ways.append((Filling.Acting.SELF.value, Filling.Acting.SELF.label))
    if {"enterprise", "organisation"} & set(subjects):
        ways.append((Filling.Acting.ENTERPRISE.value, Filling.Acting.ENTERPRISE.label))
    if "citizen" in subjects:
        ways.append((Filling.Acting.OTHER.value, Filling.Acting.OTHER.label))
    return ways


def particulars(kind: str, said: Typed) -> Particulars:
    """Return what was typed, for ``applicants``."""
    known = dict(said)
    if kind == Applicant.Kind.ENTERPRISE and known.get("paper_number"):
        known["paper_kind"] = "tax"
    return Particulars.of(kind, known)


def as_values(kind: str, said: Typed) -> dict[str, Any]:
    """Return what was typed of somebody as the value of a field of kind person or enterprise."""
    place = {"commune": said.get("commune_code", ""), "street": said.get("street", "")}
    place = {name: value for name, value in place.items() if value}
    shared = {"name": said.get("name", ""), "phone": said.get("phone", "")}
    if kind != Applicant.Kind.CITIZEN:
        own: dict[str, Any] = {
            "tax_code": said.get("paper_number", ""),
            "representative": said.get("representative", ""),
            "address": place,
        }
    else:
        own = {
            "birth": said.get("birth", ""),
            "id_kind": said.get("paper_kind", ""),
            "id_number": said.get("paper_number", ""),
            "id_date": said.get("paper_date", ""),
            "id_place": said.get("paper_place", ""),
            "residence": place,
        }
    return {name: value for name, value in {**shared, **own}.items() if value}


def typed_of(applicant: Applicant) -> dict[str, str]:
    """Return what is known of an applicant as it would be typed; only for an account that the state has identified."""
    paper = applicant.papers.filter(valid_to=None).order_by("pk").first()
    said = {
        "name": applicant.name,
        "birth": date.written(applicant.birth) if applicant.birth else "",
        "representative": applicant.representative,
        "phone": applicant.phone,
        "commune_code": applicant.commune_code,
        "street": applicant.street,
        "paper_kind": paper.kind if paper else "",
        "paper_number": paper.number if paper else "",
        "paper_date": date.written(paper.issued_on.isoformat()) if paper and paper.issued_on else "",
        "paper_place": paper.issued_by if paper else "",
    }
    return {name: value for name, value in said.items() if value}
