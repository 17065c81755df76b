"""How a paper of the demo is written: by whom, in which words, to whom, signed by whom."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import IncomingDocument
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import SigningAuthority, Unit
from lienthong.organisation.queries.signing import authorities_on
from lienthong.outgoing.models import Draft
from lienthong.outgoing.models.book import Scope
from lienthong.outgoing.operations.drafting import Source, begin
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.wording import Wording
from lienthong.site.demo.content import outgoing_file
from lienthong.site.demo.province import Division, Office

LETTER = "cong-van"
VERBS = {"bao-cao": "báo cáo", "to-trinh": "kính trình", "ke-hoach": "lập kế hoạch", LETTER: "đề nghị phối hợp"}
"""What an agency does by a document of a type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is to be written: its type, its wording, its recipients, and what it answers."""

    type_code: str
    wording: Wording
    lines: Sequence[Line]
    sources: Sequence[Source] = ()
    scope: str = Scope.OUTGOING


def begin_paper(paper: Paper, *, rng: random.Random, actor: Actor, at: dt.datetime) -> Draft:
    """Begin a draft, and say to whom it goes."""
    draft = begin(
        DocumentType.objects.get(code=paper.type_code),
        paper.wording,
        scope=paper.scope,
        sources=paper.sources,
        request_key=uuid.UUID(int=rng.getrandbits(128), version=4),
        actor=actor,
        at=at,
    )
    set_recipients(draft, paper.lines, actor=actor, at=at)
    return draft


def signer_of(office: Office, rng: random.Random, at: dt.datetime) -> tuple[Actor, SigningAuthority]:
    """Return one of the leaders whom the register lets sign for the office today, and the row of the register."""
    rows = {row.post_id: row for row in authorities_on(office.unit, local_date(at))}
    leader = rng.choice([one for one in office.leaders if one.post.pk in rows])
    return leader, rows[leader.post.pk]


def answer_to(document: IncomingDocument, division: Division, sources: Sequence[Source], rng: random.Random) -> Paper:
    """Word the answer to a document: about the same matter, to who asked."""
    matter = document.abstract.removeprefix("V/v ")
    found = next(one for one in outgoing_file()["answers"] if one["about"].casefold() in matter.casefold())
    day = document.document_date or document.arrival_date
    words = {"symbol": document.symbol, "date": f"{day:%d/%m/%Y}", "issuer": document.issuer}
    abstract = f"trả lời văn bản số {document.symbol} về {matter[:1].lower()}{matter[1:]}"[:500]
    wording = Wording(
        abstract=abstract, addressees=(document.issuer,), body=_filled(found["body"], division, rng, **words)
    )
    return Paper(type_code=LETTER, wording=wording, lines=_back_to(document.issuer, division), sources=sources)


def piece_of(entry: dict[str, Any], division: Division, rng: random.Random) -> Paper:
    """Word what an office writes by itself."""
    office = division.office
    units = [office.neighbours[key].unit for key in entry.get("to", ())]
    letter = entry["type"] == LETTER
    lines = [_on_system(unit) for unit in units]
    lines += [Line(line=name, way="post", address=where) for name, where in entry.get("by_post", ())]
    addressed = letter or entry.get("addressed", False)
    wording = Wording(
        abstract=entry["abstract"],
        addressees=tuple(line.line for line in lines[: 1 if entry.get("addressed") else None]) if addressed else (),
        body=_body(entry, division, rng),
    )
    return Paper(type_code=entry["type"], wording=wording, lines=[*lines, kept_by(division)])


def notice_inside(entry: dict[str, Any], division: Division, rng: random.Random) -> Paper:
    """Word a notice to the other parts of the own office."""
    others = [one for one in division.office.divisions.values() if one is not division]
    lines = [Line(line=one.unit.name, way="inside", unit=one.unit) for one in others]
    wording = Wording(abstract=entry["abstract"], body=_filled(entry["body"], division, rng))
    return Paper(type_code="thong-bao", wording=wording, lines=[*lines, kept_by(division)], scope=Scope.INTERNAL)


def kept_by(division: Division) -> Line:
    """Return the last line of the list: who keeps a copy."""
    return Line(line=f"Lưu: VT, {division.unit.symbol}", way="file")


def _back_to(issuer: str, division: Division) -> list[Line]:
    """Return the recipients of an answer: on the system to an office of the demo, by post to anybody else."""
    named = (one.unit for one in division.office.neighbours.values() if issuer.startswith(one.unit.name))
    unit = max(named, key=lambda one: len(one.name), default=None)
    if unit is None or unit.pk == division.office.unit.pk:
        return [Line(line=issuer, way="post", address="Theo địa chỉ trụ sở của cơ quan"), kept_by(division)]
    return [_on_system(unit), kept_by(division)]


def _on_system(unit: Unit) -> Line:
    return Line(line=unit.name, way="system", unit=unit)


def _body(entry: dict[str, Any], division: Division, rng: random.Random) -> str:
    if "body" in entry:
        return _filled(entry["body"], division, rng)
    matter = entry["abstract"]
    verb = VERBS.get(entry["type"], "thông báo")
    text = outgoing_file()["unfinished_body"]["text"]
    return _filled(text, division, rng, matter=f"{matter[:1].lower()}{matter[1:]}", verb=verb)


def _filled(body: str, division: Division, rng: random.Random, **words: str) -> str:
    agency = division.office.unit.name
    numbers = {"few": f"{rng.randrange(3, 11):02}", "many": str(rng.randrange(24, 96))}
    return body.strip().format(agency=agency, unit=division.unit.name, **numbers, **words)
