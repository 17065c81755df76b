"""With what a draft begins: what it answers or changes, a template, a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lienthong.documents.models import IncomingDocument
from lienthong.formatting.reading.docx import ReadDocument
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import DraftSource, OutgoingDocument
from lienthong.outgoing.operations.drafting import Source
from lienthong.outgoing.wording import Wording
from lienthong.stationery.models import TemplateVersion
from lienthong.stationery.papers import filled
from lienthong.stationery.words import Value, bare_abstract, incoming_values
from lienthong.tasks.models import Task
from lienthong.ui import formats

Relation = DraftSource.Relation


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known before a word is typed: for what the draft is, and what follows from it."""

    sources: tuple[Source, ...] = ()
    about: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    body: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    initial: Mapping[str, Any] = field(default_factory=dict)


def beginning_of(actor: Actor, asked: Mapping[str, Any]) -> Beginning:
    """Return with what a draft begins that was asked for from a document's or a task's page; nothing for nothing."""
    task = _one(Task.objects.visible_to(actor), asked.get("task"))
    incoming = _one(IncomingDocument.objects.visible_to(actor).select_related("document_type"), asked.get("incoming"))
    if incoming is None and task is not None and task.subject_kind == "incoming":
        incoming = _one(IncomingDocument.objects.visible_to(actor).select_related("document_type"), task.subject_id)
    found = _answer(incoming, task)
    for name, relation, words in (
        ("replaces", Relation.REPLACES, "thay thế"),
        ("corrects", Relation.CORRECTS, "đính chính"),
    ):
        other = _one(OutgoingDocument.objects.visible_to(actor).select_related("document_type"), asked.get(name))
        if other is not None:
            found = Beginning(
                sources=(Source(relation, other.subject),),
                about=(f"{words.capitalize()} {other.symbol} ngày {formats.day(other.issue_date)}",),
                body=f"Căn cứ {other.document_type.name} số {other.symbol} ngày {formats.day(other.issue_date)};",
                initial={
                    name: other.pk,
                    "abstract": f"{words} {other.document_type.name} số {other.symbol} ngày "
                    f"{formats.day(other.issue_date)}",
                    "scope": other.scope,
                },
            )
    return found


def with_template(wording: Wording, version: TemplateVersion, values: Mapping[str, Value]) -> Wording:
    """Return a wording filled from a template; what was typed stays, what no value is known of is left empty."""
    made = filled(version.content, values, complete=False)
    return replace(
        wording,
        abstract=wording.abstract or made.abstract,
        addressees=wording.addressees or made.addressees,
        body=made.body or wording.body,
    )


def with_file(wording: Wording, read: ReadDocument) -> Wording:
    """Return a wording with what a Word file holds; what was typed before stays where the file says nothing."""
    official = read.official
    return replace(
        wording,
        abstract=wording.abstract or official.abstract or "Chưa ghi trích yếu",
        addressees=official.addressees or wording.addressees,
        body=official.body,
        appendices=official.appendices,
    )


def _answer(incoming: IncomingDocument | None, task: Task | None) -> Beginning:
    sources, about = [], []
    values: dict[str, Value] = {}
    initial: dict[str, Any] = {}
    addressees: tuple[str, ...] = ()
    body = ""
    if incoming is not None:
        dated = f" ngày {formats.day(incoming.document_date)}" if incoming.document_date else ""
        named = f"{incoming.symbol}{dated} của {incoming.issuer}"
        kind = incoming.document_type.name if incoming.document_type else "văn bản"
        sources.append(Source(Relation.ANSWERS, incoming.subject))
        told = bare_abstract(incoming.abstract)
        about.append(f"Trả lời {named} về {told}")
        addressees = (incoming.issuer,)
        body = f"Thực hiện {kind} số {named} về {told},"
        values = incoming_values(
            symbol=incoming.symbol,
            document_date=incoming.document_date,
            type_name=kind,
            issuer=incoming.issuer,
            abstract=incoming.abstract,
            arrival_number=str(incoming.arrival_number or ""),
            arrival_date=incoming.arrival_date,
        )
        initial = {
            "incoming": incoming.pk,
            "abstract": f"trả lời {kind} số {incoming.symbol}{dated} về {told}"[:500],
            "urgency": incoming.urgency,
        }
    if task is not None:
        sources.append(Source(Relation.CLOSES, Subject("task", task.pk)))
        about.append(f"Phát hành xong thì hoàn thành việc: {task.title}")
        initial = {"abstract": task.title, **initial, "task": task.pk}
    return Beginning(tuple(sources), tuple(about), addressees, body, values, initial)


def _one(rows: Any, key: Any) -> Any:
    text = str(key or "")
    return rows.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None
