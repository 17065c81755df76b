"""The elements of an official document among the paragraphs and tables of a DOCX that an office typed."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lienthong.formatting.blocks import Span, is_capitals
from lienthong.formatting.official import DRAFT_MARK, URGENCY_MARKS, one_line
from lienthong.formatting.reading.docx_text import Grid, Item, Text
from lienthong.kernel.vietnamese import fold, nfc

TYPES = Path(__file__).resolve().parents[3] / "data" / "document_types.toml"
_NATION = re.compile(r"cong hoa xa hoi chu nghia")
_MOTTO = re.compile(r"doc lap\W+tu do\W+hanh phuc")
_SYMBOL = re.compile(r"^\s*Số\s*[:.]?\s*(?P<symbol>.*)$", re.IGNORECASE | re.DOTALL)
_DATE = re.compile(
    r"^(?P<place>.*?)[,.]?\s*ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{0,4})",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT = re.compile(r"^v/v[:.]?\s*", re.IGNORECASE)
_RECIPIENTS = re.compile(r"^\s*Nơi nhận\s*[:.]?\s*", re.IGNORECASE)
_TO = re.compile(r"^\s*Kính gửi\s*[:.]?\s*", re.IGNORECASE)
_ONLY_RULE = re.compile(r"\s*|[\s_\-–—=*o]{2,}")
_DRAFTER = re.compile(r"(?P<drafter>[A-ZĐ]{2,6})?\.?\s*\(?(?P<copies>\d{1,4})?\)?")
_AUTHORITY = re.compile(r"^(TM|KT|TL|TUQ|Q)\.|GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG|CHÁNH|CHỦ NHIỆM|BÍ THƯ|TRƯỞNG BAN")
_APPENDIX = re.compile(r"^phụ lục(?:\s+(?:số\s+)?[IVXLC\d]+)?\s*[.:]?$", re.IGNORECASE)
_ATTACHED = re.compile(r"^\(?\s*(?:Ban hành\s+)?Kèm theo", re.IGNORECASE)
_CIRCULATION = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")
_URGENCY = {fold(words): name for name, words in URGENCY_MARKS.items()}
HEAD_ITEMS = 12
"""Among how many of the first paragraphs and tables the head is looked for."""


@dataclass(slots=True)
class Found:
    """What was found; the rest of the items is the body, then the appendices."""

    superior: str = ""
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    date: dt.date | None = None
    type_name: str = ""
    abstract: str = ""
    addressees: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    urgency: str = "normal"
    circulation: str = ""
    drafter: str = ""
    copies: int | None = None
    is_draft: bool = False
    has_head: bool = False
    has_signing: bool = False
    body: list[Item] = field(default_factory=list)
    rest: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class FoundAppendix:
    """One appendix: its label, its name, its paragraphs and tables."""

    title: str = ""
    caption: str = ""
    body: list[Item] = field(default_factory=list)


def find_parts(items: Sequence[Item]) -> Found:
    """Find the head, the title, the addressees, the signing block; what is left is the body and what follows it."""
    found = Found()
    after = _head(items, found)
    after = _title(items, after, found)
    after = _addressees(items, after, found)
    end, rest = _ending(items, after, found)
    found.body, found.rest = list(items[after:end]), list(items[rest:])
    return found


# --- the head --------------------------------------------------------------------------------------------------------


def _head(items: Sequence[Item], found: Found) -> int:
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
            if not _ONLY_RULE.fullmatch(item.text) and not _is_mark(item.text, found):
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
    return bool(halves) and (bool(_ABOUT.match(halves[0])) or _is_mark(halves[0], found))


def _is_bold(item: Text, words: str) -> bool:
    return any(span.bold and words[:4] in span.text for span in item.spans)


def _read_left(texts: Sequence[Text], found: Found) -> None:
    names: list[tuple[str, bool]] = []
    about: list[str] = []
    has_symbol = False
    for text in texts:
        for line in _lines(text):
            symbol = _SYMBOL.match(line)
            if _ONLY_RULE.fullmatch(line) or _is_mark(line, found):
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
        for line in _lines(text):
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


def _is_mark(text: str, found: Found) -> bool:
    """Take a mark of urgency, circulation or draft; tell whether it was one."""
    words = one_line(text).strip(" .").upper()
    if fold(words) in _URGENCY:
        found.urgency = _URGENCY[fold(words)]
    elif words in _CIRCULATION:
        found.circulation = words
    elif words in {DRAFT_MARK, "DỰ THẢO LẦN 1", "DỰ THẢO LẦN 2", "DỰ THẢO LẦN 3", "(DỰ THẢO)"}:
        found.is_draft = True
    else:
        return False
    return True


def _lines(text: Text) -> list[str]:
    return [line for part in nfc(text.text).split("\n") if (line := part.strip())]


# --- title, addressees -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _type_names() -> frozenset[str]:
    types = tomllib.loads(TYPES.read_text(encoding="utf-8"))["types"]
    return frozenset(fold(one["name"]) for one in types)


def _is_type_name(text: Text, found: Found) -> bool:
    words = fold(one_line(text.text))
    if re.sub(r"\s*\(.*", "", words) in _type_names():
        return is_capitals(text.text) or text.is_caps or text.align == "center"
    return found.has_head and text.is_bold and text.align == "center" and len(words) < 40 and _in_capitals(text)


def _in_capitals(text: Text) -> bool:
    return text.is_caps or is_capitals(text.text)


def _title(items: Sequence[Item], place: int, found: Found) -> int:
    start = _skip_empty(items, place, found)
    item = items[start] if start < len(items) else None
    if not isinstance(item, Text) or found.abstract or not _is_type_name(item, found):
        return start
    first, *more = _lines(item)
    found.type_name = first
    lines = list(more)
    place = start + 1
    while place < len(items):
        following = items[place]
        if not isinstance(following, Text) or not _goes_on_with_the_abstract(following, bool(lines)):
            break
        if not _ONLY_RULE.fullmatch(following.text):
            lines += _lines(following)
        place += 1
    found.abstract = one_line(" ".join(lines))
    return _skip_empty(items, place, found)


def _goes_on_with_the_abstract(text: Text, has_begun: bool) -> bool:  # noqa: FBT001 - a private pair
    if _ONLY_RULE.fullmatch(text.text):
        return not text.breaks_after
    if text.align != "center" or _TO.match(text.text) or _in_capitals(text):
        return False
    return text.is_bold or not has_begun


def _skip_empty(items: Sequence[Item], place: int, found: Found) -> int:
    while place < len(items):
        item = items[place]
        if not isinstance(item, Text) or item.breaks_after or item.breaks_before:
            break
        if not _ONLY_RULE.fullmatch(item.text) and not (found.has_head and _is_mark(item.text, found)):
            break
        place += 1
    return place


def _addressees(items: Sequence[Item], place: int, found: Found) -> int:
    item = items[place] if place < len(items) else None
    if isinstance(item, Grid) and len(item.rows) == 1:
        texts = [text for cell in item.rows[0] for text in cell if text.text.strip()]
        if texts and _TO.match(texts[0].text):
            found.addressees = _names([line for text in texts for line in _lines(text)])
            return _skip_empty(items, place + 1, found)
    if not isinstance(item, Text) or not _TO.match(item.text):
        return place
    names = _lines(item)
    place += 1
    while place < len(items):
        following = items[place]
        if not isinstance(following, Text) or not following.text.strip().startswith(("-", "–", "+", "•")):
            break
        names += _lines(following)
        place += 1
    found.addressees = _names(names)
    return _skip_empty(items, place, found)


def _names(lines: Sequence[str]) -> tuple[str, ...]:
    bare = (_bullet(_TO.sub("", line)) for line in lines)
    return tuple(name for name in bare if name)


def _bullet(line: str) -> str:
    return one_line(line).lstrip("-–+•▪ ").rstrip(";.,: ")


# --- the signing block -----------------------------------------------------------------------------------------------


def _ending(items: Sequence[Item], start: int, found: Found) -> tuple[int, int]:
    """Read the signing block; return where the body ends and where what follows the block begins."""
    for place in range(start, len(items)):
        item = items[place]
        if isinstance(item, Grid) and _is_signing_table(item):
            _read_signing_table(item, found)
            return _without_empty(items, start, place), place + 1
        if isinstance(item, Text) and _RECIPIENTS.match(item.text) and len(item.text) < 120:
            return _without_empty(items, start, place), _read_signing_by_tabs(items, place, found)
    return _without_empty(items, start, len(items)), len(items)


def _is_signing_table(grid: Grid) -> bool:
    if grid.columns not in {2, 3} or len(grid.rows) > 4 or not grid.rows[0]:
        return False
    texts = [text for row in grid.rows for cell in row for text in cell if text.text.strip()]
    if any(_RECIPIENTS.match(text.text) for text in texts):
        return True
    last = [text for text in grid.rows[0][-1] if text.text.strip()]
    is_empty = not any(text.text.strip() for text in grid.rows[0][0])
    if not last or not is_empty or not last[0].is_bold or not _in_capitals(last[0]):
        return False
    return bool(_AUTHORITY.search(last[0].text.upper()))


def _read_signing_table(grid: Grid, found: Found) -> None:
    found.has_signing = True
    left = [line for row in grid.rows for text in (row[0] if row else ()) for line in _lines(text)]
    right = [text for row in grid.rows for cell in row[1:] for text in cell]
    _read_recipients(left, found)
    lines = [(line, _in_capitals(text) or is_capitals(line)) for text in right for line in _lines(text)]
    _read_signing(lines, found)


def _read_signing(lines: Sequence[tuple[str, bool]], found: Found) -> None:
    lines = [line for line in lines if not _ONLY_RULE.fullmatch(line[0]) and not re.fullmatch(r"\(.*\)", line[0])]
    if lines and not lines[-1][1]:
        found.signer = one_line(lines[-1][0])
        lines = lines[:-1]
    found.signing = tuple(one_line(line) for line, _capitals in lines)


def _read_recipients(lines: Sequence[str], found: Found) -> None:
    names: list[str] = []
    is_after_label = False
    for line in lines:
        if _RECIPIENTS.match(line):
            is_after_label = True
            line = _RECIPIENTS.sub("", line)  # noqa: PLW2901 - what stands behind the label
        if not is_after_label or not line.strip():
            continue
        drafter = _DRAFTER.fullmatch(line.strip())
        if drafter and names and not line.startswith("-"):
            found.drafter = drafter["drafter"] or ""
            found.copies = int(drafter["copies"]) if drafter["copies"] else None
        elif line.strip():
            names.append(_bullet(line))
    found.recipients = tuple(name for name in names if name)


def _read_signing_by_tabs(items: Sequence[Item], place: int, found: Found) -> int:
    """A signing block typed with tabs: recipients before the tab, titles and name after it."""
    found.has_signing = True
    left: list[str] = []
    right: list[tuple[str, bool]] = []
    empty = 0
    while place < len(items) and empty < 8:
        item = items[place]
        if not isinstance(item, Text) or item.breaks_before or _APPENDIX.match(item.text.strip()):
            break
        halves = [half.strip() for half in re.split(r"\t+", item.text)]
        empty = 0 if any(halves) else empty + 1
        if halves[0]:
            left.append(halves[0])
        right += [(half, is_capitals(half)) for half in halves[1:] if half]
        place += 1
        if right and not right[-1][1] and left and re.match(r"-?\s*Lưu", left[-1]):
            break
    _read_recipients(left, found)
    _read_signing(right, found)
    return place


def _without_empty(items: Sequence[Item], start: int, end: int) -> int:
    """Return where the body ends when the empty paragraphs before its end are left out."""
    while end > start and isinstance(last := items[end - 1], Text) and not last.text.strip() and not last.breaks_after:
        end -= 1
    return end


# --- appendices ------------------------------------------------------------------------------------------------------


def find_appendices(items: Sequence[Item]) -> list[FoundAppendix]:
    """Part what follows the signing block: at each "Phụ lục …", or one with what is attached."""
    found: list[FoundAppendix] = []
    place = 0
    while place < len(items):
        item = items[place]
        is_label = isinstance(item, Text) and bool(_APPENDIX.match(one_line(item.text)))
        if not is_label and not found and isinstance(item, Text) and not item.text.strip():
            place += 1
        elif is_label or not found:
            appendix, place = _appendix_head(items, place)
            found.append(appendix)
        else:
            found[-1].body.append(item)
            place += 1
    for appendix in found:
        appendix.body = _trimmed(appendix.body)
    return [appendix for appendix in found if appendix.caption or appendix.title or appendix.body]


def _trimmed(items: list[Item]) -> list[Item]:
    start = 0
    while start < len(items) and isinstance(item := items[start], Text) and _ONLY_RULE.fullmatch(item.text):
        start += 1
    return items[start : _without_empty(items, start, len(items))]


def _appendix_head(items: Sequence[Item], place: int) -> tuple[FoundAppendix, int]:
    appendix = FoundAppendix()
    first = items[place]
    captions: list[str] = []
    label = one_line(first.text) if isinstance(first, Text) else ""
    if _APPENDIX.match(label) or fold(label) in _type_names():
        appendix.title = label
        place += 1
    while place < len(items) and isinstance(item := items[place], Text):
        words = one_line(item.text)
        if _ATTACHED.match(words):
            place += 1
            break
        if not words or _ONLY_RULE.fullmatch(words):
            place += 1
        elif item.align == "center" and item.is_bold and not _is_division(words) and len(captions) < 4:
            captions.append(words)
            place += 1
        else:
            break
    appendix.caption = " ".join(captions)
    return appendix, place


def _is_division(words: str) -> bool:
    return bool(re.match(r"(?:Phần|Chương|Mục)\s+\S+", words, re.IGNORECASE))
