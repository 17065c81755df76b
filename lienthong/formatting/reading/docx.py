"""A DOCX typed by an office as the parts of an official document, with what could not be taken over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from lxml import etree

from lienthong.formatting.blocks import (
    PAGE_BREAK,
    Alignment,
    Block,
    Kind,
    PageBreak,
    Paragraph,
    Span,
    Spans,
    Table,
    blocks,
    markup,
    plain,
    tidy,
)
from lienthong.formatting.official import Appendix, Official, one_line
from lienthong.formatting.reading.docx_appendices import find_appendices
from lienthong.formatting.reading.docx_found import Found
from lienthong.formatting.reading.docx_losses import Loss, losses_of
from lienthong.formatting.reading.docx_package import NOT_DOCX, open_package
from lienthong.formatting.reading.docx_parts import find_parts
from lienthong.formatting.reading.docx_text import Grid, Item, Reader, Text, tidied
from lienthong.formatting.setting.emphasis import as_typed
from lienthong.kernel.refusal import Refusal

_CENTRED_BY_KIND = {"authority", "enacting", "division", "division_title"}


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a DOCX holds: its elements as far as they were found (else empty), and what was lost."""

    official: Official
    losses: tuple[Loss, ...]
    has_head: bool
    has_signing: bool

    @property
    def body(self) -> str:
        """Return the markup of its body."""
        return self.official.body


def read_docx(stream: BinaryIO) -> ReadDocument:
    """Read a DOCX; refuses what is not one, is locked, carries macros or is made to swell."""
    package = open_package(stream)
    reader = Reader(package)
    try:
        items = reader.items()
    except (etree.XMLSyntaxError, RecursionError) as error:
        raise Refusal(NOT_DOCX) from error
    found = find_parts(items)
    appendices = tuple(
        Appendix(
            title="" if one.title.casefold() == "phụ lục" else one.title,
            caption=one.caption,
            body=body_of(one.body),
        )
        for one in find_appendices(found.rest)
    )
    contact = _contact(reader)
    official = _official(found, contact, body_of(found.body), appendices)
    return ReadDocument(official, losses_of(reader), found.has_head, found.has_signing)


def _official(found: Found, contact: str, body: str, appendices: tuple[Appendix, ...]) -> Official:
    return Official(
        superior=found.superior,
        issuer=found.issuer,
        symbol=found.symbol,
        place=found.place,
        date=found.date,
        type_name=found.type_name,
        abstract=found.abstract,
        addressees=found.addressees,
        body=body,
        signing=found.signing,
        signer=found.signer,
        recipients=found.recipients,
        urgency=found.urgency,
        circulation=found.circulation,
        drafter=found.drafter,
        copies=found.copies,
        contact=contact,
        appendices=_without_counted_labels(appendices),
        is_draft=found.is_draft,
    )


def _without_counted_labels(appendices: tuple[Appendix, ...]) -> tuple[Appendix, ...]:
    """Drop labels that the setting would count by itself: "Phụ lục I", "Phụ lục II" in their order."""
    numbers = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    counted = [f"phụ lục {number}".casefold() for number in numbers[: len(appendices)]]
    if len(appendices) > 1 and [one.title.casefold() for one in appendices] == counted:
        return tuple(replace(one, title="") for one in appendices)
    return appendices


def _contact(reader: Reader) -> str:
    """Return the address line at the foot of the first page; other words in heads and feet are a loss."""
    contact = ""
    for name in sorted(reader.package.names):
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            for text in reader.part_text(name):
                words = one_line(text.text)
                if not contact and words.casefold().startswith(("địa chỉ", "đ/c", "trụ sở")):
                    contact = words
                elif any(letter.isalpha() for letter in words) and words != contact:
                    reader.losses["header"] += 1
    return contact


# --- the body --------------------------------------------------------------------------------------------------------


def body_of(items: Iterable[Item]) -> str:
    """Return the markup of paragraphs and tables; what they are by themselves is not written a second time."""
    drafted: list[tuple[Block, Text | None]] = []
    for item in items:
        if isinstance(item, Grid):
            table = _table(item)
            if table is not None:
                drafted.append((table, None))
            continue
        if item.breaks_before and drafted:
            drafted.append((PageBreak(), None))
        spans = tidied(item)
        if item.text.strip() and spans:
            drafted.append((Paragraph("text", spans), item))
        if item.breaks_after:
            drafted.append((PageBreak(), None))
    while drafted and isinstance(drafted[-1][0], PageBreak):
        drafted.pop()
    kinds = _kinds([block for block, _text in drafted])
    return markup(_settled(block, text, kind) for (block, text), kind in zip(drafted, kinds, strict=True))


def _kinds(drafted: Sequence[Block]) -> list[Kind | None]:
    """Return what each paragraph would be by its words and its neighbours."""
    read = blocks("\n".join(_words(block) for block in drafted))
    if len(read) != len(drafted):
        return ["text"] * len(drafted)
    return [block.kind if isinstance(block, Paragraph) else None for block in read]


def _words(block: Block) -> str:
    if not isinstance(block, Paragraph):
        return PAGE_BREAK
    words = one_line(block.text)
    return f"\\{words}" if words.startswith(("|", ">", "^", "=", "\\")) else words


def _settled(block: Block, text: Text | None, kind: Kind | None) -> Block:
    if not isinstance(block, Paragraph) or text is None or kind is None:
        return block
    if text.align == "center" and kind not in _CENTRED_BY_KIND:
        return Paragraph("centre", _shown(block.spans, text))
    if text.left > 5 and text.right > 5 and text.align != "center" and kind == "text":
        return Paragraph("quote", _shown(block.spans, text))
    if kind == "division_title":
        return Paragraph("division_title", as_typed("division_title", block.spans))
    spans = _shown(block.spans, text)
    return Paragraph(kind, as_typed(kind, spans))


def _shown(spans: Spans, text: Text) -> Spans:
    return tidy(replace(span, text=span.text.upper()) for span in spans) if text.is_caps else spans


def _table(grid: Grid) -> Table | None:
    width = grid.columns
    rows = [[_cell(cell) for cell in row] + [()] * (width - len(row)) for row in grid.rows]
    rows = [row for row in rows if any(plain(cell) for cell in row)]
    if not rows or not width:
        return None
    bold = [all(span.bold for span in cell) for cell in rows[0] if plain(cell)]
    has_head = len(rows) > 1 and (grid.has_head or (len(bold) > 1 and all(bold)))
    if has_head:
        rows[0] = [tidy(replace(span, bold=False) for span in cell) for cell in rows[0]]
    return Table(tuple(tuple(row) for row in rows), has_head, _alignments(grid, width) if has_head else ())


def _cell(texts: Sequence[Text]) -> Spans:
    joined: list[Span] = []
    for spans in map(tidied, texts):
        if spans and joined:
            joined.append(replace(spans[0], text="\n"))
        joined += spans
    return tidy(joined)


def _alignments(grid: Grid, width: int) -> tuple[Alignment, ...]:
    """Return the alignment of each column whose cells under the head agree in one."""
    found: list[Alignment] = []
    known: dict[str, Alignment] = {"left": "left", "center": "center", "right": "right"}
    for column in range(width):
        sides = {text.align for row in grid.rows[1:] if column < len(row) for text in row[column] if text.text.strip()}
        found.append(known.get(sides.pop(), "") if len(sides) == 1 else "")
    return tuple(found) if any(found) else ()
