"""The numbers that Word shows before the paragraphs of a list, worked out as typed text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document: their levels, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, number_id: str, level: int) -> str:
        """Count one more paragraph of a list and return its label; "" where there is none."""
        abstract = self.abstract_of.get(number_id)
        levels = self.levels.get(abstract or "")
        if abstract is None or levels is None or level not in levels:
            return ""
        own = levels[level]
        counts = self.counts[number_id if (number_id, level) in self.starts else abstract]
        first = self.starts.get((number_id, level), own.start)
        counts[level] = counts.get(level, first - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if own.format == "bullet":
            return "-"
        if own.format == "none":
            return own.text
        label = own.text
        for place in range(level + 1):
            shown = levels.get(place, own)
            label = label.replace(f"%{place + 1}", written(counts.get(place, shown.start), shown.format))
        return label.strip()


def written(number: int, style: str) -> str:
    """Return a number in a style of Word: decimal, Roman, letters."""
    if style in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 9 + 1) if number > 0 else ""
        return letters if style == "lowerLetter" else letters.upper()
    if style in {"lowerRoman", "upperRoman"}:
        letters = _roman(number)
        return letters.lower() if style == "lowerRoman" else letters
    return f"{number:02}" if style == "decimalZero" else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters


def numbering_of(root: etree._Element | None) -> Numbering:
    """Read ``numbering.xml``."""
    found = Numbering()
    if root is None:
        return found
    for abstract in root.iterchildren(f"{W}abstractNum"):
        found.levels[abstract.get(f"{W}abstractNumId", "")] = dict(map(_level, abstract.iterchildren(f"{W}lvl")))
    for number in root.iterchildren(f"{W}num"):
        number_id = number.get(f"{W}numId", "")
        abstract_id = number.find(f"{W}abstractNumId")
        found.abstract_of[number_id] = abstract_id.get(f"{W}val", "") if abstract_id is not None else ""
        for override in number.iterchildren(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                found.starts[number_id, whole(override.get(f"{W}ilvl"))] = whole(start.get(f"{W}val"), 1)
    return found


def _level(element: etree._Element) -> tuple[int, _Level]:
    values = {child.tag.removeprefix(W): child.get(f"{W}val", "") for child in element}
    level = _Level(values.get("numFmt", "decimal"), values.get("lvlText", ""), whole(values.get("start"), 1))
    return whole(element.get(f"{W}ilvl")), level


def whole(text: str | None, default: int = 0) -> int:
    """Return a whole number from an attribute, the default where it is none."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default
