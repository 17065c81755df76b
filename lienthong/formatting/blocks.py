"""The light markup of a body: nearly plain text, typed by officers, compared by people, read from and set as pages.

One paragraph a line; empty lines do not count. A line is known by how it begins, as in the papers themselves: "Căn cứ
…;", "Chương II", "Điều 3. …", "1. …", "a) …", "- …". Beyond that: ``**bold**``, ``*italic*``, ``__underline__``,
``| a | b |`` rows, ``=== Trang mới ===``, ``> quote``, ``^ centred ^``, ``<br>`` for a new line inside a paragraph, and
a backslash before a sign that is meant as itself (before a letter at the start of a line: an ordinary paragraph).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from lienthong.formatting.spans import PUNCTUATION, Span, Spans, clean, inline, plain, style_of, tidy, written_spans

__all__ = [
    "Alignment", "Block", "Kind", "PageBreak", "Paragraph", "Span", "Spans", "Table", "blocks", "clean", "inline",
    "is_capitals", "markup", "plain", "style_of", "tidy", "written_spans",
]  # fmt: skip

Kind = Literal[
    "text",  # an ordinary paragraph
    "authority",  # in capitals before the legal bases: who decides
    "basis",  # căn cứ
    "enacting",  # "QUYẾT ĐỊNH:"
    "division",  # "Phần I", "Chương II", "Mục 3"
    "division_title",  # the name under it
    "article",  # "Điều 3. …"
    "section",  # "I. …"
    "clause",  # "1. …", "1.2. …"
    "point",  # "a) …"
    "dash",  # "- …", "+ …"
    "quote",
    "centre",
]
Alignment = Literal["", "left", "center", "right"]

NO_ALIGNMENT: Alignment = ""
PAGE_BREAK = "=== Trang mới ==="
MOST_COLUMNS = 40
"""More columns than any sheet of A4 can show; what follows goes into the last one."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: what kind it is and what it says; ``line`` is where it was typed, from 1."""

    kind: Kind
    spans: Spans
    line: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """Return what it says, without styles."""
        return plain(self.spans)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all of one length; with ``has_head`` the first row is repeated on every page."""

    rows: tuple[tuple[Spans, ...], ...]
    has_head: bool = False
    alignments: tuple[Alignment, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    line: int = field(default=0, compare=False)


Block = Paragraph | Table | PageBreak


def blocks(body: str) -> tuple[Block, ...]:
    """Return the blocks of a body; any text at all is a body."""
    return tuple(_in_context(_blocks(clean(body).split("\n"))))


# --- lines -----------------------------------------------------------------------------------------------------------

_LABEL = r"(?:phần|chương|mục|tiểu mục)\s+(?:[IVXLCDM]+|\d+|thứ\s+\S+)"
_DIVISION_ALONE = re.compile(rf"{_LABEL}\s*[.:]?", re.IGNORECASE)
_DIVISION_NAMED = re.compile(rf"{_LABEL}\s*[.:–-]?\s+(?P<title>\S.*)", re.IGNORECASE)
_STARTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("article", re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:](?=\s|$)")),
    ("section", re.compile(r"[IVXLC]+\.\s")),
    ("clause", re.compile(r"\d+(?:\.\d+)*[.)]\s|\d+(?:\.\d+)+\s")),
    ("point", re.compile(r"[a-zđ]\d?[).]\s")),
    ("dash", re.compile(r"[-–+•]\s*(?=[^\W\d]|[\d\"“(*_])")),
)
_PAGE_BREAK = re.compile(r"={3,}\s*trang mới\s*={3,}", re.IGNORECASE)
_RULE_CELL = re.compile(r":-+:?|-+:|-{2,}")
_BASIS = re.compile(r"(?:Căn cứ|Theo|Xét|Thực hiện|Thể theo|Sau khi|Trên cơ sở|Được sự)\s")
_ENACTING = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT|CHỈ THỊ|HIỆU TRIỆU)\s*:?")


def _blocks(lines: Sequence[str]) -> Iterator[tuple[Block, bool]]:
    """Read line after line; with each block, whether a backslash says that it is an ordinary paragraph."""
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if _is_row(line):
            end = next((place for place in range(at, len(lines)) if not _is_row(lines[place].strip())), len(lines))
            yield _table([lines[place].strip() for place in range(at, end)], at + 1), False
            at = end
            continue
        at += 1
        block = _line(line, at)
        if isinstance(block, PageBreak) or (block.spans and block.text.strip()):
            yield block, line.startswith("\\")


def _line(line: str, number: int) -> Paragraph | PageBreak:
    if _PAGE_BREAK.fullmatch(line):
        return PageBreak(number)
    if line.startswith("\\"):
        return Paragraph("text", inline(line if PUNCTUATION.match(line, 1) else line[1:]), number)
    if line.startswith(">") and line[1:].strip():
        return Paragraph("quote", inline(line[1:]), number)
    if line.startswith("^") and line.endswith("^") and line[1:-1].strip() and not _is_escaped(line, len(line) - 1):
        return Paragraph("centre", inline(line[1:-1]), number)
    spans = inline(line)
    return Paragraph(_kind(plain(spans)), spans, number)


def _is_escaped(line: str, place: int) -> bool:
    before = line[:place]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _kind(text: str) -> Kind:
    """Return what a line is by itself, from how it begins."""
    for kind, pattern in _STARTS:
        if pattern.match(text):
            return kind
    named = _DIVISION_NAMED.fullmatch(text)
    if _DIVISION_ALONE.fullmatch(text) or (named and is_capitals(named["title"])):
        return "division"
    return "enacting" if _ENACTING.fullmatch(text) else "text"


def is_capitals(text: str) -> bool:
    """Tell whether a text with at least two letters is written in capitals only."""
    return text == text.upper() and sum(letter.isalpha() for letter in text) > 1


def _in_context(read: Iterable[tuple[Block, bool]]) -> Iterator[Block]:
    """Give the lines their kind that have it from their neighbours: who decides, legal bases, names of divisions."""
    listed = list(read)
    open_texts = [_open_text(block, forced) for block, forced in listed]
    kinds = _preamble(open_texts, [isinstance(block, Paragraph) and block.kind == "enacting" for block, _ in listed])
    for place, (block, _forced) in enumerate(listed):
        text, before = open_texts[place], listed[place - 1][0] if place else None
        if not isinstance(block, Paragraph) or text is None:
            yield block
        elif place in kinds:
            yield replace(block, kind=kinds[place])
        elif _is_bare_division(before) and len(text) < 200 and not text.endswith((".", ";", ":")):
            yield replace(block, kind="division_title")
        else:
            yield block


def _open_text(block: Block, forced: bool) -> str | None:  # noqa: FBT001 - one half of a pair
    return block.text if isinstance(block, Paragraph) and block.kind == "text" and not forced else None


def _is_bare_division(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.kind == "division" and bool(_DIVISION_ALONE.fullmatch(block.text))


def _preamble(texts: Sequence[str | None], is_enacting: Sequence[bool]) -> dict[int, Kind]:
    """Return which of the first lines say who decides and on what legal bases.

    One line "Căn cứ …" is an ordinary sentence of a letter unless it ends with ";" or a decision follows it.
    """
    bases_from = _run(texts, 0, is_capitals)
    bases_to = _run(texts, bases_from, lambda text: bool(_BASIS.match(text)) and not text.endswith(":"))
    after = _run(texts, bases_to, is_capitals)
    decides = after < len(texts) and is_enacting[after]
    first = texts[bases_from] if bases_from < bases_to else None
    if first is None or not first.startswith("Căn cứ"):
        return dict.fromkeys(range(after), "authority") if decides and bases_to == bases_from else {}
    if not (decides or bases_from or first.endswith(";") or bases_to - bases_from > 1):
        return {}
    kinds: dict[int, Kind] = dict.fromkeys(range(bases_from), "authority")
    kinds |= dict.fromkeys(range(bases_from, bases_to), "basis")
    return kinds | dict.fromkeys(range(bases_to, after), "authority") if decides else kinds


def _run(texts: Sequence[str | None], start: int, fits: Callable[[str], bool]) -> int:
    """Return the place after the longest run of lines from ``start`` that fit."""
    while start < len(texts) and (text := texts[start]) is not None and fits(text):
        start += 1
    return start


# --- tables ----------------------------------------------------------------------------------------------------------

_BAR = re.compile(r"\\.|(\|)")


def _bars(line: str) -> list[int]:
    """Return where the bars between cells stand."""
    return [match.start() for match in _BAR.finditer(line) if match[1]]


def _is_row(line: str) -> bool:
    return line.startswith("|") and len(_bars(line)) > 1


def _cells(line: str) -> list[str]:
    bars = _bars(line)
    cells = [line[start + 1 : end].strip() for start, end in zip(bars, [*bars[1:], len(line)], strict=True)]
    if not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        cells[MOST_COLUMNS - 1 :] = [" ".join(cells[MOST_COLUMNS - 1 :])]
    return cells


def _table(lines: Sequence[str], number: int) -> Table:
    rows = [_cells(line) for line in lines]
    has_head = len(rows) > 1 and all(_RULE_CELL.fullmatch(cell) for cell in rows[1])
    width = max(len(row) for row in rows)
    alignments: tuple[Alignment, ...] = ()
    if has_head:
        alignments = (*(_alignment(cell) for cell in rows.pop(1)), *(NO_ALIGNMENT,) * width)
    return Table(
        tuple(tuple(inline(cell) for cell in row) + ((),) * (width - len(row)) for row in rows),
        has_head,
        alignments[:width] if any(alignments[:width]) else (),
        number,
    )


def _alignment(rule: str) -> Alignment:
    left, right = rule.startswith(":"), rule.endswith(":")
    if left and right:
        return "center"
    return "right" if right else "left" if left else ""


# --- writing ---------------------------------------------------------------------------------------------------------


def markup(found: Iterable[Block]) -> str:
    """Return the body that reads as these blocks.

    A backslash keeps an ordinary paragraph ordinary where its words look like something else.
    """
    listed = list(found)
    lines = [_written(block) for block in listed]
    for attempt in range(3):
        read = blocks("\n\n".join(lines))
        wrong = [
            place
            for place, (block, again) in enumerate(zip(listed, read, strict=False))
            if _is_plain(block) and (attempt == 2 or not _is_plain(again)) and not lines[place].startswith("\\")
        ]
        for place in wrong:
            lines[place] = ("\\ " if lines[place].startswith(("*", "_", "<")) else "\\") + lines[place]
        if not wrong:
            break
    return "".join(
        f"{line}\n\n" if isinstance(block, Table) else f"{line}\n" for line, block in zip(lines, listed, strict=True)
    ).rstrip("\n")


def _is_plain(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind == "text"


def _written(block: Block) -> str:
    if isinstance(block, PageBreak):
        return PAGE_BREAK
    if isinstance(block, Table):
        return _written_table(block)
    line = written_spans(block.spans)
    if block.kind == "quote":
        return f"> {line}"
    if block.kind == "centre":
        return f"^ {line} ^"
    is_bare_backslash = block.text.startswith("\\") and line.startswith("\\") and not line.startswith("\\\\")
    if is_bare_backslash or line.startswith((">", "^", "|", "===")):
        return "\\" + line
    return line


def _written_table(table: Table) -> str:
    rows = [f"| {' | '.join(_written_cell(cell) for cell in row)} |" for row in table.rows]
    width = max((len(row) for row in table.rows), default=0)
    if table.has_head:
        rules = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
        rows.insert(1, f"|{'|'.join(rules[name] for name in (table.alignments or ('',) * width))}|")
    return "\n".join(rows)


def _written_cell(spans: Spans) -> str:
    line = written_spans(spans).replace("|", "\\|")
    return "\\" + line if _RULE_CELL.fullmatch(line) else line
