"""The type: the title line ("QUYẾT ĐỊNH"), else the symbol, else "V/v" of a letter."""

from __future__ import annotations

import re

from lienthong.documents.extraction import lexicon
from lienthong.documents.extraction.page import Cell, Page
from lienthong.documents.extraction.proposal import Proposal, propose
from lienthong.documents.extraction.skeleton import alike, skeleton
from lienthong.documents.extraction.symbol import SymbolLine

ABOUT = re.compile(r"^\W{0,4}(?:v[\s.]?[/\\|lI1][\s.]?v|ve viec|v/w|viv)\b")

_UNION = re.compile(r" (?:lien nganh|lien tich|phoi hop)$")


def title(cells: list[Cell]) -> tuple[Cell, str] | None:
    """Return the cell that is the title line, and the type it names."""
    for cell in cells:
        name = _named(cell)
        if name:
            return cell, name
    return None


def _named(cell: Cell) -> str | None:
    text = _after_dust(cell.text)
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if len(letters) < 4 or capitals * 10 < len(letters) * 8:
        return None
    plain = re.sub(r"[^a-z ]", "", skeleton(re.sub(r"\s+", " ", text))).strip()
    spaced = re.sub(r"(?<=\b\w) (?=\w\b)", "", plain)
    for candidate in (plain, spaced, _UNION.sub("", plain)):
        if candidate in lexicon.types():
            return lexicon.types()[candidate]
    close = [name for known, name in lexicon.types().items() if len(known) > 5 and alike(plain, known, 0.13)]
    return close[0] if len(close) == 1 else None


def _after_dust(text: str) -> str:
    """Return a title without what the scanner read before it on the same line ("TT. ¬- h QUYẾT ĐỊNH")."""
    match = re.search(r"^.{0,12}[^\w\s].{0,8}?\s(?P<title>[A-ZĐÀ-Ỹ]{2,}(?:\s[A-ZĐÀ-Ỹ]{2,}){1,3})\W*$", text)
    return match["title"] if match else text


def proposal(page: Page, heading: list[Cell], line: SymbolLine | None) -> Proposal | None:
    """Propose the type of the document."""
    found = title(heading)
    by_symbol = _of_symbol(line)
    if found:
        cell, name = found
        if by_symbol and by_symbol.endswith("liên tịch"):
            name = by_symbol
        confidence = 0.98 if by_symbol == name else 0.9
        return propose(page.text, name, (cell.start, cell.end), confidence, "Dòng tên loại văn bản")
    if line and by_symbol:
        return propose(page.text, by_symbol, (line.start, line.end), 0.9, "Chữ viết tắt tên loại trong ký hiệu")
    for cell in heading:
        if ABOUT.match(cell.plain):
            return propose(page.text, "Công văn", (cell.start, cell.end), 0.95, "Có “V/v” và không có tên loại")
    if line:
        return propose(page.text, "Công văn", (line.start, line.end), 0.75, "Ký hiệu không có chữ viết tắt tên loại")
    return None


def is_named(line: SymbolLine | None) -> bool:
    """Tell whether the symbol names a type."""
    return _of_symbol(line) is not None


def _of_symbol(line: SymbolLine | None) -> str | None:
    """Return the type that the symbol tells; a letter's symbol starts with its agency and tells none."""
    if line is None:
        return None
    group = line.groups[0]
    if len(line.groups) == 1 or _is_agency_first(line):
        return lexicon.type_abbreviations().get(group) if len(line.groups) == 1 and line.year else None
    return lexicon.type_abbreviations().get(group)


def _is_agency_first(line: SymbolLine) -> bool:
    """Tell whether an ambiguous first group ("TCT-CS": Tổng cục Thuế) is an agency: what follows is none."""
    first, second = line.groups[0], line.groups[1]
    if first in lexicon.type_abbreviations() and first not in {"CT", "TC", "TTr", "TT", "HĐ"}:
        return False
    return first in lexicon.agency_abbreviations() and second not in lexicon.agency_abbreviations() and not line.year
