"""What a DOCX says, paragraph by paragraph and table by table: styles resolved, numbers typed, losses counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from lienthong.formatting.blocks import Span, Spans, plain, tidy
from lienthong.formatting.reading.docx_numbering import Numbering, W, numbering_of, whole
from lienthong.formatting.reading.docx_package import MAIN, NOT_DOCX, Package
from lienthong.formatting.reading.docx_styles import (
    TWIPS_PER_MM,
    Style,
    Styles,
    changed,
    is_on,
    lay_over,
    local_name,
    styles_of,
)
from lienthong.kernel.legacy_encodings import repair
from lienthong.kernel.refusal import Refusal

__all__ = ["TWIPS_PER_MM", "Grid", "Item", "Reader", "Text", "local_name", "tidied"]

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MOST_NESTED = 40
_TRANSPARENT = {"smartTag", "sdt", "sdtContent", "hyperlink", "ins", "moveTo", "fldSimple", "customXml", "dir", "bdo"}
_SYMBOLS = {
    "F0B7": "•", "F0A7": "▪", "F0D8": "►", "F0FC": "√", "F06F": "□", "F0A8": "□", "F0FE": "■", "F02D": "-", "F0E0": "→",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph as it is shown: its spans (a tab is "\\t"), where it stands, and its list number."""

    spans: Spans
    align: str = ""
    left: float = 0.0
    right: float = 0.0
    label: str = ""
    is_bold: bool = False
    is_caps: bool = False
    breaks_before: bool = False
    breaks_after: bool = False
    is_boxed: bool = False

    @property
    def text(self) -> str:
        """Return its words with its list number."""
        words = plain(self.spans)
        return f"{self.label} {words}" if self.label else words


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells with their paragraphs; ``has_head`` where Word repeats its first row."""

    rows: tuple[tuple[tuple[Text, ...], ...], ...]
    has_head: bool = False

    @property
    def columns(self) -> int:
        """Return how many columns its widest row has."""
        return max((len(row) for row in self.rows), default=0)


Item = Text | Grid


@dataclass(slots=True)
class Reader:
    """Reads one package; ``losses`` counts what a body of plain markup cannot hold."""

    package: Package
    losses: Counter[str] = field(default_factory=Counter)
    fonts: Counter[str] = field(default_factory=Counter)
    numbering: Numbering = field(default_factory=Numbering)
    styles: Styles = field(default_factory=Styles)

    def items(self) -> list[Item]:
        """Return the paragraphs and tables of the document in their order."""
        self.numbering = numbering_of(self.package.xml("word/numbering.xml"))
        self.styles = styles_of(self.package.xml("word/styles.xml"))
        root = self.package.xml(MAIN)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise Refusal(NOT_DOCX)
        return list(self._items(body))

    def part_text(self, name: str) -> list[Text]:
        """Return the paragraphs of a header or footer."""
        root = self.package.xml(name)
        return [self._text(paragraph) for paragraph in root.iter(f"{W}p")] if root is not None else []

    # --- blocks ------------------------------------------------------------------------------------------------------

    def _items(self, parent: etree._Element, depth: int = 0) -> Iterator[Item]:
        for child in parent:
            name = local_name(child)
            if name == "p":
                yield self._text(child)
            elif name == "tbl":
                yield self._grid(child, depth)
            elif name in _TRANSPARENT and depth < MOST_NESTED:
                yield from self._items(child, depth + 1)

    def _grid(self, table: etree._Element, depth: int) -> Grid:
        own = [row for row in table.iter(f"{W}tr") if _nearest(row, f"{W}tbl") is table]
        rows = [tuple(self._row(row, depth)) for row in own]
        first = own[0] if own else None
        has_head = first is not None and first.find(f"{W}trPr/{W}tblHeader") is not None
        return Grid(tuple(rows), has_head)

    def _row(self, row: etree._Element, depth: int) -> Iterator[tuple[Text, ...]]:
        for cell in row.iter(f"{W}tc"):
            if _nearest(cell, f"{W}tr") is not row:
                continue
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is not None and merged.get(f"{W}val") != "restart":
                self.losses["merged"] += 1
            yield tuple(self._cell_texts(cell, depth))
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            more = min(whole(span.get(f"{W}val"), 1), 60) - 1 if span is not None else 0
            if more > 0:
                self.losses["merged"] += 1
                yield from ((),) * more

    def _cell_texts(self, cell: etree._Element, depth: int) -> Iterator[Text]:
        for item in self._items(cell, depth + 1):
            if isinstance(item, Text):
                yield item
            else:
                self.losses["nested"] += 1
                for row in item.rows:
                    yield from (text for texts in row for text in texts)

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _text(self, paragraph: etree._Element) -> Text:
        properties = paragraph.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = self.styles.of(named.get(f"{W}val", "") if named is not None else None)
        breaks_before = False
        if properties is not None:
            style = changed(style)
            lay_over(style, properties)
            breaks_before = is_on(properties.find(f"{W}pageBreakBefore"))
        spans: list[Span] = []
        breaks: list[bool] = []
        for span, is_break in self._spans(paragraph, style, 0):
            if is_break:
                breaks.append(bool(spans))
            elif span.text:
                spans.append(span)
        kept = tuple(spans)
        words = [span for span in kept if span.text.strip()]
        return Text(
            spans=kept,
            align={"start": "left", "end": "right", "distribute": "both"}.get(style.align, style.align),
            left=style.left,
            right=style.right,
            label=self._label(style),
            is_bold=bool(words) and all(span.bold for span in words),
            is_caps=_is_shown_in_capitals(paragraph) if words else False,
            breaks_before=breaks_before or (bool(breaks) and not breaks[0]),
            breaks_after=any(breaks),
            is_boxed=properties is not None and len(properties.findall(f"{W}pBdr/*")) >= 4,
        )

    def _label(self, style: Style) -> str:
        return self.numbering.label(style.list_id, style.level) if style.list_id not in {"", "0"} else ""

    def _spans(self, parent: etree._Element, style: Style, depth: int) -> Iterator[tuple[Span, bool]]:
        for child in parent:
            name = local_name(child)
            if name == "r":
                yield from self._run(child, style)
            elif name in {"oMath", "oMathPara"}:
                self.losses["equation"] += 1
                yield Span("".join(letters.text or "" for letters in child.iter(f"{MATH}t"))), False
            if name in {"del", "moveFrom", "ins", "moveTo"}:
                self.losses["tracked"] += 1
            if name in _TRANSPARENT and depth < MOST_NESTED:
                yield from self._spans(child, style, depth + 1)

    def _run(self, run: etree._Element, style: Style) -> Iterator[tuple[Span, bool]]:
        properties = run.find(f"{W}rPr")
        own = style
        if properties is not None:
            own = self._of_run(properties, style)
            if own.marks.get("vanish"):
                return
        text = ""
        for piece in run:
            name = local_name(piece)
            if name == "br" and piece.get(f"{W}type") == "page":
                yield self._span(text, own), False
                text = ""
                yield Span(""), True
            elif name in {"drawing", "pict", "object", "AlternateContent"}:
                self._lose_picture(piece)
            elif name in {"commentReference", "footnoteReference", "endnoteReference"}:
                self.losses["comment" if name == "commentReference" else "footnote"] += 1
            else:
                text += _letters(piece, name)
        yield self._span(text, own), False

    def _of_run(self, properties: etree._Element, style: Style) -> Style:
        named = properties.find(f"{W}rStyle")
        own = changed(style)
        if named is not None:
            own.marks |= {mark: True for mark, on in self.styles.of(named.get(f"{W}val", "")).marks.items() if on}
        lay_over(own, properties)
        return own

    def _span(self, text: str, style: Style) -> Span:
        if text.strip() and style.font:
            self.fonts[style.font] += len(text)
        if style.font.lower().startswith((".vn", "vni-")):
            text, encoding = repair(text)
            self.losses["legacy"] += bool(encoding)
        marks = style.marks
        return Span(text, marks.get("b", False), marks.get("i", False), marks.get("u", False))

    def _lose_picture(self, piece: etree._Element) -> None:
        names = {local_name(one) for one in piece.iter()}
        if "txbxContent" in names:
            self.losses["textbox"] += 1
        elif names & {"OLEObject", "object"}:
            self.losses["object"] += 1
        elif names & {"chart", "relIds"}:
            self.losses["chart"] += 1
        elif names & {"blip", "imagedata"} or not names & {"line", "cxnSp", "wsp", "shape", "rect"}:
            self.losses["image"] += 1


def _letters(piece: etree._Element, name: str) -> str:
    if name == "t":
        return piece.text or ""
    if name == "sym":
        return _SYMBOLS.get(piece.get(f"{W}char", "").upper(), "□")
    return {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, "")


def _is_shown_in_capitals(paragraph: etree._Element) -> bool:
    runs = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]
    return bool(runs) and all(is_on(run.find(f"{W}rPr/{W}caps")) for run in runs)


def _nearest(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def tidied(text: Text) -> Spans:
    """Return a paragraph's spans with its list number before them and its tabs as spaces."""
    label = (Span(f"{text.label} ", bold=text.is_bold),) if text.label else ()
    return tidy(replace(span, text=span.text.replace("\t", " ")) for span in (*label, *text.spans))
