"""The head of an official document: two halves in a table, or typed with tabs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from lienthong.formatting.blocks import Span
from lienthong.formatting.official import one_line
from lienthong.formatting.reading.docx_found import ONLY_RULE, Found, lines_of, takes_mark
from lienthong.formatting.reading.docx_text import Grid, Item, Text
from lienthong.kernel.vietnamese import fold

_NATION = re.compile(r"cong hoa xa hoi chu nghia")
_MOTTO = re.compile(r"doc lap\W+tu do\W+hanh phuc")
_SYMBOL = re.compile(r"^\s*Số\s*[:.]?\s*(?P<symbol>.*)$", re.IGNORECASE | re.DOTALL)
_DATE = re.compile(
    r"^(?P<place>.*?)[,.]?\s*ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{0,4})",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT = re.compile(r"^v/v[:.]?\s*", re.IGNORECASE)
HEAD_ITEMS = 12
"""Among how many of the first paragraphs and tables the head is looked for."""


def read_head(items: Sequence[Item], found: Found) -> int:
    """Read the head and return where what follows it begins."""
    for place, item in enumerate(items[:HEAD_ITEMS]):
        if isinstance(item, Grid) and _has_nation(text.text for row in item.rows for cell in row for text in cell):
            return _head_of_tables(items, place, found)
        if isinstance(item, Text) and "\t" in item.text and _NATION.search(fold(item.text)):
            return _head_of_tabs(items, place, found)
    return 0


def _has_nation(texts: Iterator[str]) -> bool:
    return any(_NATION.search(fold(text)) for text in texts)


def _head_of_tables(items: Sequence[Item], place: int, found: Found) -> int:
    left: list[Text] = []
    right: list[Text] = []
    while place < len(items):
        item = items[place]
        if isinstance(item, Text):
            if not ONLY_RULE.fullmatch(item.text) and not takes_mark(item.text, found):
                break
        elif found.has_head and not _continues_head(item):
            break
        else:
            found.has_head = True
            for row in item.rows:
                left += row[0] if row else ()
                right += [text for cell in row[1:] for text in cell]
        place += 1
    _read_left(left, found)
    _read_right(right, found)
    return place


def _continues_head(grid: Grid) -> bool:
    texts = [text.text for row in grid.rows for cell in row for text in cell]
    return len(grid.rows) <= 3 and any(_SYMBOL.match(text) and "/" in text for text in texts)


def _head_of_tabs(items: Sequence[Item], place: int, found: Found) -> int:
    """A head typed with tabs: what stands before the tab is the left half, what stands after it the right."""
    left: list[Text] = []
    right: list[Text] = []
    found.has_head = True
    while place < len(items) and len(left) < HEAD_ITEMS:
        item = items[place]
        if not isinstance(item, Text):
            break
        halves = [half.strip() for half in re.split(r"\t+", item.text.strip("\t")) if half.strip()]
        is_right = item.text.startswith("\t") and len(halves) == 1
        if not halves and not item.text.strip():
            place += 1
            if any(_SYMBOL.match(text.text) for text in left):
                break
            continue
        if len(halves) < 2 and not is_right and "\t" not in item.text and not _is_left_note(halves, found):
            break
        if not is_right:
            left.append(Text(spans=(Span(halves[0]),), is_bold=_is_bold(item, halves[0])))
        if len(halves) > 1 or is_right:
            right.append(Text(spans=(Span(halves[-1]),)))
        place += 1
    _read_left(left, found)
    _read_right(right, found)
    return place


def _is_left_note(halves: Sequence[str], found: Found) -> bool:
    return bool(halves) and (bool(_ABOUT.match(halves[0])) or takes_mark(halves[0], found))


def _is_bold(item: Text, words: str) -> bool:
    return any(span.bold and words[:4] in span.text for span in item.spans)


def _read_left(texts: Sequence[Text], found: Found) -> None:
    names: list[tuple[str, bool]] = []
    about: list[str] = []
    has_symbol = False
    for text in texts:
        for line in lines_of(text):
            symbol = _SYMBOL.match(line)
            if ONLY_RULE.fullmatch(line) or takes_mark(line, found):
                continue
            if symbol and not has_symbol:
                found.symbol, has_symbol = _symbol(symbol["symbol"]), True
            elif has_symbol:
                about.append(line)
            else:
                names.append((line, text.is_bold))
    own = [name for name, is_bold in names if is_bold]
    above = [name for name, is_bold in names if not is_bold]
    if not own:
        above, own = above[:-1], above[-1:]
    found.superior, found.issuer = "\n".join(above), "\n".join(own)
    found.abstract = _ABOUT.sub("", one_line(" ".join(about)))


def _symbol(text: str) -> str:
    """Return the symbol as written; where the number is still missing, with room for it."""
    symbol = re.sub(r"\s*([/-])\s*", r"\1", text.replace("\u00a0", " ")).strip()
    symbol = re.sub(r"^[.…_\s]+/", "/", symbol)
    return f"      {symbol}" if symbol.startswith("/") else symbol


def _read_right(texts: Sequence[Text], found: Found) -> None:
    for text in texts:
        for line in lines_of(text):
            folded = fold(line)
            match = _DATE.match(line.replace("\u00a0", " "))
            if match and not _NATION.search(folded) and not _MOTTO.search(folded):
                found.place = one_line(match["place"]).rstrip(",. ")
                found.date = _date(match)


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
