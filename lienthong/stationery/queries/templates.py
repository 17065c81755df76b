"""Which templates there are for whom, what stands in them, and what they look like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from lienthong.files import storage
from lienthong.files.models import StoredFile
from lienthong.formatting.official import Official
from lienthong.journal.queries import TimelineEntry, timeline
from lienthong.kernel.periods import in_force
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.queries import name_on
from lienthong.stationery import checking, papers, word_files
from lienthong.stationery.models import DocumentTemplate, TemplateVersion
from lienthong.stationery.models.template import ADMINISTER
from lienthong.stationery.placeholders import Fault
from lienthong.stationery.queries.letterheads import letterhead_on
from lienthong.stationery.words import Value, day_values, words


def templates_for(actor: Actor, type_code: str, on: dt.date) -> list[DocumentTemplate]:
    """Return the templates from which an officer may begin a draft of a type on a day, the unit's own first.

    One query; each has its ``current`` version. An empty ``type_code`` means every type.
    """
    rows = DocumentTemplate.objects.visible_to(actor).offered().filter(in_force(on, "document_type__"))
    if type_code:
        rows = rows.of_types([type_code])
    return list(rows.select_related("document_type", "owner", "current").in_order())


def type_codes_in_use(actor: Actor, on: dt.date) -> frozenset[str]:
    """Return the codes of the types for which an officer has a template on a day."""
    rows = DocumentTemplate.objects.visible_to(actor).offered().filter(in_force(on, "document_type__"))
    return frozenset(rows.values_list("document_type__code", flat=True))


def office_values(actor: Actor, *, unit: Unit, on: dt.date) -> dict[str, Value]:
    """Return the values of the words about unit, officer and day for a draft that ``actor`` begins for ``unit``.

    Words about the signer and about an incoming document are the caller's to add.
    """
    head = letterhead_on(unit, on)
    agency = unit.agency or unit
    parent = agency.parent
    officer = actor.officer
    return day_values(on) | {
        "co_quan": name_on(agency, on),
        "co_quan_cap_tren": name_on(parent, on) if parent else "",
        "don_vi_soan": name_on(actor.post.unit, on),
        "ky_hieu_co_quan": agency.symbol,
        "ky_hieu_don_vi": actor.post.unit.symbol if actor.post.unit_id != agency.pk else "",
        "dia_danh": head.place,
        "nguoi_soan": officer.full_name,
        "chuc_vu_nguoi_soan": actor.post.title,
        "dien_thoai": officer.phone,
        "thu_dien_tu": officer.email,
        "dau_cap_tren": head.superior,
        "dau_co_quan": head.issuer,
    }


def units_kept(actor: Actor, on: dt.date) -> list[Unit]:
    """Return the units whose stationery an officer keeps, the own one first; an administrator: every agency."""
    own = actor.post.unit
    rows = Unit.objects.existing(on).filter(is_external=False)
    if actor.can(ADMINISTER):
        rows = rows.filter(Q(is_agency=True) | Q(pk=own.pk))
    elif own.kind == Unit.Kind.OFFICE and own.agency_id is not None:
        rows = rows.filter(Q(agency=own.agency_id) | Q(pk=own.pk))
    elif own.is_agency:
        rows = rows.filter(agency=own.pk)
    else:
        rows = rows.filter(pk=own.pk)
    units = list(rows.select_related("agency").order_by("order", "name", "pk"))
    return sorted(units, key=lambda unit: unit.pk != own.pk)


@dataclass(frozen=True, slots=True)
class TypeGroup:
    """The templates of one type as the list shows them."""

    name: str
    code: str
    templates: list[DocumentTemplate]


def page_of_templates(actor: Actor, *, words: str = "", owner: str = "", retired: bool = False) -> list[TypeGroup]:
    """Return the templates that an officer sees, by type; one query.

    ``owner``: ``all`` = those of everybody, ``own`` = those of units, empty = both.
    """
    rows = DocumentTemplate.objects.visible_to(actor)
    rows = rows.retired() if retired else rows.filter(retired_at=None)
    if owner:
        rows = rows.filter(owner__isnull=owner == "all")
    wanted = fold(words).split()
    groups: dict[str, TypeGroup] = {}
    for row in rows.select_related("document_type", "owner", "current").in_order():
        kind = row.document_type
        if all(word in fold(f"{row.name} {kind.name} {kind.abbreviation}") for word in wanted):
            groups.setdefault(kind.code, TypeGroup(kind.name, kind.code, [])).templates.append(row)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """What the page of a template shows of the version looked at."""

    version: TemplateVersion
    draft: TemplateVersion | None
    versions: list[TemplateVersion]
    faults: tuple[Fault, ...]
    entries: list[TimelineEntry]


def template_page(template: DocumentTemplate, number: int | None) -> TemplatePage:
    """Return a template with one of its versions: the one asked for, the one in use, or else the draft."""
    versions = list(template.versions.select_related("published_by__officer", "file__blob").order_by("-number"))
    by_number = {version.number: version for version in versions}
    current = next((version for version in versions if version.pk == template.current_id), None)
    version = by_number.get(number or 0) or current or versions[0]
    return TemplatePage(
        version=version,
        draft=next((version for version in versions if version.is_draft), None),
        versions=versions,
        faults=faults_of(version) if version.is_draft else (),
        entries=timeline(template.subject, limit=30),
    )


def version_of(template: DocumentTemplate, number: int) -> TemplateVersion | None:
    """Return one version of a template."""
    return template.versions.select_related("file__blob").filter(number=number).first()


def draft_of(template: DocumentTemplate) -> TemplateVersion | None:
    """Return the version that may be edited, if there is one."""
    return template.versions.select_related("file__blob").filter(published_at=None).first()


def faults_of(version: TemplateVersion) -> tuple[Fault, ...]:
    """Return what is wrong with a version: with its texts, its fields and its Word file."""
    found = checking.faults_of(version.content)
    if version.file is not None:
        found += word_files.faults_in(bytes_of(version.file), version.declared.values())
    return found


def bytes_of(file: StoredFile) -> bytes:
    """Return the content of a template's Word file, which is small."""
    with storage.storage().open(file.blob.path) as opened:
        content: bytes = opened.read(word_files.LARGEST_FILE + 1)
    return content


def sample_official(template: DocumentTemplate, content: Mapping[str, Any], *, actor: Actor, on: dt.date) -> Official:
    """Return the paper that a preview of a template shows: under the head of its owner, or of the actor's agency."""
    unit = template.owner or actor.post.unit
    kind = template.document_type
    office = {name: value for name, value in office_values(actor, unit=unit, on=on).items() if value}
    if "ky_hieu_don_vi" not in office:
        office["ky_hieu_don_vi"] = words()["ky_hieu_don_vi"].sample
    return papers.sample(
        content,
        code=kind.code,
        type_name=kind.name,
        abbreviation=kind.abbreviation,
        head=letterhead_on(unit, on),
        values=office,
        year=on.year,
    )
