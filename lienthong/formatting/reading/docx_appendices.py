"""The appendices behind the signing block, each with its label and name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lienthong.formatting.official import one_line
from lienthong.formatting.reading.docx_found import APPENDIX_LABEL, ONLY_RULE, without_empty
from lienthong.formatting.reading.docx_text import Item, Text
from lienthong.formatting.reading.docx_types import type_names
from lienthong.kernel.vietnamese import fold

_ATTACHED = re.compile(r"^\(?\s*(?:Ban hành\s+)?Kèm theo", re.IGNORECASE)


@dataclass(slots=True)
class FoundAppendix:
    """One appendix: its label, its name, its paragraphs and tables."""

    title: str = ""
    caption: str = ""
    body: list[Item] = field(default_factory=list)


def find_appendices(items: Sequence[Item]) -> list[FoundAppendix]:
    """Part what follows the signing block: at each "Phụ lục …", or one with what is attached."""
    found: list[FoundAppendix] = []
    place = 0
    while place < len(items):
        item = items[place]
        is_label = isinstance(item, Text) and bool(APPENDIX_LABEL.match(one_line(item.text)))
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
    while start < len(items) and isinstance(item := items[start], Text) and ONLY_RULE.fullmatch(item.text):
        start += 1
    return items[start : without_empty(items, start, len(items))]


def _appendix_head(items: Sequence[Item], place: int) -> tuple[FoundAppendix, int]:
    appendix = FoundAppendix()
    first = items[place]
    captions: list[str] = []
    label = one_line(first.text) if isinstance(first, Text) else ""
    if APPENDIX_LABEL.match(label) or fold(label) in type_names():
        appendix.title = label
        place += 1
    while place < len(items) and isinstance(item := items[place], Text):
        words = one_line(item.text)
        if _ATTACHED.match(words):
            place += 1
            break
        if not words or ONLY_RULE.fullmatch(words):
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
