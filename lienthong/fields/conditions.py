"""Conditions: when something is asked, allowed or free, as data over the values of a form and facts of its case.

``{ field = "loai", is = "moi" }``; also ``in``, ``not``, ``at_least``, ``at_most``, ``filled``; ``{ case = "channel",
is = "online" }`` asks a fact; ``{ all = [...] }``, ``{ any = [...] }``, ``{ not = {...} }`` join. A list means all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lienthong.fields.values import is_empty, look_up
from lienthong.kernel.faults import Fault, Faults, Path

HINT = 'Viết ví dụ { field = "loai", is = "moi" }.'


@dataclass(frozen=True, slots=True)
class Test:
    """One question about one value: of a field, or of a fact of the case (``is_fact``)."""

    key: str
    how: str
    wanted: Any
    is_fact: bool = False

    def holds(self, values: Mapping[str, Any], facts: Mapping[str, str]) -> bool:
        """Tell whether it is so."""
        found = facts.get(self.key) if self.is_fact else look_up(values, self.key)
        return TESTS[self.how](found, self.wanted)

    def fields(self) -> Iterator[str]:
        """Yield the fields that it looks at."""
        if not self.is_fact:
            yield self.key


@dataclass(frozen=True, slots=True)
class Join:
    """Several conditions: all of them, any of them, or (``how`` "not") none."""

    how: str
    parts: tuple[Condition, ...] = field(default=())

    def holds(self, values: Mapping[str, Any], facts: Mapping[str, str]) -> bool:
        """Tell whether it is so."""
        held = (part.holds(values, facts) for part in self.parts)
        if self.how == "all":
            return all(held)
        return any(held) if self.how == "any" else not any(held)

    def fields(self) -> Iterator[str]:
        """Yield the fields that its parts look at."""
        for part in self.parts:
            yield from part.fields()


Condition = Test | Join
ALWAYS = Join("all")


def _compared(sign: int) -> Callable[[Any, Any], bool]:
    def compare(found: Any, wanted: Any) -> bool:
        if is_empty(found) or isinstance(found, bool):
            return False
        if isinstance(wanted, int) and not isinstance(found, int):
            return False
        if isinstance(wanted, str) and not isinstance(found, str):
            return False
        return bool(found >= wanted) if sign > 0 else bool(found <= wanted)

    return compare


def _is(found: Any, wanted: Any) -> bool:
    if isinstance(found, list):
        return wanted in found
    return bool(found == wanted) if not isinstance(wanted, bool) else bool(found) == wanted


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "is": _is,
    "in": lambda found, wanted: any(_is(found, one) for one in wanted),
    "at_least": _compared(1),
    "at_most": _compared(-1),
    "filled": lambda found, wanted: is_empty(found) is not wanted,
}


def read(raw: object, *, known: Collection[str] | None = None, facts: Collection[str] = ()) -> Condition:
    """Read a condition; raises ``Faults``.

    ``known`` are the fields that may be named (dotted parts allowed behind them); None allows any. ``facts`` are the
    facts of a case that may be asked for.
    """
    faults: list[Fault] = []
    condition = _read(raw, (), faults, known, facts)
    if faults:
        raise Faults(faults)
    return condition


def _read(
    raw: object, at: Path, faults: list[Fault], known: Collection[str] | None, facts: Collection[str]
) -> Condition:
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return Join("all", tuple(_read(one, (*at, n), faults, known, facts) for n, one in enumerate(raw)))
    if not isinstance(raw, Mapping):
        faults.append(Fault(at, f"Điều kiện phải là một bảng. {HINT}"))
        return ALWAYS
    for how in ("all", "any", "not"):
        if set(raw) == {how}:
            inner = raw[how] if isinstance(raw[how], list) else [raw[how]]
            return Join(how, tuple(_read(one, (*at, how, n), faults, known, facts) for n, one in enumerate(inner)))
    return _test(raw, at, faults, known, facts)


def _test(
    raw: Mapping[str, Any], at: Path, faults: list[Fault], known: Collection[str] | None, facts: Collection[str]
) -> Condition:
    subjects = [name for name in ("field", "case") if name in raw]
    hows = [name for name in TESTS if name in raw]
    if len(subjects) != 1 or len(hows) != 1 or len(raw) != 2:
        said = ", ".join(TESTS)
        faults.append(Fault(at, f"Mỗi điều kiện có một field (hoặc case) và một phép so ({said}). {HINT}"))
        return ALWAYS
    subject, how = subjects[0], hows[0]
    key, wanted = raw[subject], raw[how]
    if not isinstance(key, str):
        faults.append(Fault((*at, subject), "Ghi mã của trường."))
        return ALWAYS
    if subject == "case" and key not in facts:
        faults.append(Fault((*at, "case"), f"Không có “{key}”. Chọn một trong: {', '.join(sorted(facts))}."))
    if subject == "field" and known is not None and key.partition(".")[0] not in known:
        faults.append(Fault((*at, "field"), f"Không có trường “{key}” đứng trước chỗ này."))
    wrong = _wrong(how, wanted)
    if wrong:
        faults.append(Fault((*at, how), wrong))
    return Test(key, how, wanted, is_fact=subject == "case")


def _wrong(how: str, wanted: object) -> str:
    if how == "in" and not isinstance(wanted, list):
        return 'Sau in là một danh sách, ví dụ in = ["a", "b"].'
    if how == "filled" and not isinstance(wanted, bool):
        return "Sau filled là true hoặc false."
    if how in ("at_least", "at_most") and (not isinstance(wanted, int | str) or isinstance(wanted, bool)):
        return 'So sánh với một số nguyên, hoặc ngày dạng "2014-01-22".'
    if how == "is" and not isinstance(wanted, str | int):
        return "So với chữ, số, true hoặc false."
    return ""
