"""An official document as pages: PDF/A-2b after the decree, the same bytes for the same document."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from lienthong.formatting.blocks import Block, PageBreak, Spans, Table, blocks, clean, style_of
from lienthong.formatting.official import (
    DRAFT_MARK,
    MOTTO,
    NATION,
    URGENCY_MARKS,
    Appendix,
    Official,
    addressee_lines,
    attachment_line,
    dateline,
    drafter_line,
    one_line,
    recipient_lines,
)
from lienthong.formatting.setting import fonts
from lienthong.formatting.setting.emphasis import as_printed
from lienthong.formatting.setting.sheet import Sheet, sheet
from lienthong.formatting.setting.widths import column_widths, held_rows, is_broad, letter_size, room_in_letters
from lienthong.kernel.clock import local
from lienthong.kernel.typesetting import typeset

LAYOUT = Path(__file__).resolve().parents[1] / "layouts" / "official.typ"
PARTS_OF_A_MOMENT = ("year", "month", "day", "hour", "minute", "second")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def set_pages(official: Official, *, created: dt.datetime) -> bytes:
    """Return the pages as PDF/A-2b; ``created`` is the moment they say they were made, and the year of a draft."""
    return typeset(LAYOUT, page_data(official, created=created), font_paths=[fonts.DIRECTORY])


def page_data(official: Official, *, created: dt.datetime) -> dict[str, Any]:
    """Return what the layout reads."""
    moment = local(created)
    edition = sheet(official.date or moment.date())
    symbol = official.symbol if official.symbol.strip() else "      /"
    return {
        "sheet": {
            "margins": edition.margins,
            "page_number": edition.page_number,
            "sizes": edition.sizes,
            "text": edition.text,
            "rules": edition.rules,
            "width": edition.width,
            "left": left_column(edition),
        },
        "title": _line(official.title),
        "author": _line(official.issuer),
        "created": {part: getattr(created.astimezone(dt.UTC), part) for part in PARTS_OF_A_MOMENT},
        "nation": NATION,
        "motto": MOTTO,
        "superior": _lines(official.superior.upper()),
        "issuer": _lines(official.issuer.upper()) or [""],
        "symbol": _held(f"Số: {clean(symbol).rstrip()}"),
        "dateline": _held(f"{_line(official.place)}, {dateline(official.date, year=moment.year)}"),
        "letter_abstract": _letter_abstract(official),
        "urgency": _urgency(official, edition),
        "marks": marks(official),
        "has_marks": bool(official.is_letter or marks(official) or _urgency(official, edition)),
        "type_name": "" if official.is_letter else _line(official.type_name.upper()),
        "abstract": [] if official.is_letter else _lines(official.abstract),
        "addressees": _addressees(official),
        "blocks": _blocks(official.body, edition),
        "signing": [_line(line.upper()) for line in official.signing if line.strip()],
        "signer": _line(official.signer),
        "recipients_label": "Nơi nhận:",
        "recipients": [_line(line) for line in recipient_lines(official)],
        "drafter": _line(drafter_line(official)),
        "contact": _line(official.contact),
        "appendices": [
            _appendix(official, appendix, place, moment.year, edition)
            for place, appendix in enumerate(official.appendices)
        ],
    }


def left_column(edition: Sheet) -> float:
    """Return how wide the left half of the head is, in mm: what the national title leaves."""
    return edition.width - 6.0 - 7.65 * edition.sizes["nation"]


def marks(official: Official) -> list[str]:
    """Return the words in boxes under the number: how far it may go, and that it is a draft."""
    return [
        _line(words)
        for words in (official.circulation.upper(), DRAFT_MARK if official.is_draft else "")
        if words.strip()
    ]


def appendix_label(official: Official, appendix: Appendix, place: int) -> str:
    """Return "Phụ lục", with its Roman number where there are several."""
    if appendix.title.strip() or len(official.appendices) < 2:
        return one_line(appendix.title) or "Phụ lục"
    return f"Phụ lục {ROMAN[place] if place < len(ROMAN) else place + 1}"


def abstract_lines(official: Official) -> list[str]:
    """Return the abstract of a công văn, with the "V/v" before it."""
    words = one_line(official.abstract)
    if words.casefold().startswith("về việc "):
        words = words[len("về việc ") :]
    return [words if not words or words.casefold().startswith("v/v") else f"V/v {words}"]


def _letter_abstract(official: Official) -> list[str]:
    return [_line(line) for line in abstract_lines(official) if line] if official.is_letter else []


def _urgency(official: Official, edition: Sheet) -> list[Any] | None:
    words = URGENCY_MARKS.get(official.urgency)
    return [words, *edition.urgency_boxes[official.urgency]] if words else None


def _addressees(official: Official) -> list[Any]:
    """Return one line, or a label with several lines, or neither."""
    names = [_line(name) for name in addressee_lines(official)]
    if len(names) == 1:
        return [f"Kính gửi: {names[0]}", None]
    return [None, ["Kính gửi:", names] if names else None]


def is_turned(appendix: Appendix) -> bool:
    """Tell whether an appendix stands on pages turned on their side, for a table too broad for an upright one."""
    return any(isinstance(block, Table) and is_broad(block) for block in blocks(appendix.body))


def _appendix(official: Official, appendix: Appendix, place: int, year: int, edition: Sheet) -> dict[str, Any]:
    turned = is_turned(appendix)
    return {
        "turned": turned,
        "title": _line(appendix_label(official, appendix, place)),
        "caption": _line(appendix.caption.upper()),
        "note": [_held(part) for part in attachment_line(official, year=year)],
        "blocks": _blocks(appendix.body, edition, turned=turned),
    }


def _blocks(body: str, edition: Sheet, *, turned: bool = False) -> list[dict[str, Any]]:
    return [_block(block, edition, turned=turned) for block in blocks(body)]


def _block(block: Block, edition: Sheet, *, turned: bool) -> dict[str, Any]:
    if isinstance(block, PageBreak):
        return {"kind": "page-break"}
    if isinstance(block, Table):
        return _table(block, edition.sizes["table"], is_turned=turned)
    return {"kind": block.kind, "spans": _runs(as_printed(block.kind, block.spans))}


def _table(table: Table, size: float, *, is_turned: bool) -> dict[str, Any]:
    letters = letter_size(table, size, is_turned=is_turned)
    head, rows = (table.rows[0], table.rows[1:]) if table.has_head and len(table.rows) > 1 else (None, table.rows)
    width = len(table.rows[0])
    return {
        "kind": "table",
        "head": [_runs(cell) for cell in head] if head else None,
        "rows": [
            {"cells": [_runs(cell) for cell in row], "held": held}
            for row, held in zip(rows, held_rows(table, rows), strict=True)
        ],
        "size": letters,
        "widths": column_widths(table, room_in_letters(letters, size, is_turned=is_turned)),
        "alignments": [name or "left" for name in (table.alignments or ("",) * width)],
    }


_SYMBOL = re.compile(r"(?<!\S)([^\s/]{1,12}/[^\s]{1,24})(?!\S)")


def _runs(spans: Spans) -> list[Any]:
    """Return the runs of a paragraph; a symbol ("12/TTr-STTTT") is one that stays on its line."""
    runs: list[Any] = []
    for span in spans:
        styles = "".join(mark for mark, on in zip("biu", style_of(span), strict=True) if on)
        for place, words in enumerate(_SYMBOL.split(fonts.printable(span.text))):
            if words:
                own = styles + "h" * (place % 2)
                runs.append([words, own] if own else words)
    return runs


def _line(text: str) -> str:
    return fonts.printable(one_line(clean(text)))


def _lines(text: str) -> list[str]:
    return [line for part in clean(text).split("\n") if (line := _line(part))]


def _held(text: str) -> str:
    """Keep the room that is left for a number or a day: runs of spaces do not shrink and do not part."""
    return fonts.printable(clean(text)).replace("  ", "\u00a0\u00a0")
