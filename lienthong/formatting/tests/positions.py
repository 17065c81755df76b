"""What stands where on the pages of a PDF, read back letter by letter: lines of text, rules and boxes, in mm."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72
HEIGHT = 297.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: edges and base line in mm from the left and the top, its letters' size in pt and font."""

    page: int
    text: str
    left: float
    right: float
    base: float
    size: float
    font: str

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def style(self) -> str:
        return self.font.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule or a side of a box."""

    page: int
    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    base: float
    size: float
    font: str
    is_after_space: bool


def lines(pdf: bytes) -> list[Line]:
    """Return the lines of all pages, in the order in which they are read."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [line for number in range(len(document)) for line in _lines(document[number], number + 1)]


def shapes(pdf: bytes) -> list[Shape]:
    """Return the rules and boxes of all pages, without the width of the pen."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [shape for number in range(len(document)) for shape in _shapes(document[number], number + 1)]


def text_of(pdf: bytes) -> str:
    """Return the text of all pages as a reader would copy it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))


def fonts(pdf: bytes) -> set[str]:
    """Return the names of the fonts used, without the letters that mark a subset."""
    return {line.font for line in lines(pdf)}


def _shapes(page: pypdfium2.PdfPage, number: int) -> Iterator[Shape]:
    for thing in page.get_objects():
        if thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = (edge * MM for edge in thing.get_bounds())
            pen = 0.1
            yield Shape(number, left + pen, right - pen, HEIGHT - top + pen, HEIGHT - bottom - pen)


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    run: list[_Letter] = []
    for letter in _letters(page):
        if run and (abs(letter.base - run[-1].base) > 0.5 or not -1 < letter.left - run[-1].right < 6):
            yield _line(run, number)
            run = []
        run.append(letter)
    if run:
        yield _line(run, number)


def _line(run: list[_Letter], number: int) -> Line:
    text = "".join((" " if place and letter.is_after_space else "") + letter.text for place, letter in enumerate(run))
    first = run[0]
    return Line(number, text, first.left, run[-1].right, first.base, first.size, first.font)


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    text = page.get_textpage()
    after_space = False
    for place in range(text.count_chars()):
        letter = text.get_text_range(place, 1)
        if not letter.strip():
            after_space = True
            continue
        left, _bottom, right, _top = text.get_charbox(place)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, place, x, y)
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(text, place, name, 128, None)
        size = pdfium.FPDFText_GetFontSize(text, place)
        font = name.value.decode().rpartition("+")[2]
        yield _Letter(letter, left * MM, right * MM, HEIGHT - y.value * MM, round(size, 1), font, after_space)
        after_space = False
