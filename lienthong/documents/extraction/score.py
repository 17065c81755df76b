"""How good the proposals are: precision, recall and F1 of each field over documents whose metadata is known.

``INDEX.csv`` has a column for each field and, for some, ``*_in_text``: 1 where the value stands in the text. Fields are
scored apart by that flag. Two comparisons: strict (the same characters) and normalised (composed, one tone placement,
case, spaces, punctuation at the end, "V/v" and "Về việc" at the start, "UBND" and its long form).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lienthong.documents.extraction.reading import FIELDS
from lienthong.kernel.vietnamese import canonical_tones, nfc

FLAGS = {
    "so_ky_hieu": "so_in_text",
    "ngay_ban_hanh": "ngay_in_text",
    "nguoi_ky": "nguoi_ky_in_text",
    "trich_yeu": "trich_yeu_in_text",
}


@dataclass(slots=True)
class Tally:
    """Counts of one field in one group."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    needless: int = 0
    misses: list[tuple[str, str, str]] = field(default_factory=list)

    def precision(self) -> float:
        return _share(self.right, self.right + self.wrong + self.needless)

    def recall(self) -> float:
        return _share(self.right, self.right + self.wrong + self.missing)

    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + 2 * self.wrong + self.missing + self.needless)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def normalised(value: str) -> str:
    """Return a value as it is compared: what does not change its meaning is taken away."""
    text = canonical_tones(value)
    text = re.sub(r"[–—−]", "-", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"^(?:v\s*/\s*v|về việc)[\s.:]*", "", text)
    text = re.sub(r"\bủy ban nhân dân\b", "ubnd", text)
    text = re.sub(r"\s*([-,;:./()\"“”])\s*", r"\1", text)
    return text.rstrip(" .,;:/-")


def strict(value: str) -> str:
    """Return a value as it is compared strictly: only composed."""
    return nfc(value)


def tally(
    rows: Iterable[Mapping[str, str]],
    found: Mapping[str, Mapping[str, str | None]],
    form: Callable[[str], str] = normalised,
) -> dict[tuple[str, str], Tally]:
    """Count for each field and group ("1": stands in the text, "0": does not, "": not flagged)."""
    tallies: dict[tuple[str, str], Tally] = {}
    for row in rows:
        for name in (name for name in FIELDS if name in row):
            expected, proposed = row.get(name) or "", found[row["file"]].get(name) or ""
            flag = row.get(FLAGS.get(name, ""), "") or (
                "1" if name in FLAGS and FLAGS[name] in row and not expected else ""
            )
            _count(tallies.setdefault((name, flag), Tally()), row["file"], expected, proposed, form)
    return tallies


def _count(into: Tally, file: str, expected: str, proposed: str, form: Callable[[str], str]) -> None:
    if not expected and not proposed:
        return
    if expected and proposed and form(expected) == form(proposed):
        into.right += 1
        return
    into.missing += bool(expected and not proposed)
    into.needless += bool(proposed and not expected)
    into.wrong += bool(proposed and expected)
    into.misses.append((file, expected, proposed))


def read_index(path: Path) -> list[dict[str, str]]:
    """Return the rows of an index of documents."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def table(tallies: Mapping[tuple[str, str], Tally]) -> str:
    """Return the counts as a table of text."""
    groups = {"1": "in text", "0": "not in text", "": "all"}
    lines = [f"{'field':<18}{'group':<13}{'n':>4}{'precision':>11}{'recall':>9}{'F1':>8}"]
    for (name, flag), counts in sorted(tallies.items(), key=lambda item: (FIELDS.index(item[0][0]), item[0][1] != "1")):
        number = counts.right + counts.wrong + counts.missing
        figures = f"{counts.precision():>11.3f}{counts.recall():>9.3f}{counts.f1():>8.3f}"
        lines.append(f"{name:<18}{groups[flag]:<13}{number:>4}{figures}")
    return "\n".join(lines)
