"""Changes to the XML of a DOCX: words with their looks kept, properties of letters and paragraphs in their order."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

from lienthong.formatting.mending.wording import Wording
from lienthong.formatting.reading.docx_numbering import W
from lienthong.formatting.reading.docx_text import local_name

_INSIDE = {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
_TRACKED = {"ins", "del", "moveFrom", "moveTo"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _names(text: str) -> list[str]:
    return text.split()


_RUN_ORDER = _names(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
)
_PARAGRAPH_ORDER = _names(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
SECTION_ORDER = _names(
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)


def runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Return the runs of a paragraph that are shown; not those of text boxes in it, nor what was deleted."""
    for child in paragraph:
        name = local_name(child)
        if name == "r":
            yield child
        elif name in _INSIDE:
            yield from runs(child)


def text_of(run: etree._Element) -> str:
    """Return the text of a run, a tab and a line end as one letter each."""
    return "".join(_text(piece) for piece in run)


def _text(piece: etree._Element) -> str:
    name = local_name(piece)
    if name == "t":
        return piece.text or ""
    if name == "br" and piece.get(f"{W}type") in {"page", "column"}:
        return ""
    return _SIGNS.get(name, "")


def rewrite(paragraph: etree._Element, mend: Wording) -> bool:
    """Change the words of a paragraph; each letter that stays keeps its look, new ones take that of their neighbour.

    Words with tracked changes are left to those who decide on the changes.
    """
    pieces = [piece for run in runs(paragraph) for piece in run if _text(piece)]
    text = "".join(_text(piece) for piece in pieces)
    wanted = mend(text)
    is_tracked = any(local_name(element) in _TRACKED for element in paragraph.iter())
    if wanted == text or is_tracked or not any(local_name(piece) == "t" for piece in pieces):
        return False
    owners = [place for place, piece in enumerate(pieces) for _ in _text(piece)]
    letters = ["" for _ in pieces]
    for tag, start, end, first, last in SequenceMatcher(None, text, wanted, autojunk=False).get_opcodes():
        if tag == "equal":
            for place in range(start, end):
                letters[owners[place]] += text[place]
        elif first < last:
            owner = owners[start] if tag == "replace" or start == 0 else owners[start - 1]
            letters[_nearest_text(pieces, owner)] += wanted[first:last]
    for piece, own in zip(pieces, letters, strict=True):
        if local_name(piece) == "t":
            piece.text = own
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        elif not own:
            remove(piece)
    return True


def _nearest_text(pieces: Sequence[etree._Element], place: int) -> int:
    texts = [number for number, piece in enumerate(pieces) if local_name(piece) == "t"]
    return min(texts, key=lambda number: abs(number - place))


def part_runs(paragraph: etree._Element) -> None:
    """Give each tab and line end of a paragraph a run of its own, in the look that it had; nothing else changes."""
    for run in list(runs(paragraph)):
        pieces = [piece for piece in run if local_name(piece) != "rPr"]
        if len(pieces) < 2 or not any(local_name(piece) in _SIGNS for piece in pieces):
            continue
        last = run
        for piece in pieces[1:]:
            other = copy.copy(run)
            for old in [child for child in other if local_name(child) != "rPr"]:
                other.remove(old)
            other.append(piece)
            last.addnext(other)
            last = other


def remove(element: etree._Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def forget(element: etree._Element, *names: str) -> None:
    """Take attributes from an element."""
    for name in names:
        if f"{W}{name}" in element.attrib:
            del element.attrib[f"{W}{name}"]


# --- properties ------------------------------------------------------------------------------------------------------


def set_in_order(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """Return the one child of a name, made where the schema wants it."""
    found = parent.find(f"{W}{name}")
    if found is not None:
        return found
    made = etree.Element(f"{W}{name}")
    rank = order.index(name)
    after = [child for child in parent if local_name(child) in order and order.index(local_name(child)) <= rank]
    if after:
        after[-1].addnext(made)
    else:
        parent.insert(0, made)
    return made


def run_property(run: etree._Element, name: str) -> etree._Element:
    """Return a property of a run, made where it is missing."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    return set_in_order(properties, name, _RUN_ORDER)


def paragraph_property(paragraph: etree._Element, name: str) -> etree._Element:
    """Return a property of a paragraph, made where it is missing."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return set_in_order(properties, name, _PARAGRAPH_ORDER)


def switch(element: etree._Element, *, on: bool) -> None:
    """Turn a property on or off."""
    if on:
        forget(element, "val")
    else:
        element.set(f"{W}val", "0")
