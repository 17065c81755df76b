"""What every operation on versions shares: what a file may refer to, how a row is written, who may."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import IntegrityError, transaction

from lienthong.catalogue.models import DocumentType
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.actor import Actor
from lienthong.organisation.roles import roles
from lienthong.procedures.definition import Definition
from lienthong.procedures.models import Procedure, ProcedureVersion, Sector
from lienthong.procedures.policies import can_administer
from lienthong.procedures.reading import Known

State = ProcedureVersion.State


def known() -> Known:
    """Return what a procedure may refer to in this house."""
    types = DocumentType.objects.values_list("code", flat=True).distinct()
    return Known(roles(), set(Sector.objects.values_list("key", flat=True)), set(types))


def digest_of(text: str) -> str:
    """Return the digest by which a text is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_row(definition: Definition, text: str, *, actor: Actor | None, at: dt.datetime) -> ProcedureVersion:
    """Make the row of a version, a draft, and its procedure where it is the first."""
    sector = Sector.objects.get(key=definition.sector)
    procedure, _ = Procedure.objects.get_or_create(
        code=definition.code, defaults={"name": definition.name, "sector": sector}
    )
    row = ProcedureVersion(
        procedure=procedure, number=definition.version, made_by=actor.post if actor else None, made_at=at
    )
    write_row(row, definition, text)
    row.save(force_insert=True)
    return row


def write_row(row: ProcedureVersion, definition: Definition, text: str) -> None:
    """Write into a row what its text says; it is not saved yet."""
    row.valid_from, row.valid_to = definition.valid_from, definition.valid_to
    row.name, row.source, row.verified = definition.name, definition.source, definition.verified
    row.text, row.digest = text, digest_of(text)


def publish_row(row: ProcedureVersion, *, actor: Actor | None, at: dt.datetime) -> None:
    """Save a row as published; the newest gives its procedure name, sector and words. Refuses overlaps."""
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


def require(actor: Actor) -> None:
    """Refuse whoever does not keep the catalogue."""
    if not can_administer(actor):
        raise Forbidden("Chỉ người quản trị danh mục thủ tục làm được việc này.")
