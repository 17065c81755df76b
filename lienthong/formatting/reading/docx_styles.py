"""The styles of a DOCX, each with what it is based on; and what a paragraph or a run lays over them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from lxml import etree

from lienthong.formatting.reading.docx_numbering import W, whole

TWIPS_PER_MM = 1440 / 25.4
MOST_ANCESTORS = 20


@dataclass(slots=True)
class Style:
    """What a style says of letters and paragraphs, with what it is based on."""

    marks: dict[str, bool] = field(default_factory=dict)
    font: str = ""
    align: str = ""
    left: float = 0.0
    right: float = 0.0
    list_id: str = ""
    level: int = 0


@dataclass(slots=True)
class Styles:
    """The styles by their names; ``default`` is that of a paragraph that names none."""

    named: dict[str, Style] = field(default_factory=dict)
    base: Style = field(default_factory=Style)
    default: str = ""

    def of(self, name: str | None) -> Style:
        """Return a style by its name, the default one for a paragraph without."""
        return self.named.get(self.default if name is None else name, self.base)


def styles_of(root: etree._Element | None) -> Styles:
    """Read ``styles.xml``."""
    found = Styles()
    if root is None:
        return found
    raw = {style.get(f"{W}styleId", ""): style for style in root.iterchildren(f"{W}style")}
    defaults = root.find(f"{W}docDefaults")
    if defaults is not None:
        for properties in defaults.iter(f"{W}rPr", f"{W}pPr"):
            lay_over(found.base, properties)
    for name, style in raw.items():
        found.named[name] = _resolved(name, raw, found.base, 0)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
            found.default = name
    return found


def _resolved(name: str, raw: dict[str, etree._Element], base: Style, depth: int) -> Style:
    if name not in raw or depth > MOST_ANCESTORS:
        return base
    style = raw[name]
    based_on = style.find(f"{W}basedOn")
    parent = based_on.get(f"{W}val", "") if based_on is not None else ""
    found = changed(_resolved(parent, raw, base, depth + 1) if parent else base)
    for properties in style.iterchildren(f"{W}pPr", f"{W}rPr"):
        lay_over(found, properties)
    return found


def changed(style: Style) -> Style:
    """Return a copy of a style, to lay something over it."""
    return replace(style, marks=dict(style.marks))


def lay_over(style: Style, properties: etree._Element) -> None:
    """Lay over a style what properties of letters or of a paragraph say."""
    for element in properties:
        name = local_name(element)
        value = element.get(f"{W}val", "")
        if name in {"b", "i", "caps", "vanish"}:
            style.marks[name] = is_on(element)
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


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a property that is on by its presence is on."""
    return element is not None and element.get(f"{W}val", "true") not in {"0", "false", "off"}


@lru_cache(maxsize=512)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace (comments and instructions were left out by the parser)."""
    return _bare(element.tag)
