"""Procedures as citizens look for them, and one of them in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lienthong.fields.kind import Field
from lienthong.kernel.vietnamese import fold
from lienthong.procedures import wording
from lienthong.procedures.definition import CHANNELS, LEVELS, ONLINE, SUBJECTS, Definition
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.queries import find, nearest
from lienthong.workflow.drawing import drawing

MOST = 60
WHO = {"citizen": "Công dân", "enterprise": "Doanh nghiệp, hộ kinh doanh", "organisation": "Cơ quan, tổ chức"}
TAKEN = ("full", "partial")


@dataclass(frozen=True, slots=True)
class Service:
    """One procedure of the list: what it is for, whether it is taken online, what it costs, how long it takes."""

    version: ProcedureVersion
    summary: str
    online: str
    limit: str


_KNOWN: dict[str, tuple[tuple[str, ...], str, str, str]] = {}  # by digest: what a list needs of a definition


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; ``is_near``: nothing has every word, these come nearest."""

    services: list[Service]
    is_near: bool = False


def services(words: str, *, on: dt.date, sector: str = "", who: str = "") -> Found:
    """Return procedures by plain words, sector and who asks, the best first: three queries at most."""
    if found := _services(find(words, on=on, sector=sector, most=MOST), who):
        return Found(found)
    near = _services(nearest(words, on=on, sector=sector), who)
    return Found(near, is_near=bool(near))


def _services(rows: Sequence[ProcedureVersion], who: str) -> list[Service]:
    _learn(rows)
    found = [(row, _KNOWN[row.digest]) for row in rows]
    return [Service(row, said[1], said[2], said[3]) for row, said in found if not who or who in said[0]]


def _learn(rows: Sequence[ProcedureVersion]) -> None:
    fresh = [row.pk for row in rows if row.digest not in _KNOWN]
    for row in ProcedureVersion.objects.filter(pk__in=fresh) if fresh else ():
        one = row.definition
        rule = next((rule for rule in one.limits if "online" in rule.channels), one.limits[0])
        _KNOWN[row.digest] = (one.subjects, one.summary, one.online, wording.limit(rule))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the form asks: under which heading it stands, how deep."""

    label: str
    help: str
    required: bool
    section: str
    level: int


def page_of(version: ProcedureVersion) -> dict[str, Any]:
    """Return what the page of a procedure shows. Pure once the text is there."""
    one = version.definition
    return {
        "definition": one,
        "is_taken": one.online in TAKEN,
        "online": ONLINE[one.online],
        "subjects": ", ".join(SUBJECTS[key] for key in one.subjects),
        "level": f"{LEVELS[one.competence.level]}, {wording.level_words(one)}",
        "limits": limits_of(one),
        "fees": [wording.fee_line(fee, one.form) for fee in one.fees],
        "papers": [(paper, wording.condition(paper.when, one.form)) for paper in one.components],
        "results": [(result, wording.condition(result.when, one.form)) for result in one.results],
        "questions": list(_questions(one.form.fields, 0)),
        "drawing": drawing(one.flow),
        "narrow": drawing(one.flow, narrow=True),
        "free": not one.fees,
    }


def limits_of(one: Definition) -> list[tuple[str, str, str]]:
    """Return how long it takes: for each channel where they differ, else one line for all."""
    lines = []
    for rule in one.limits:
        when = wording.condition(rule.when, one.form)
        channels = ", ".join(CHANNELS[channel] for channel in rule.channels) or "Mọi cách nộp"
        note = "" if when and fold(rule.note).strip(".") == fold(f"khi {when}") else rule.note  # said already
        lines.append((f"{channels}, khi {when}" if when else channels, wording.limit(rule), note))
    return lines


def _questions(fields: Sequence[Field], level: int) -> Iterator[Question]:
    for field in fields:
        yield Question(field.label, field.help, field.required, field.section, level)
        yield from _questions(field.fields, level + 1)
