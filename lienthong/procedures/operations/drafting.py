"""Versions from the first draft to their publication. A draft may be kept while it is wrong, never published so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import Max

from lienthong.journal.operations import record
from lienthong.kernel.faults import Fault, Faults
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.procedures import editing
from lienthong.procedures.definition import Definition
from lienthong.procedures.models import Procedure, ProcedureVersion
from lienthong.procedures.operations.writing import State, digest_of, known, new_row, publish_row, require, write_row
from lienthong.procedures.queries import ended_by
from lienthong.procedures.reading import read

LONGEST = 400_000


@transaction.atomic
def draft(text: str, *, actor: Actor, at: dt.datetime) -> ProcedureVersion:
    """Keep a new version of a procedure, not yet published. Raises ``Faults``; refuses a number that is used."""
    require(actor)
    definition = read(_sized(text), known=known())
    used = Refusal(f"Thủ tục {definition.code} đã có phiên bản {definition.version}. Hãy tăng version.", field="text")
    if ProcedureVersion.objects.filter(procedure__code=definition.code, number=definition.version).exists():
        raise used
    try:
        with transaction.atomic():
            row = new_row(definition, text, actor=actor, at=at)
    except IntegrityError as error:  # somebody else was faster by a moment
        raise used from error
    _tell(row, "procedure.drafted", actor, at)
    return row


@transaction.atomic
def copy(
    version: ProcedureVersion, *, valid_from: dt.date, code: str = "", actor: Actor, at: dt.datetime
) -> ProcedureVersion:
    """Begin a draft like a version: the next one of its procedure, or the first one of another code.

    Refuses while the procedure has a draft already, and a day not after the version that is copied. Raises ``Faults``.
    """
    require(actor)
    code = code or version.procedure.code
    rows = ProcedureVersion.objects.filter(procedure__code=code)
    Procedure.objects.select_for_update().filter(code=code).first()
    waiting = rows.filter(state=State.DRAFT).first()
    if waiting is not None:
        raise Refusal(f"Thủ tục {code} đang có bản soạn, phiên bản {waiting.number}. Hãy sửa hoặc bỏ bản đó trước.")
    if code == version.procedure.code and valid_from <= version.valid_from:
        raise Refusal(
            f"Phiên bản {version.number} áp dụng từ {version.valid_from:%d/%m/%Y}. Chọn ngày sau đó.",
            field="valid_from",
        )
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    changes = {"code": code, "version": number, "valid_from": valid_from, "valid_to": None, "verified": False}
    text = editing.edited(version.text, editing.Edit({(name,): value for name, value in changes.items()}))
    return draft(text, actor=actor, at=at)


def redraft(version: ProcedureVersion, text: str, *, seen: str = "", actor: Actor, at: dt.datetime) -> ProcedureVersion:
    """Change a version that is not published. Raises ``Faults``; refuses a published one, another code or number.

    ``seen`` is the digest of the text that was changed: where somebody saved another one meanwhile, it refuses.
    """
    return _change(version, lambda _row: (text, read(_sized(text), known=known())), seen=seen, actor=actor, at=at)


def mend(
    version: ProcedureVersion, edit: editing.Edit, *, seen: str = "", actor: Actor, at: dt.datetime
) -> ProcedureVersion:
    """Change some values of a draft, leaving the rest of its text as it was written; as ``redraft``."""

    def mended(row: ProcedureVersion) -> tuple[str, Definition]:
        text = editing.edited(row.text, edit)
        return text, read(_sized(text), known=known())

    return _change(version, mended, seen=seen, actor=actor, at=at)


@transaction.atomic
def keep(version: ProcedureVersion, text: str, *, seen: str = "", actor: Actor, at: dt.datetime) -> tuple[Fault, ...]:
    """Keep the text of a draft as it is, right or wrong; returns what is wrong. Refuses as ``redraft``."""
    try:
        redraft(version, text, seen=seen, actor=actor, at=at)
    except Faults as found:
        row = _locked(version, seen=seen, actor=actor)
        row.text, row.digest = text, digest_of(text)
        row.save(update_fields=["text", "digest"])
        _tell(row, "procedure.redrafted", actor, at)
        return found.faults
    return ()


@transaction.atomic
def publish(version: ProcedureVersion, *, actor: Actor, at: dt.datetime) -> ProcedureVersion:
    """Let a version hold from its day on; the one that held then ends. Raises ``Faults``; refuses overlaps."""
    row = _locked(version, actor=actor, word="Phiên bản này đã công bố.")
    definition = read(row.text, known=known())
    _same(row, definition)
    write_row(row, definition, row.text)
    row.save()
    before = ended_by(row)
    if before is not None:
        before.valid_to = row.valid_from
        before.save(update_fields=["valid_to"])
    publish_row(row, actor=actor, at=at)
    _tell(row, "procedure.published", actor, at, {"from": row.valid_from.isoformat()})
    return row


@transaction.atomic
def withdraw(version: ProcedureVersion, *, actor: Actor, at: dt.datetime) -> None:
    """Throw a draft away; its number is free again. Refuses a published one."""
    row = _locked(version, actor=actor, word="Phiên bản đã công bố thì giữ lại mãi, không bỏ được.")
    _tell(row, "procedure.withdrawn", actor, at)
    row.delete()


@transaction.atomic
def _change(
    version: ProcedureVersion,
    change: Callable[[ProcedureVersion], tuple[str, Definition]],
    *,
    seen: str,
    actor: Actor,
    at: dt.datetime,
) -> ProcedureVersion:
    row = _locked(version, seen=seen, actor=actor)
    text, definition = change(row)
    _same(row, definition)
    write_row(row, definition, text)
    row.save()
    _tell(row, "procedure.redrafted", actor, at)
    return row


def _locked(
    version: ProcedureVersion,
    *,
    seen: str = "",
    actor: Actor,
    word: str = "Phiên bản đã công bố không sửa được. Hãy sao chép thành phiên bản mới.",
) -> ProcedureVersion:
    require(actor)
    rows = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure")
    row = rows.filter(pk=version.pk).first()
    if row is None:
        raise Refusal("Bản soạn này đã bị bỏ.")
    if row.state == State.PUBLISHED:
        raise Refusal(word)
    if seen and seen != row.digest:
        raise Refusal("Người khác vừa sửa bản này. Hãy mở trang ở thẻ khác, gộp phần của bạn vào rồi lưu lại.")
    return row


def _same(row: ProcedureVersion, definition: Definition) -> None:
    if definition.code != row.procedure.code or definition.version != row.number:
        raise Refusal(
            f'Giữ nguyên code = "{row.procedure.code}" và version = {row.number}; hoặc sao chép thành thủ tục khác.',
            field="text",
        )


def _sized(text: str) -> str:
    if len(text) > LONGEST:
        raise Refusal(f"Tệp dài {len(text)} ký tự, nhiều hơn {LONGEST}. Hãy rút gọn.", field="text")
    return text


def _tell(row: ProcedureVersion, kind: str, actor: Actor, at: dt.datetime, more: dict[str, str] | None = None) -> None:
    told: dict[str, str | int] = {"code": row.procedure.code, "version": row.number, **(more or {})}
    record(row.procedure.subject, kind, actor=actor, at=at, particulars=told)
