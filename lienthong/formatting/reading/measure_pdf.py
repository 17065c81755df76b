"""What stands where in a PDF: lines of text with their letters, rules under them, margins and page numbers."""

from __future__ import annotations

import ctypes
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from lienthong.formatting.reading.measured import ONLY_RULE, Box, Letters, Line, Measured, Page, PageNumber
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold

MM = 25.4 / 72
INVISIBLE = 3
MOST_PAGES = 2_000
NOT_PDF = "Tệp này không phải PDF hoặc đã hỏng. Hãy xuất lại PDF từ Word rồi tải lên."
LOCKED = "Tệp PDF có mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lên."
_ITEM = re.compile(r"(?:[-–+•]|\d+(?:\.\d+)*[.)]|[a-zđ]\)|Điều\s+\d+|[IVXLC]+\.)\s")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text object: its letters on one base line; mm."""

    letters: Letters
    left: float
    right: float
    base: float
    size: float


def measure_pdf(content: bytes) -> Measured:
    """Measure a PDF; refuses what is not one. A scan has no letters to measure and says so."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refusal(LOCKED if "password" in str(error).lower() else NOT_PDF) from error
    with document:
        pages: list[Page] = []
        lines: list[Line] = []
        numbers: list[PageNumber] = []
        visible = images = pictures = 0
        for place in range(min(len(document), MOST_PAGES)):
            read = _read_page(document, place)
            if read is None:
                continue
            visible, images, pictures = visible + read.visible, images + read.images, pictures + read.is_picture
            own = [replace(line, place=len(lines) + number) for number, line in enumerate(read.lines)]
            page, own, number = _laid_out(read, own)
            pages.append(page)
            lines += own
            numbers += number
        is_scan = (images > 0 and visible < 40 * max(1, len(pages))) or pictures * 2 > len(pages)
        return Measured("pdf", tuple(pages), tuple(lines), len(document), tuple(numbers), {}, is_scan)


@dataclass(frozen=True, slots=True)
class _Read:
    number: int
    width: float
    height: float
    lines: list[Line]
    visible: int
    images: int
    is_picture: bool


def _read_page(document: pypdfium2.PdfDocument, place: int) -> _Read | None:
    try:
        page = document[place]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    width, height = (side * MM for side in page.get_size())
    pieces: list[_Piece] = []
    rules: list[Box] = []
    posts: list[Box] = []
    visible = images = 0
    is_picture = False
    for thing in page.get_objects(max_depth=4):
        if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            piece = _piece(thing, text, height)
            if piece is not None:
                is_seen = pdfium.FPDFTextObj_GetTextRenderMode(thing.raw) != INVISIBLE
                visible += len(piece.letters.text.strip()) * is_seen
                pieces.append(piece)
        elif thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            images += 1
            is_picture = is_picture or (right - left) * (top - bottom) * MM * MM > width * height * 0.75
        elif thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            box = _box(thing, height)
            if box.bottom - box.top < 1.2 and box.right - box.left > 5:
                rules.append(box)
            elif box.right - box.left < 1.2 and box.bottom - box.top > 3:
                posts.append(box)
    lines = [_in_grid(_line(run, place + 1, width, rules), posts) for run in _on_lines(pieces)]
    return _Read(place + 1, width, height, lines, visible, images, is_picture)


def _piece(thing: pypdfium2.PdfObject, page: pypdfium2.PdfTextPage, height: float) -> _Piece | None:
    words = _string(lambda buffer, size: pdfium.FPDFTextObj_GetText(thing.raw, page.raw, buffer, size))
    if not words.strip():
        return None
    left, _bottom, right, _top = (edge * MM for edge in thing.get_bounds())
    matrix = thing.get_matrix()
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(thing.raw, size)
    scaled = round(size.value * (abs(matrix.d) or abs(matrix.b) or 1.0), 1)
    font = pdfium.FPDFTextObj_GetFont(thing.raw)
    name = _font_name(font)
    folded = name.lower()
    angle = ctypes.c_int()
    is_slanted = bool(pdfium.FPDFFont_GetItalicAngle(font, angle)) and angle.value != 0
    letters = Letters(
        text=words,
        font=family(name),
        size=scaled,
        bold="bold" in folded or "black" in folded or pdfium.FPDFFont_GetWeight(font) >= 600,
        italic="italic" in folded or "oblique" in folded or is_slanted,
        colour=_colour(thing),
    )
    return _Piece(letters, left, right, height - matrix.f * MM, scaled)


def _string(read: object) -> str:
    needed = read(None, 0)  # type: ignore[operator]  # a call into the library, twice: how long, then what
    if needed <= 2:
        return ""
    buffer = (ctypes.c_ushort * (needed // 2 + 1))()
    read(buffer, needed)  # type: ignore[operator]  # as above
    return bytes(buffer)[:needed].decode("utf-16-le", "ignore").rstrip("\0")


def _font_name(font: object) -> str:
    name = ctypes.create_string_buffer(160)
    pdfium.FPDFFont_GetBaseFontName(font, name, 160)
    return name.value.decode("utf-8", "replace").rpartition("+")[2]


def family(name: str) -> str:
    """Return the family of a font by the name that a PDF gives it: "TimesNewRomanPS-BoldMT" is "Times New Roman"."""
    base = re.split(r"[-,]", name)[0]
    base = re.sub(r"(?:PS)?MT$|PS$", "", base)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", base).strip()


def _colour(thing: pypdfium2.PdfObject) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(thing.raw, *parts):
        return ""
    return "".join(f"{part.value:02x}" for part in parts[:3])


def _box(thing: pypdfium2.PdfObject, height: float) -> Box:
    left, bottom, right, top = (edge * MM for edge in thing.get_bounds())
    return Box(left, height - top, right, height - bottom)


def _in_grid(line: Line, posts: Sequence[Box]) -> Line:
    """Tell whether a line stands in a table: two upright rules or more beside it."""
    box = line.box
    if box is None or len(posts) < 2:
        return line
    middle = (box.top + box.bottom) / 2
    beside = {round(post.left) for post in posts if post.top - 0.5 < middle < post.bottom + 0.5}
    is_between = len(beside) > 1 and min(beside) - 1 <= box.left and box.right <= max(beside) + 1
    is_stamp = is_between and len(beside) == 2 and max(beside) - min(beside) < 60
    return replace(line, area="grid") if is_between and not is_stamp else line


# --- lines -----------------------------------------------------------------------------------------------------------


def _on_lines(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Gather pieces on one base line; a broad gap parts the two halves of a page, and cells."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.base, one.left)):
        if rows and abs(rows[-1][0].base - piece.base) < 0.8:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        run: list[_Piece] = []
        for piece in sorted(row, key=lambda one: one.left):
            gap = piece.left - run[-1].right if run else 0.0
            if run and (gap > 6 or (gap > 1.5 and _begins_half(piece))) and not _is_room(run[-1], piece):
                yield run
                run = []
            run.append(piece)
        yield run


def _begins_half(piece: _Piece) -> bool:
    """Tell whether words begin the right half of a head, however near the left half comes."""
    return bool(re.match(r"cong hoa xa\b|doc lap\b.*tu do|cong hoa$", fold(piece.letters.text).strip()))


def _is_room(before: _Piece, after: _Piece) -> bool:
    """Tell whether a gap is room for a number or a day to be written by hand."""
    first, second = before.letters.text.rstrip(), after.letters.text.lstrip()
    return after.left - before.right < 30 and (first.endswith((":", "ngày", "tháng", "Số")) or second.startswith("/"))


def _line(run: Sequence[_Piece], page: int, width: float, rules: Sequence[Box]) -> Line:
    letters: list[Letters] = []
    for place, piece in enumerate(run):
        gap = piece.left - run[place - 1].right if place else 0.0
        own = piece.letters
        if gap > 0.12 * piece.size * MM and not own.text.startswith(" ") and not letters[-1].text.endswith(" "):
            own = replace(own, text=" " + own.text)
        letters.append(own)
    size = max(piece.size for piece in run) * MM
    base = run[0].base
    box = Box(run[0].left, base - 0.891 * size, run[-1].right, base + 0.216 * size)
    middle = width / 2
    side = "left" if box.right < middle + 6 else "right" if box.left > middle - 30 else ""
    ruled = any(
        -0.5 < rule.top - base < 4 and rule.right > box.left and rule.left < box.right and rule.right - rule.left < 120
        for rule in rules
    )
    return Line(place=0, letters=tuple(letters), page=page, side=side, box=box, ruled=ruled)


# --- pages -----------------------------------------------------------------------------------------------------------


def _laid_out(read: _Read, lines: list[Line]) -> tuple[Page, list[Line], list[PageNumber]]:
    """Tell the page number from the text, see the margins, and gather the lines of each paragraph."""
    numbers = [line for line in lines if _is_page_number(line, read.height)]
    is_number = {id(line) for line in numbers}
    lines = [_at_the_foot(line, read.height) for line in lines if id(line) not in is_number]
    text = [line for line in lines if line.area != "footer" and not ONLY_RULE.fullmatch(line.words)]
    found = [_page_number(line, read) for line in numbers]
    page = Page(read.number, read.width, read.height)
    if len(text) > 4:
        page = _with_margins(page, text)
    return page, _paragraphs(text, page), found


def _is_page_number(line: Line, height: float) -> bool:
    box = line.box
    is_outside = box is not None and (box.bottom < 21 or box.top > height - 21)
    return is_outside and bool(re.fullmatch(r"[-–\s]*\d{1,4}[-–\s]*", line.words))


_CONTACT = re.compile(r"(?:địa chỉ|đ/c|điện thoại|trụ sở|website|e-?mail)\b", re.IGNORECASE)


def _at_the_foot(line: Line, height: float) -> Line:
    is_low = line.box is not None and line.box.top > height - 26
    return replace(line, area="footer") if is_low and _CONTACT.match(line.words) else line


def _page_number(line: Line, read: _Read) -> PageNumber:
    middle = line.box.middle if line.box else read.width / 2
    align = "right" if middle > read.width * 0.75 else "left" if middle < read.width * 0.25 else "center"
    is_top = line.box is not None and line.box.top < read.height / 2
    return PageNumber("top" if is_top else "bottom", align, line.size, on_first=read.number == 1)


def _with_margins(page: Page, lines: Sequence[Line]) -> Page:
    boxes = [line.box for line in lines if line.box is not None]
    wide = [box for box in boxes if box.right - box.left > page.width * 0.5]
    least = {"bottom"}
    left = min(box.left for box in boxes)
    right = max(box.right for box in boxes)
    edges = Counter(round(box.right) for box in wide)
    if not edges or edges.most_common(1)[0][1] < 3:
        least.add("right")
    if len(wide) < 4:
        least.add("left")
    if page.number > 1 or len(lines) < 8:
        least.add("top")
    return replace(
        page,
        left=left,
        right=page.width - right,
        top=min(box.top for box in boxes),
        bottom=page.height - max(box.bottom for box in boxes),
        least=frozenset(least),
    )


def _paragraphs(lines: Sequence[Line], page: Page) -> list[Line]:
    """Join lines that go on: the line before reaches the right edge and this one begins at the left."""
    if page.left is None or page.right is None:
        return list(lines)
    left, right = page.left, page.width - page.right
    if {"left", "right"} & page.least:
        left, right = min(left, page.width * 0.155), max(right, page.width * 0.92)
    pitch = _pitch(lines)
    paragraphs: list[list[Line]] = []
    for line in lines:
        is_cell = line.area == "grid"
        if (
            paragraphs
            and not is_cell
            and paragraphs[-1][-1].area != "grid"
            and _goes_on(paragraphs[-1], line, (left, right), pitch)
        ):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    joined = [_joined(paragraph, left, right) for paragraph in paragraphs]
    if page.number > 1 and joined:
        joined[0] = replace(joined[0], first=None)  # it may have begun on the page before
    return joined


def _pitch(lines: Sequence[Line]) -> float:
    steps = []
    for _page, group in groupby(lines, key=lambda line: line.page):
        bases = [line.box.bottom for line in group if line.box]
        steps += [after - before for before, after in pairwise(bases) if after - before > 2]
    return statistics.median(steps) if steps else 8.0


def _goes_on(paragraph: Sequence[Line], line: Line, edges: tuple[float, float], pitch: float) -> bool:
    last, box = paragraph[-1].box, line.box
    if last is None or box is None or abs(box.left - edges[0]) > 2.5 or not _is_full(last, line, edges[1]):
        return False
    is_near = box.bottom - last.bottom < pitch * 1.35
    return is_near and last.left < edges[0] + 20 and line.size == paragraph[-1].size and not _ITEM.match(line.words)


def _is_full(last: Box, line: Line, edge: float) -> bool:
    """Tell whether a line ended because its next word had no room, be it ragged or not."""
    if abs(last.right - edge) <= 4:
        return True
    box, words = line.box, line.words.split(" ")
    if box is None or last.right > edge or len(line.words) < 2:
        return False
    return last.right + (box.right - box.left) * (len(words[0]) + 1) / len(line.words) > edge - 1


def _joined(paragraph: Sequence[Line], left: float, right: float) -> Line:
    first = paragraph[0]
    box = first.box
    if box is None:
        return first
    if len(paragraph) == 1:
        is_centred = abs(box.middle - (left + right) / 2) < 2.5 and box.left > left + 5
        is_wide = box.right - box.left > (right - left) * 0.6
        is_at_edge = first.is_upper and box.left < left + 1 and not is_wide
        side = "" if is_centred or is_wide else first.side
        align = "center" if is_centred else "left" if is_at_edge else ""
        return replace(first, align=align, side=side, first=None)
    ends = [line.box.right for line in paragraph[:-1] if line.box]
    is_justified = len(ends) > 1 and all(right - end < 1.5 for end in ends)
    is_ragged = len(ends) > 1 and sum(right - end > 1.5 for end in ends) > 1
    letters: list[Letters] = []
    for line in paragraph:
        if letters:
            letters.append(replace(line.letters[0], text=" "))
        letters += line.letters
    starts = [line.box.left for line in paragraph[1:] if line.box]
    bottoms = [line.box.bottom for line in paragraph if line.box]
    step = (bottoms[-1] - bottoms[0]) / (len(bottoms) - 1)
    return replace(
        first,
        letters=tuple(letters),
        side="",
        align="both" if is_justified else "left" if is_ragged else "",
        first=box.left - min(starts),
        spacing=round(step / MM / ((first.size or 14) * 1.149), 2),
        box=Box(min([box.left, *starts]), box.top, max([box.right, *ends]), bottoms[-1]),
    )
