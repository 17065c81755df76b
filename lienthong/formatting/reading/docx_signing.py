"""The signing block: recipients at the left, titles and name at the right; a table, or typed with tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lienthong.formatting.blocks import is_capitals
from lienthong.formatting.official import one_line
from lienthong.formatting.reading.docx_found import (
    APPENDIX_LABEL,
    ONLY_RULE,
    Found,
    bare_name,
    in_capitals,
    lines_of,
    without_empty,
)
from lienthong.formatting.reading.docx_text import Grid, Item, Text

_RECIPIENTS = re.compile(r"^\s*Nơi nhận\s*[:.]?\s*", re.IGNORECASE)
_DRAFTER = re.compile(r"(?P<drafter>[A-ZĐ]{2,6})?\.?\s*\(?(?P<copies>\d{1,4})?\)?")
_AUTHORITY = re.compile(
    r"^(TM|KT|TL|TUQ|Q)\.|GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG|CHÁNH|CHỦ NHIỆM|BÍ THƯ|\bPHÓ\b|THỦ TƯỚNG"
    r"|VIÊN|[ỦU][YỶ] BAN|HỘI ĐỒNG|ĐẠI DIỆN"
)


def read_ending(items: Sequence[Item], start: int, found: Found) -> tuple[int, int]:
    """Read the signing block; return where the body ends and where what follows the block begins."""
    for place in range(start, len(items)):
        item = items[place]
        if isinstance(item, Grid) and _is_signing_table(item):
            _read_signing_table(item, found)
            return without_empty(items, start, place), place + 1
        if isinstance(item, Text) and _RECIPIENTS.match(item.text) and len(item.text) < 120:
            return without_empty(items, start, place), _read_signing_by_tabs(items, place, found)
    return without_empty(items, start, len(items)), len(items)


def _is_signing_table(grid: Grid) -> bool:
    if grid.columns not in {2, 3} or len(grid.rows) > 4 or not grid.rows[0]:
        return False
    texts = [text for row in grid.rows for cell in row for text in cell if text.text.strip()]
    if any(_RECIPIENTS.match(text.text) for text in texts):
        return True
    last = [text for text in grid.rows[0][-1] if text.text.strip()]
    is_empty = not any(text.text.strip() for text in grid.rows[0][0])
    if not last or not is_empty or not last[0].is_bold or not in_capitals(last[0]):
        return False
    return bool(_AUTHORITY.search(last[0].text.upper()))


def _read_signing_table(grid: Grid, found: Found) -> None:
    found.has_signing = True
    left = [line for row in grid.rows for text in (row[0] if row else ()) for line in lines_of(text)]
    right = [text for row in grid.rows for cell in row[1:] for text in cell]
    _read_recipients(left, found)
    lines = [(line, in_capitals(text) or is_capitals(line)) for text in right for line in lines_of(text)]
    _read_signing(lines, found)


def _read_signing(lines: Sequence[tuple[str, bool]], found: Found) -> None:
    lines = [line for line in lines if not ONLY_RULE.fullmatch(line[0]) and not re.fullmatch(r"\(.*\)", line[0])]
    if lines and (not lines[-1][1] or _is_name_in_capitals(lines)):
        found.signer = one_line(lines[-1][0])
        lines = lines[:-1]
    found.signing = tuple(one_line(line) for line, _capitals in lines)


def _is_name_in_capitals(lines: Sequence[tuple[str, bool]]) -> bool:
    """Tell whether the last line under a title is a name that was typed in capitals."""
    words = lines[-1][0].split()
    return len(lines) > 1 and 2 <= len(words) <= 5 and not _AUTHORITY.search(lines[-1][0])


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
            names.append(bare_name(line))
    found.recipients = tuple(name for name in names if name)


def _read_signing_by_tabs(items: Sequence[Item], place: int, found: Found) -> int:
    """A signing block typed with tabs: recipients before the tab, titles and name after it."""
    found.has_signing = True
    left: list[str] = []
    right: list[tuple[str, bool]] = []
    empty = 0
    while place < len(items) and empty < 8:
        item = items[place]
        if not isinstance(item, Text) or item.breaks_before or APPENDIX_LABEL.match(item.text.strip()):
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
