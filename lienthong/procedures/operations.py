"""Loading procedures from data, drafting and publishing versions, saying who handles what."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from lienthong.catalogue.models import DocumentType
from lienthong.catalogue.operations import entries as document_types
from lienthong.journal.operations import record
from lienthong.kernel.faults import Faults
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.roles import roles
from lienthong.procedures.definition import Definition
from lienthong.procedures.models import Competence, Procedure, ProcedureVersion, Sector
from lienthong.procedures.policies import can_administer
from lienthong.procedures.reading import Known, read

State = ProcedureVersion.State


def known() -> Known:
    """Return what a procedure may refer to in this house."""
    types = DocumentType.objects.values_list("code", flat=True).distinct()
    return Known(roles(), set(Sector.objects.values_list("key", flat=True)), set(types))


def files() -> Iterator[Path]:
    """Yield the files of procedures that come with the software, by name."""
    yield from sorted((settings.BASE_DIR / "data" / "procedures").glob("*.toml"))


def sectors_of_data() -> dict[str, dict[str, str]]:
    """Return the sectors of ``data/sectors.toml`` by their keys, in their order."""
    with (settings.BASE_DIR / "data" / "sectors.toml").open("rb") as file:
        return {entry["key"]: entry for entry in tomllib.load(file)["sectors"]}


def types_of_data() -> set[str]:
    """Return the codes of the document types that come with the software."""
    return {entry["code"] for entry in document_types()}


@transaction.atomic
def load_sectors() -> int:
    """Bring the sectors up to ``data/sectors.toml``; returns how many were new or changed."""
    touched = 0
    for order, entry in enumerate(sectors_of_data().values()):
        facts = {"name": entry["name"], "code": entry.get("code", ""), "order": order}
        row, is_new = Sector.objects.get_or_create(key=entry["key"], defaults=facts)
        if not is_new and any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            row.save(update_fields=list(facts))
        elif not is_new:
            continue
        touched += 1
    return touched


def load_procedures(*, at: dt.datetime) -> int:
    """Load and publish the versions of ``data/procedures``; returns how many are new.

    A version that is published already stays as it is. Raises ``Faults`` (with the file's name) for one that is wrong,
    and ``Refusal`` where a file no longer says what was published under its number.
    """
    load_sectors()
    allowed, present = known(), {(row.procedure.code, row.number): row for row in _published()}
    new = 0
    for path in files():
        text = path.read_text(encoding="utf-8")
        try:
            definition = read(text, known=allowed)
        except Faults as found:
            raise Faults(replace(fault, path=(path.name, *fault.path)) for fault in found.faults) from found
        row = present.get((definition.code, definition.version))
        if row is None:
            with transaction.atomic():
                _publish(_draft(definition, text, actor=None, at=at), actor=None, at=at)
            new += 1
        elif row.digest != digest_of(text):
            raise Refusal(
                f"{path.name}: phiên bản {row.number} của {row.procedure.code} đã công bố nên không đổi được. "
                "Hãy tăng version và ghi ngày áp dụng mới."
            )
    return new


def _published() -> Iterator[ProcedureVersion]:
    yield from ProcedureVersion.objects.published().select_related("procedure")


def digest_of(text: str) -> str:
    """Return the digest by which a text is known."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def draft(text: str, *, actor: Actor, at: dt.datetime) -> ProcedureVersion:
    """Keep a new version of a procedure, not yet published. Raises ``Faults``; refuses a number that is used."""
    _require(actor)
    definition = read(text, known=known())
    if ProcedureVersion.objects.filter(procedure__code=definition.code, number=definition.version).exists():
        raise Refusal(
            f"Thủ tục {definition.code} đã có phiên bản {definition.version}. Hãy tăng version.", field="text"
        )
    row = _draft(definition, text, actor=actor, at=at)
    told = {"code": definition.code, "version": row.number}
    record(row.procedure.subject, "procedure.drafted", actor=actor, at=at, particulars=told)
    return row


@transaction.atomic
def redraft(version: ProcedureVersion, text: str, *, actor: Actor, at: dt.datetime) -> ProcedureVersion:
    """Change a version that is not published. Raises ``Faults``; refuses a published one, and another code."""
    _require(actor)
    row = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=version.pk)
    if row.state == State.PUBLISHED:
        raise Refusal("Phiên bản đã công bố không sửa được. Hãy sao chép thành phiên bản mới.")
    definition = read(text, known=known())
    if definition.code != row.procedure.code or definition.version != row.number:
        raise Refusal(
            f'Giữ nguyên code = "{row.procedure.code}" và version = {row.number}; hoặc sao chép thành thủ tục khác.',
            field="text",
        )
    _write(row, definition, text)
    row.save()
    told = {"code": definition.code, "version": row.number}
    record(row.procedure.subject, "procedure.redrafted", actor=actor, at=at, particulars=told)
    return row


@transaction.atomic
def publish(version: ProcedureVersion, *, actor: Actor, at: dt.datetime) -> ProcedureVersion:
    """Let a version hold from its day on; the one before it ends that day. Refuses overlapping periods."""
    _require(actor)
    row = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=version.pk)
    if row.state == State.PUBLISHED:
        raise Refusal("Phiên bản này đã công bố.")
    read(row.text, known=known())
    before = row.procedure.versions.published().filter(valid_to=None, valid_from__lt=row.valid_from).first()
    if before is not None:
        before.valid_to = row.valid_from
        before.save(update_fields=["valid_to"])
    _publish(row, actor=actor, at=at)
    told = {"code": row.procedure.code, "version": row.number, "from": row.valid_from.isoformat()}
    record(row.procedure.subject, "procedure.published", actor=actor, at=at, particulars=told)
    return row


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
        _require(actor)
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


def _draft(definition: Definition, text: str, *, actor: Actor | None, at: dt.datetime) -> ProcedureVersion:
    sector = Sector.objects.get(key=definition.sector)
    procedure, _ = Procedure.objects.get_or_create(
        code=definition.code, defaults={"name": definition.name, "sector": sector}
    )
    row = ProcedureVersion(
        procedure=procedure, number=definition.version, made_by=actor.post if actor else None, made_at=at
    )
    _write(row, definition, text)
    row.save(force_insert=True)
    return row


def _write(row: ProcedureVersion, definition: Definition, text: str) -> None:
    row.valid_from, row.valid_to = definition.valid_from, definition.valid_to
    row.name, row.source, row.verified = definition.name, definition.source, definition.verified
    row.text, row.digest = text, digest_of(text)


def _publish(row: ProcedureVersion, *, actor: Actor | None, at: dt.datetime) -> None:
    row.state, row.published_by, row.published_at = State.PUBLISHED, actor.post if actor else None, at
    try:
        with transaction.atomic():
            row.save(update_fields=["state", "published_by", "published_at"])
    except IntegrityError as error:
        raise Refusal(
            f"Thủ tục {row.procedure.code} đã có phiên bản khác áp dụng trong thời gian này. Sửa valid_from, valid_to.",
            field="text",
        ) from error
    newest = row.procedure.versions.published().order_by("-valid_from").first()
    if newest is not None and newest.pk == row.pk:
        definition = row.definition
        procedure = row.procedure
        procedure.name = definition.name
        procedure.sector = Sector.objects.get(key=definition.sector)
        procedure.words = fold(" ".join((definition.code, definition.name, *definition.keywords)))
        procedure.save(update_fields=["name", "sector", "words"])


def _require(actor: Actor) -> None:
    if not can_administer(actor):
        raise Forbidden("Chỉ người quản trị danh mục thủ tục làm được việc này.")
