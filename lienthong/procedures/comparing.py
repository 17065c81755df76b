"""What differs between two versions of a procedure, as people say it. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lienthong.fields.form import Form
from lienthong.procedures import wording
from lienthong.procedures.definition import LEVELS, ONLINE, SUBJECTS, Component, Definition, Fee
from lienthong.ui.formats import day
from lienthong.workflow.drawing import place_words
from lienthong.workflow.flow import ENDS, Flow, Step


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is said otherwise: in which part, of what, before and after ("" = was not there, is gone)."""

    part: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of two texts beside each other: ``mark`` is "+", "-" or " "."""

    mark: str
    text: str
    old: int | None
    new: int | None


def differences(old: Definition, new: Definition) -> list[Difference]:
    """Return what changed, in the order of the tabs of a procedure."""
    before, after = _said(old), _said(new)
    keys = list(dict.fromkeys([*before, *after]))
    parts = list(dict.fromkeys(part for part, _ in keys))
    return [
        Difference(part, what, before.get((part, what), ""), after.get((part, what), ""))
        for part, what in sorted(keys, key=lambda key: parts.index(key[0]))
        if before.get((part, what)) != after.get((part, what))
    ]


def _said(one: Definition) -> Mapping[tuple[str, str], str]:
    parts = {
        "Tổng quan": dict(_facts(one)),
        "Thời hạn": {wording.limit_case(rule, one.form): _noted(wording.limit(rule), rule.note) for rule in one.limits},
        "Phí, lệ phí": {fee.name: _fee(fee, one.form) for fee in one.fees},
        "Thành phần hồ sơ": {paper.name: _paper(paper, one.form) for paper in one.components},
        "Biểu mẫu": {field.label: _noted(field.kind.label, _asked(field.required)) for field in one.form.fields},
        "Quy trình": {step.name: _step(step, one.flow) for step in one.flow.steps.values()},
        "Kết quả": {result.name: _noted(result.code, result.register) for result in one.results},
    }
    return {(part, what): said for part, whats in parts.items() for what, said in whats.items()}


def _facts(one: Definition) -> Iterator[tuple[str, str]]:
    yield "Tên", one.name
    yield "Áp dụng từ", day(one.valid_from)
    yield "Lĩnh vực", one.sector
    yield "Người nộp", ", ".join(SUBJECTS[key] for key in one.subjects)
    yield "Cấp giải quyết", f"{LEVELS[one.competence.level]}, {wording.level_words(one)}"
    yield "Trực tuyến", ONLINE[one.online]
    yield "Tóm tắt", one.summary
    yield "Yêu cầu, điều kiện", "; ".join(one.conditions)
    yield "Căn cứ pháp lý", "; ".join(one.legal_basis)
    yield "Bổ sung", f"{one.supplement.rounds} lần, {one.supplement.answer_within or wording.NO_LIMIT}"
    yield "Nguồn", f"{one.source} ({'đã' if one.verified else 'chưa'} đối chiếu)"


def _fee(fee: Fee, form: Form) -> str:
    line = wording.fee_line(fee, form)
    return "; ".join([*line.amounts, wording.DUES[fee.due], *line.notes])


def _paper(paper: Component, form: Form) -> str:
    when = wording.condition(paper.when, form)
    need = "" if paper.required else "nếu có"
    return "; ".join(filter(None, [paper.count, paper.form, need, f"khi {when}" if when else "", paper.note]))


def _step(step: Step, flow: Flow) -> str:
    moves = [f"{move.label} → {ENDS[move.end] if move.end else flow.step(move.to).name}" for move in step.moves]
    return "; ".join([place_words(step.place), str(step.limit or wording.NO_LIMIT), *moves])


def _noted(said: str, note: str) -> str:
    return f"{said} ({note})" if note else said or "có"


def _asked(required: bool) -> str:  # noqa: FBT001 - it says one flag
    return "bắt buộc" if required else ""


def lines(old: str, new: str, *, around: int = 3) -> list[Line]:
    """Return the changed lines of two texts with a few around them; a mark "…" stands for what is left out."""
    before, after = old.splitlines(), new.splitlines()
    found: list[Line] = []
    for group in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_grouped_opcodes(around):
        found += [Line("…", "", None, None)] if found else []
        for tag, a, b, c, d in group:
            if tag == "equal":
                found += [Line(" ", before[a + n], a + n + 1, c + n + 1) for n in range(b - a)]
                continue
            found += [Line("-", before[n], n + 1, None) for n in range(a, b)]
            found += [Line("+", after[n], None, n + 1) for n in range(c, d)]
    return found
