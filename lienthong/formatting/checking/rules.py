"""The rules of form (quy tắc thể thức): data from ``data/formatting``, by the day on which they hold."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).resolve().parents[3] / "data" / "formatting"
Severity = Literal["error", "advice"]
_OWN = {"id", "element", "kind", "article", "severity", "message", "mend", "when", "verified"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what is asked of which element (``kind`` and ``values``), by which article, and what to say."""

    id: str
    element: str
    kind: str
    article: str
    severity: Severity
    message: str
    mend: str | None
    verified: bool
    source: str
    edition: str
    valid_from: dt.date
    valid_to: dt.date | None
    when: Mapping[str, Any]
    values: Mapping[str, Any]

    @property
    def reference(self) -> str:
        """Return its source for people, with a note where the article was not held against the text."""
        place = f"{self.article}, {self.source}" if self.article else self.source
        return place if self.verified else f"{place} (cần đối chiếu)"


def rules(on: dt.date) -> tuple[Rule, ...]:
    """Return the rules that hold on a day; before the first edition of the form, those of the first."""
    known = editions()
    timeless = [own for own in known.values() if own and own[0].edition == "file"]
    dated = sorted((own for own in known.values() if own not in timeless), key=lambda own: own[0].valid_from)
    held = next((own for own in reversed(dated) if own[0].valid_from <= on), dated[0])
    return (*held, *(rule for own in timeless for rule in own))


@lru_cache(maxsize=1)
def editions() -> Mapping[str, tuple[Rule, ...]]:
    """Return all editions of the rules by their names."""
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
    known = {file["name"]: file for file in files.values() if "rules" in file}
    return {name: tuple(_rule(raw, file) for raw in _entries(file, known)) for name, file in known.items()}


def _entries(file: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Return the entries of a file; one that is ``like`` another takes its rules, with its own changes laid over."""
    like = file.get("like")
    if not like:
        yield from file["rules"]
        return
    changes = {entry["id"]: entry for entry in file["rules"]}
    for entry in known[like]["rules"]:
        if entry["id"] not in file.get("without", ()):
            article = _article(entry["id"], file.get("articles", {}))
            yield {**entry, "article": article or entry["article"], **changes.pop(entry["id"], {})}
    yield from changes.values()


def _article(rule: str, articles: Mapping[str, str]) -> str:
    """Return the article of the longest beginning of a rule's name."""
    fitting = [start for start in articles if rule == start or rule.startswith(f"{start}.")]
    return articles[max(fitting, key=len)] if fitting else ""


def _rule(raw: Mapping[str, Any], file: Mapping[str, Any]) -> Rule:
    return Rule(
        id=raw["id"],
        element=raw["element"],
        kind=raw["kind"],
        article=raw["article"],
        severity=raw["severity"],
        message=raw["message"],
        mend=raw.get("mend"),
        verified=raw.get("verified", file["verified"]),
        source=file["source"],
        edition=file["name"],
        valid_from=file["valid_from"],
        valid_to=file.get("valid_to"),
        when=raw.get("when", {}),
        values={name: value for name, value in raw.items() if name not in _OWN},
    )
