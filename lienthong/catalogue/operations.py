"""Loading, adding, changing and ending types of documents."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

from django.conf import settings
from django.db import transaction

from lienthong.catalogue.models import DocumentType
from lienthong.catalogue.policies import can_administer
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.vietnamese import fold, nfc
from lienthong.organisation.actor import Actor

LOADED = ("abbreviation", "name", "is_normative", "valid_to", "source", "verified", "order")


def entries() -> list[dict[str, Any]]:
    """Return the types of ``data/document_types.toml``."""
    with (settings.BASE_DIR / "data" / "document_types.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["types"]
    return found


@transaction.atomic
def load_document_types() -> int:
    """Bring the table up to the data file and tell how many rows that touched; what was changed on screen stays."""
    present = {(row.code, row.valid_from): row for row in DocumentType.objects.select_for_update()}
    new, changed = [], []
    for entry in entries():
        row = present.get((entry["code"], entry["valid_from"]))
        facts = {"valid_to": None, **entry}
        if row is None:
            new.append(DocumentType(**facts, origin=DocumentType.Origin.DATA))
        elif row.origin == DocumentType.Origin.DATA and any(getattr(row, name) != facts[name] for name in LOADED):
            for name in LOADED:
                setattr(row, name, facts[name])
            changed.append(row)
    DocumentType.objects.bulk_update(changed, LOADED)
    DocumentType.objects.bulk_create(new)
    return len(new) + len(changed)


@transaction.atomic
def add_document_type(
    *,
    name: str,
    abbreviation: str = "",
    is_normative: bool = False,
    valid_from: dt.date,
    source: str,
    actor: Actor,
    at: dt.datetime,
) -> DocumentType:
    """Add a type that the list lacks. Refuses one that is there already, and one without a source."""
    _require(actor)
    named = " ".join(nfc(name).split())
    if not named or not source.strip():
        raise Refusal("Ghi tên loại văn bản và căn cứ (văn bản quy định, hoặc văn bản thực tế đã gặp).", field="name")
    code = re.sub(r"[^a-z0-9]+", "-", fold(named)).strip("-")[:40]
    if DocumentType.objects.filter(code=code, valid_to=None).exists():
        raise Refusal(f"Đã có loại “{named}”. Hãy dùng loại đó hoặc kết thúc nó trước.", field="name")
    if DocumentType.objects.filter(code=code, valid_to__gt=valid_from).exists():
        raise Refusal(f"Loại “{named}” còn hiệu lực sau ngày này. Hãy chọn ngày muộn hơn.", field="valid_from")
    row = DocumentType.objects.create(
        code=code,
        abbreviation=abbreviation.strip(),
        name=named,
        is_normative=is_normative,
        valid_from=valid_from,
        source=source.strip(),
        verified=True,
    )
    record(row.subject, "document_type.added", actor=actor, at=at, particulars={"source": row.source}, is_new=True)
    return row


@transaction.atomic
def end_document_type(
    row: DocumentType, *, valid_to: dt.date, source: str, actor: Actor, at: dt.datetime
) -> DocumentType:
    """End a type: from ``valid_to`` on no form offers it. Refuses a day before it began and a type that has ended."""
    _require(actor)
    locked = DocumentType.objects.select_for_update().get(pk=row.pk)
    if locked.valid_to is not None:
        raise Refusal(f"Loại “{locked.name}” đã kết thúc ngày {locked.valid_to:%d/%m/%Y}.", field="valid_to")
    if valid_to <= locked.valid_from:
        raise Refusal(f"Ngày kết thúc phải sau ngày bắt đầu {locked.valid_from:%d/%m/%Y}.", field="valid_to")
    if not source.strip():
        raise Refusal("Ghi văn bản quy định việc thôi dùng loại này.", field="source")
    locked.valid_to, locked.origin = valid_to, DocumentType.Origin.SCREEN
    locked.save(update_fields=["valid_to", "origin"])
    facts = {"valid_to": valid_to.isoformat(), "source": source.strip()}
    record(locked.subject, "document_type.ended", actor=actor, at=at, particulars=facts)
    return locked


def _require(actor: Actor) -> None:
    if not can_administer(actor):
        raise Forbidden("Chỉ người quản trị danh mục mới sửa được loại văn bản.")
