"""What stands where in a DOCX: effective letters and paragraphs through defaults, themes and styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from lxml import etree

from lienthong.formatting.reading.docx_numbering import W, whole
from lienthong.formatting.reading.docx_package import MAIN, NOT_DOCX, Package, open_package
from lienthong.formatting.reading.docx_text import local_name
from lienthong.formatting.reading.measured import ONLY_RULE, Area, Letters, Line, Measured, Page, PageNumber
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_NESTED = 40
TWIPS_PER_MM = 1440 / 25.4
HEAD = 20
"""Among how many of the first paragraphs a head typed with tabs is looked for."""
_SINGLE = 240.0
_INSIDE = {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
_DRAWN = {"drawing", "pict", "AlternateContent", "object"}
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
_ENDING = re.compile(r"\s*noi nhan\b")


@dataclass(slots=True)
class Look:
    """What styles and properties say of letters and paragraphs; lengths as in the file (twips, half points)."""

    font: str = "Times New Roman"
    size: float = 10.0
    marks: dict[str, bool] = field(default_factory=dict)
    colour: str = ""
    align: str = "left"
    first: float = 0.0
    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = _SINGLE
    is_exact: bool = False
    is_listed: bool = False

    def copy(self) -> Look:
        """Return a look of its own to lay properties over."""
        return replace(self, marks=dict(self.marks))


@dataclass(slots=True)
class Sized:
    """A DOCX measured, with the paragraph elements that its lines belong to (for mending)."""

    measured: Measured
    paragraphs: list[etree._Element]
    looks: Looks
    root: etree._Element


@dataclass(slots=True)
class Looks:
    """The styles of a package, resolved."""

    theme: dict[str, str] = field(default_factory=dict)
    base: Look = field(default_factory=Look)
    raw: dict[str, etree._Element] = field(default_factory=dict)
    known: dict[str, Look] = field(default_factory=dict)
    default: str = ""

    def of_style(self, style_id: str, depth: int = 0) -> Look:
        """Return the look of a style with all that it is based on."""
        if style_id in self.known:
            return self.known[style_id]
        style = self.raw.get(style_id)
        if style is None or depth > 20:
            return self.base
        parent = style.find(f"{W}basedOn")
        look = (self.of_style(parent.get(f"{W}val", ""), depth + 1) if parent is not None else self.base).copy()
        for properties in style.iterchildren(f"{W}pPr", f"{W}rPr"):
            self.lay(look, properties)
        self.known[style_id] = look
        return look

    def of_paragraph(self, paragraph: etree._Element) -> Look:
        """Return the look of a paragraph."""
        properties = paragraph.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        look = self.of_style(named.get(f"{W}val", "") if named is not None else self.default).copy()
        if properties is not None:
            self.lay(look, properties)
        return look

    def of_run(self, run: etree._Element, look: Look) -> Look:
        """Return the look of a run inside a paragraph of a look."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return look
        own = look.copy()
        named = properties.find(f"{W}rStyle")
        style = self.raw.get(named.get(f"{W}val", "")) if named is not None else None
        if style is not None:
            for laid in style.iterchildren(f"{W}rPr"):
                self.lay(own, laid)
        self.lay(own, properties)
        return own

    def lay(self, look: Look, properties: etree._Element) -> None:
        """Lay properties of letters or of a paragraph over a look."""
        for element in properties:
            name = local_name(element)
            value = element.get(f"{W}val", "")
            if name in {"b", "i", "caps", "vanish"}:
                look.marks[name] = value not in {"0", "false", "off"}
            elif name == "u":
                look.marks["u"] = value not in {"none", ""}
            elif name == "rFonts":
                themed = self.theme.get(element.get(f"{W}asciiTheme") or element.get(f"{W}hAnsiTheme") or "", "")
                look.font = themed or element.get(f"{W}ascii") or element.get(f"{W}hAnsi") or look.font
            elif name == "sz":
                look.size = number(value, look.size * 2) / 2
            elif name == "color":
                look.colour = "" if value.lower() == "auto" else value.lower()
            elif name == "numPr":
                look.is_listed = True
            elif name == "jc":
                look.align = {"start": "left", "end": "right", "distribute": "both"}.get(value, value)
            elif name == "ind":
                _lay_indent(look, element)
            elif name == "spacing" and local_name(properties) == "pPr":
                _lay_spacing(look, element)


def _lay_indent(look: Look, element: etree._Element) -> None:
    look.left = number(element.get(f"{W}left") or element.get(f"{W}start"), look.left)
    if element.get(f"{W}hanging") is not None:
        look.first = -number(element.get(f"{W}hanging"), 0)
    else:
        look.first = number(element.get(f"{W}firstLine"), look.first)


def _lay_spacing(look: Look, element: etree._Element) -> None:
    look.before = number(element.get(f"{W}before"), look.before)
    look.after = number(element.get(f"{W}after"), look.after)
    look.line = number(element.get(f"{W}line"), look.line)
    if element.get(f"{W}line") is not None:
        look.is_exact = element.get(f"{W}lineRule", "auto") != "auto"


def number(text: str | None, default: float) -> float:
    """Return a number as files have it ("240", "12.5"), else the default."""
    try:
        found = float(text) if text else default
    except ValueError:
        return default
    return found if -1e6 < found < 1e6 else default


def measure_docx(stream: BinaryIO) -> Measured:
    """Measure a DOCX; refuses what is not one, is locked, carries macros or is made to swell."""
    return sized(open_package(stream)).measured


def sized(package: Package) -> Sized:
    """Measure a package, keeping the elements that were measured."""
    try:
        root = package.xml(MAIN)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            raise Refusal(NOT_DOCX)
        reader = _Reader(looks_of(package))
        lines = tuple(reader.read(body))
        sections = _sections(root)
        measured = Measured(
            origin="docx",
            pages=tuple(_page(section, place) for place, section in enumerate(sections, start=1)),
            lines=lines,
            page_count=_page_count(package),
            numbers=tuple(_numbers(package, sections, reader.looks)),
            leftovers=_leftovers(package, root) | {"drawn": sum(map(_has_drawing, reader.paragraphs[:HEAD]))},
        )
    except (etree.XMLSyntaxError, RecursionError) as error:
        raise Refusal(NOT_DOCX) from error
    return Sized(measured, reader.paragraphs, reader.looks, root)


def looks_of(package: Package) -> Looks:
    """Read defaults, theme fonts and styles."""
    looks = Looks()
    theme = package.xml("word/theme/theme1.xml")
    for scheme, name in (("major", "majorFont"), ("minor", "minorFont")):
        latin = theme.find(f".//{A}{name}/{A}latin") if theme is not None else None
        if latin is not None and latin.get("typeface"):
            looks.theme |= dict.fromkeys((f"{scheme}HAnsi", f"{scheme}Ascii"), latin.get("typeface", ""))
    root = package.xml("word/styles.xml")
    if root is None:
        return looks
    defaults = root.find(f"{W}docDefaults")
    for properties in defaults.iter(f"{W}rPr", f"{W}pPr") if defaults is not None else ():
        looks.lay(looks.base, properties)
    looks.raw = {style.get(f"{W}styleId", ""): style for style in root.iterchildren(f"{W}style")}
    for style_id, style in looks.raw.items():
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
            looks.default = style_id
    return looks


# --- paragraphs ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    looks: Looks
    paragraphs: list[etree._Element] = field(default_factory=list)
    is_ending: bool = False

    def read(self, body: etree._Element) -> list[Line]:
        lines = list(self._items(body, "", "text", 0))
        return [_with_rule(lines, place) for place in range(len(lines))]

    def _items(self, parent: etree._Element, side: str, area: Area, depth: int) -> Iterator[Line]:
        if depth > MOST_NESTED:
            return
        for child in parent:
            name = local_name(child)
            if name == "p":
                yield from self._paragraph(child, side, area)
            elif name == "tbl":
                yield from self._table(child, area, depth)
            elif name in _INSIDE:
                yield from self._items(child, side, area, depth + 1)

    def _table(self, table: etree._Element, outer: Area, depth: int) -> Iterator[Line]:
        area: Area = "grid" if outer == "grid" or _has_borders(table, self.looks) else "cell"
        for row in table.iterchildren(f"{W}tr"):
            cells = list(row.iterchildren(f"{W}tc"))
            for place, cell in enumerate(cells):
                side = "" if len(cells) < 2 else "left" if place == 0 else "right"
                yield from self._items(cell, side, area, depth + 1)

    def _paragraph(self, paragraph: etree._Element, side: str, area: Area) -> Iterator[Line]:
        place = len(self.paragraphs)
        self.paragraphs.append(paragraph)
        look = self.looks.of_paragraph(paragraph)
        letters = tuple(self._letters(paragraph, look, 0))
        line = Line(
            place=place,
            letters=letters,
            side=side,
            area=area,
            align=look.align,
            first=None if look.is_listed else look.first / TWIPS_PER_MM,
            left=look.left / TWIPS_PER_MM,
            before=look.before / 20,
            after=look.after / 20,
            spacing=None if look.is_exact else look.line / _SINGLE,
            ruled=_is_drawn_on(paragraph) or any(run.underline for run in letters) or None,
        )
        text = line.raw
        self.is_ending = self.is_ending or bool(_ENDING.match(fold(text)))
        if "\t" in text.strip(" ") and area == "text" and (place < HEAD or self.is_ending):
            yield from _halves(line)
        elif "\n" in text and (area == "cell" or place < HEAD or self.is_ending):
            yield from (replace(line, letters=part) for part in _parted(letters, "\n") if part)
        else:
            yield line
        for box in _text_boxes(paragraph):
            yield from self._items(box, side, area, MOST_NESTED - 2)

    def _letters(self, parent: etree._Element, look: Look, depth: int) -> Iterator[Letters]:
        for child in parent:
            name = local_name(child)
            if name == "r":
                own = self.looks.of_run(child, look)
                text = "".join(_text_of(piece) for piece in child)
                if text and not own.marks.get("vanish"):
                    yield _run(text, own)
            elif name in _INSIDE and depth < MOST_NESTED:
                yield from self._letters(child, look, depth + 1)


def _run(text: str, look: Look) -> Letters:
    marks = look.marks
    return Letters(
        text=text.upper() if marks.get("caps") else text,
        font=look.font,
        size=look.size,
        bold=marks.get("b", False),
        italic=marks.get("i", False),
        underline=marks.get("u", False),
        colour=look.colour,
    )


def _text_of(piece: etree._Element) -> str:
    name = local_name(piece)
    if name == "t":
        return piece.text or ""
    if name == "br" and piece.get(f"{W}type") in {"page", "column"}:
        return ""
    return {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, "")


def _halves(line: Line) -> Iterator[Line]:
    """Part a line typed with tabs into what stands left and what stands right."""
    parts = [part for part in _parted(line.letters, "\t") if "".join(run.text for run in part).strip()]
    starts_with_tab = line.raw.lstrip(" ").startswith("\t")
    for place, part in enumerate(parts):
        alone = "right" if starts_with_tab else ""
        side = alone if len(parts) == 1 else "left" if place == 0 else "right"
        yield replace(line, letters=part, side=side, align="", first=None)
    if not parts:
        yield line


def _parted(letters: Sequence[Letters], at: str) -> Iterator[tuple[Letters, ...]]:
    part: list[Letters] = []
    for run in letters:
        first, *more = run.text.split(at)
        part.append(replace(run, text=first))
        for text in more:
            yield tuple(one for one in part if one.text)
            part = [replace(run, text=text)]
    yield tuple(one for one in part if one.text)


def _with_rule(lines: Sequence[Line], place: int) -> Line:
    """Tell of a line whether a rule stands under it: its own, or the next paragraph that shows nothing else."""
    line = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else None
    if line.ruled or not line.raw.strip() or following is None:
        return line
    typed = following.raw.strip()
    is_rule = bool(typed) and bool(ONLY_RULE.fullmatch(typed))
    if is_rule or (not typed and following.ruled):
        return replace(line, ruled=True)
    return line


def _is_drawn_on(paragraph: etree._Element) -> bool:
    borders = paragraph.find(f"{W}pPr/{W}pBdr")
    if borders is not None and any(local_name(side) in {"top", "bottom"} for side in borders):
        return True
    return _has_drawing(paragraph)


def _has_drawing(paragraph: etree._Element) -> bool:
    return any(local_name(child) in _DRAWN for run in paragraph.iter(f"{W}r") for child in run)


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Return the contents of text boxes once: of an alternative for old versions of Word, the new."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(local_name(outer) == "Fallback" for outer in box.iterancestors()):
            yield box


def _has_borders(table: etree._Element, looks: Looks) -> bool:
    properties = table.find(f"{W}tblPr")
    borders = properties.find(f"{W}tblBorders") if properties is not None else None
    named = properties.find(f"{W}tblStyle") if properties is not None else None
    if borders is None and named is not None:
        style = looks.raw.get(named.get(f"{W}val", ""))
        borders = style.find(f"{W}tblPr/{W}tblBorders") if style is not None else None
    if borders is not None and any(side.get(f"{W}val") not in {"nil", "none", None} for side in borders):
        return True
    sides = [side for cell in table.iter(f"{W}tcBorders") for side in cell]
    return sum(side.get(f"{W}val") not in {"nil", "none", None} for side in sides) > 4


# --- pages -----------------------------------------------------------------------------------------------------------


def _sections(root: etree._Element) -> list[etree._Element]:
    return list(root.iter(f"{W}sectPr"))


def _page(section: etree._Element, place: int) -> Page:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width = number(size.get(f"{W}w"), 11906) if size is not None else 12240
    height = number(size.get(f"{W}h"), 16838) if size is not None else 15840
    page = Page(place, width / TWIPS_PER_MM, height / TWIPS_PER_MM)
    if margins is None:
        return page
    found = {
        side: number(margins.get(f"{W}{side}"), 1440) / TWIPS_PER_MM for side in ("left", "top", "right", "bottom")
    }
    gutter = number(margins.get(f"{W}gutter"), 0) / TWIPS_PER_MM
    return replace(
        page, left=found["left"] + gutter, top=abs(found["top"]), right=found["right"], bottom=abs(found["bottom"])
    )


def _numbers(package: Package, sections: Sequence[etree._Element], looks: Looks) -> Iterator[PageNumber]:
    """Return the page numbers of the sections' heads and feet."""
    targets = relations(package)
    if not sections:
        return
    section = sections[0]
    has_title_page = section.find(f"{W}titlePg") is not None
    for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
        where = "top" if local_name(reference) == "headerReference" else "bottom"
        kind = reference.get(f"{W}type", "default")
        root = package.xml(targets.get(reference.get(f"{R}id", ""), ""))
        for paragraph in root.iter(f"{W}p") if root is not None else ():
            if has_page_field(paragraph) and kind != "even":
                look = looks.of_paragraph(paragraph)
                runs = [looks.of_run(run, look) for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]
                is_first = kind == "first" or not has_title_page
                align = _framed(paragraph) or look.align
                yield PageNumber(where, align, runs[0].size if runs else look.size, on_first=is_first)
                break


def _framed(paragraph: etree._Element) -> str:
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame.get(f"{W}xAlign", "") if frame is not None else ""


def has_page_field(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph holds the number of its page."""
    codes = "".join(code.text or "" for code in paragraph.iter(f"{W}instrText"))
    simple = " ".join(code.get(f"{W}instr", "") for code in paragraph.iter(f"{W}fldSimple"))
    return bool(re.search(r"\bPAGE\b", f"{codes} {simple}"))


def relations(package: Package) -> dict[str, str]:
    """Return the parts that the main part refers to, by the ids of the references."""
    root = package.xml("word/_rels/document.xml.rels")
    if root is None:
        return {}
    found = {}
    for relation in root:
        target = relation.get("Target", "")
        found[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"word/{target}"
    return found


def _page_count(package: Package) -> int | None:
    root = package.xml("docProps/app.xml")
    for element in root if root is not None else ():
        if local_name(element) == "Pages":
            return whole(element.text, 0) or None
    return None


def _leftovers(package: Package, root: etree._Element) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for element in root.iter(*(f"{W}{name}" for name in (*_TRACKED, "commentReference", "highlight"))):
        name = local_name(element)
        counted["tracked" if name in _TRACKED else {"commentReference": "comment"}.get(name, name)] += 1
    settings = package.xml("word/settings.xml")
    if settings is not None and settings.find(f"{W}trackRevisions") is not None:
        counted["tracking"] += 1
    return dict(counted)
