"""The elements of an official document among the paragraphs and tables of a DOCX that an office typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lienthong.formatting.blocks import is_capitals
from lienthong.formatting.official import one_line
from lienthong.formatting.reading.docx_found import ONLY_RULE, Found, bare_name, in_capitals, lines_of, takes_mark
from lienthong.formatting.reading.docx_head import read_head
from lienthong.formatting.reading.docx_signing import read_ending
from lienthong.formatting.reading.docx_text import Grid, Item, Text
from lienthong.formatting.reading.docx_types import type_names
from lienthong.kernel.vietnamese import fold

_TO = re.compile(r"^\s*Kính gửi\s*[:.]?\s*", re.IGNORECASE)


def find_parts(items: Sequence[Item]) -> Found:
    """Find the head, the title, the addressees, the signing block; what is left is the body and what follows it."""
    found = Found()
    after = read_head(items, found)
    after = _title(items, after, found)
    after = _addressees(items, after, found)
    end, rest = read_ending(items, after, found)
    found.body, found.rest = list(items[after:end]), list(items[rest:])
    return found


def _is_type_name(text: Text, found: Found) -> bool:
    words = fold(one_line(text.text))
    if re.sub(r"\s*\(.*", "", words) in type_names():
        return is_capitals(text.text) or text.is_caps or text.align == "center"
    return found.has_head and text.is_bold and text.align == "center" and len(words) < 40 and in_capitals(text)


def _title(items: Sequence[Item], place: int, found: Found) -> int:
    start = _skip_empty(items, place, found)
    item = items[start] if start < len(items) else None
    if not isinstance(item, Text) or found.abstract or not _is_type_name(item, found):
        return start
    first, *more = lines_of(item)
    found.type_name = first
    lines = list(more)
    place = start + 1
    while place < len(items):
        following = items[place]
        if not isinstance(following, Text) or not _goes_on_with_the_abstract(following, bool(lines)):
            break
        if not ONLY_RULE.fullmatch(following.text):
            lines += lines_of(following)
        place += 1
    found.abstract = one_line(" ".join(lines))
    return _skip_empty(items, place, found)


def _goes_on_with_the_abstract(text: Text, has_begun: bool) -> bool:  # noqa: FBT001 - a private pair
    if ONLY_RULE.fullmatch(text.text):
        return not text.breaks_after
    if text.align != "center" or _TO.match(text.text) or in_capitals(text):
        return False
    return text.is_bold or not has_begun


def _skip_empty(items: Sequence[Item], place: int, found: Found) -> int:
    while place < len(items):
        item = items[place]
        if not isinstance(item, Text) or item.breaks_after or item.breaks_before:
            break
        if not ONLY_RULE.fullmatch(item.text) and not (found.has_head and takes_mark(item.text, found)):
            break
        place += 1
    return place


def _addressees(items: Sequence[Item], place: int, found: Found) -> int:
    item = items[place] if place < len(items) else None
    if isinstance(item, Grid) and len(item.rows) == 1:
        texts = [text for cell in item.rows[0] for text in cell if text.text.strip()]
        if texts and _TO.match(texts[0].text):
            found.addressees = _names([line for text in texts for line in lines_of(text)])
            return _skip_empty(items, place + 1, found)
    if not isinstance(item, Text) or not _TO.match(item.text):
        return place
    names = lines_of(item)
    place += 1
    while place < len(items):
        following = items[place]
        if not isinstance(following, Text) or not following.text.strip().startswith(("-", "–", "+", "•")):
            break
        names += lines_of(following)
        place += 1
    found.addressees = _names(names)
    return _skip_empty(items, place, found)


def _names(lines: Sequence[str]) -> tuple[str, ...]:
    bare = (bare_name(_TO.sub("", line)) for line in lines)
    return tuple(name for name in bare if name)
