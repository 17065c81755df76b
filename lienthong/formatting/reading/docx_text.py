"""What a DOCX says, paragraph by paragraph and table by table: styles resolved, numbers typed, losses counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lxml import etree

from lienthong.formatting.blocks import Span, Spans, plain, tidy
from lienthong.formatting.reading.docx_numbering import Numbering, W, numbering_of, whole
from lienthong.formatting.reading.docx_package import MAIN, NOT_DOCX, Package
from lienthong.kernel.legacy_encodings import repair
from lienthong.kernel.refusal import Refusal

TWIPS_PER_MM = 1440 / 25.4
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
class _Style:
    """What a style says of letters and paragraphs, with what it is based on."""

    marks: dict[str, bool] = field(default_factory=dict)
    font: str = ""
    align: str = ""
    left: float = 0.0
    right: float = 0.0
    list_id: str = ""
    level: int = 0


@dataclass(slots=True)
class Reader:
    """Reads one package; ``losses`` counts what a body of plain markup cannot hold."""

    package: Package
    losses: Counter[str] = field(default_factory=Counter)
    fonts: Counter[str] = field(default_factory=Counter)
    numbering: Numbering = field(default_factory=Numbering)
    styles: dict[str, _Style] = field(default_factory=dict)
    default_style: str = ""

    def items(self) -> list[Item]:
        """Return the paragraphs and tables of the document in their order."""
        self.numbering = numbering_of(self.package.xml("word/numbering.xml"))
        self._read_styles(self.package.xml("word/styles.xml"))
        root = self.package.xml(MAIN)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise Refusal(NOT_DOCX)
        return list(self._items(body))

    def part_text(self, name: str) -> list[Text]:
        """Return the paragraphs of a header or footer."""
        root = self.package.xml(name)
        return [self._text(paragraph) for paragraph in root.iter(f"{W}p")] if root is not None else []

    # --- styles ------------------------------------------------------------------------------------------------------

    def _read_styles(self, root: etree._Element | None) -> None:
        if root is None:
            return
        raw = {style.get(f"{W}styleId", ""): style for style in root.iterchildren(f"{W}style")}
        base = _Style()
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            for properties in defaults.iter(f"{W}rPr", f"{W}pPr"):
                _take(base, properties)
        for style_id, style in raw.items():
            self.styles[style_id] = self._resolved(style_id, raw, base, 0)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                self.default_style = style_id
        self.styles.setdefault("", base)

    def _resolved(self, style_id: str, raw: dict[str, etree._Element], base: _Style, depth: int) -> _Style:
        if style_id not in raw or depth > 20:
            return base
        style = raw[style_id]
        based_on = style.find(f"{W}basedOn")
        parent = based_on.get(f"{W}val", "") if based_on is not None else ""
        found = self._resolved(parent, raw, base, depth + 1) if parent else base
        found = replace(found, marks=dict(found.marks))
        for properties in style.iterchildren(f"{W}pPr", f"{W}rPr"):
            _take(found, properties)
        return found

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
        style_id = named.get(f"{W}val", "") if named is not None else self.default_style
        style = self.styles.get(style_id) or self.styles.get("") or _Style()
        breaks_before = False
        if properties is not None:
            style = replace(style, marks=dict(style.marks))
            _take(style, properties)
            breaks_before = _is_on(properties.find(f"{W}pageBreakBefore"))
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

    def _label(self, style: _Style) -> str:
        return self.numbering.label(style.list_id, style.level) if style.list_id not in {"", "0"} else ""

    def _spans(self, parent: etree._Element, style: _Style, depth: int) -> Iterator[tuple[Span, bool]]:
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

    def _run(self, run: etree._Element, style: _Style) -> Iterator[tuple[Span, bool]]:
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

    def _of_run(self, properties: etree._Element, style: _Style) -> _Style:
        named = properties.find(f"{W}rStyle")
        own = replace(style, marks=dict(style.marks))
        if named is not None:
            of_name = self.styles.get(named.get(f"{W}val", ""))
            if of_name is not None:
                own.marks |= {mark: True for mark, on in of_name.marks.items() if on}
        _take(own, properties)
        return own

    def _span(self, text: str, style: _Style) -> Span:
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


@lru_cache(maxsize=512)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace (comments and instructions were left out by the parser)."""
    return _bare(element.tag)


def _letters(piece: etree._Element, name: str) -> str:
    if name == "t":
        return piece.text or ""
    if name == "sym":
        return _SYMBOLS.get(piece.get(f"{W}char", "").upper(), "□")
    return {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, "")


def _take(style: _Style, properties: etree._Element) -> None:
    """Lay over a style what properties of letters or of a paragraph say."""
    for element in properties:
        name = local_name(element)
        value = element.get(f"{W}val", "")
        if name in {"b", "i", "caps", "vanish"}:
            style.marks[name] = _is_on(element)
        elif name == "u":
            style.marks["u"] = value not in {"none", ""}
        elif name == "rFonts":
            style.font = element.get(f"{W}ascii") or element.get(f"{W}hAnsi") or style.font
        elif name == "jc":
            style.align = value
        elif name == "ind":
            style.left = _mm(element, "left", "start", style.left)
            style.right = _mm(element, "right", "end", style.right)
        elif name == "numPr":
            for child in element:
                if local_name(child) == "numId":
                    style.list_id = child.get(f"{W}val", "")
                elif local_name(child) == "ilvl":
                    style.level = whole(child.get(f"{W}val"))


def _mm(element: etree._Element, name: str, other: str, default: float) -> float:
    text = element.get(f"{W}{name}") or element.get(f"{W}{other}")
    return whole(text) / TWIPS_PER_MM if text else default


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "true") not in {"0", "false", "off"}


def _is_shown_in_capitals(paragraph: etree._Element) -> bool:
    runs = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]
    return bool(runs) and all(_is_on(run.find(f"{W}rPr/{W}caps")) for run in runs)


def _nearest(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def tidied(text: Text) -> Spans:
    """Return a paragraph's spans with its list number before them and its tabs as spaces."""
    label = (Span(f"{text.label} ", bold=text.is_bold),) if text.label else ()
    return tidy(replace(span, text=span.text.replace("\t", " ")) for span in (*label, *text.spans))
