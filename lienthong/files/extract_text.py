"""The text of a file: PDF (its text layer), DOCX, XLSX, TXT in any encoding of Vietnam, HTML, XML.

Pure functions without Django; hostile input is run in the sandbox (``lienthong.files.sandbox``), which calls these.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from lxml import etree

from lienthong.files.archives import check_archive
from lienthong.files.kinds import Kind, limit, sniff, utf16_without_mark
from lienthong.kernel.legacy_encodings import repair
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import nfc

PAGE_BREAK = "\n\f"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff]")
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u3000]")
_BLANK_LINES = re.compile(r"\n{3,}")
_HEADING_PARTS = re.compile(r"word/(header|footer)\d*\.xml$")


class Reading(NamedTuple):
    """The text of a file, and the old encoding ("TCVN3", "VNI") in which its letters stood, "" for Unicode."""

    text: str
    encoding: str


def text_from_path(path: Path | str) -> str:
    """Return the text of a file, in Unicode (NFC), pages parted by form feeds; refuses what cannot be read."""
    path = Path(path)
    kind = sniff(path, path.name)
    if kind.zip:
        check_archive(path, path.name, kind)
    return text_of_kind(path, kind)


def text_from_bytes(data: bytes, name: str = "") -> str:
    """Return the text of a file that is at hand as bytes; ``name`` gives the extension where there is one."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / (Path(name).name or "tep")
        path.write_bytes(data)
        return text_from_path(path)


def text_of_kind(path: Path, kind: Kind) -> str:
    """Return the text of a file whose kind is known; "" for kinds that carry no text."""
    return reading_of_kind(path, kind).text


def reading_of_kind(path: Path, kind: Kind) -> Reading:
    """Return the text of a file whose kind is known, and from which old encoding its letters were mended."""
    reader = _READERS.get(kind.code)
    if reader is None:
        return Reading("", "")
    mended, encoding = repair(reader(path))
    return Reading(clean(mended), encoding or "")


def clean(text: str) -> str:
    """Return text composed, repaired from old fonts, without invisible letters; tabs and runs of spaces stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", text)
    text = nfc(repair(text)[0])
    lines = (_SPACES.sub(" ", line).rstrip(" \t") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip(" \n")[: limit("text")]


def decode(data: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16, else TCVN3, VNI or Windows-1258, whichever reads as Vietnamese."""
    return repair(_decoded(data))[0]


def _decoded(data: bytes) -> str:
    """Return bytes as text; what was typed in an old encoding stays as it is, so that the repair can be told of."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    wide = utf16_without_mark(data[:4096])
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    latin = data.decode("latin-1")
    if repair(latin)[1]:
        return latin
    try:
        return nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _pdf(path: Path) -> str:
    from lienthong.files.pdf import page_texts  # noqa: PLC0415 - PDFium is slow to load, and only PDFs need it

    return PAGE_BREAK.join(page_texts(path))


def _docx(path: Path) -> str:
    """Heads, the body in its order with its tables, feet, notes."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        headings = sorted({name for name in names if _HEADING_PARTS.match(name)}, key=lambda name: "footer" in name)
        heads = [name for name in headings if "header" in name]
        rest = [name for name in headings if "footer" in name]
        rest += [name for name in ("word/footnotes.xml", "word/endnotes.xml") if name in names]
        parts = [*heads, "word/document.xml", *rest]
        return "\n\n".join(text for name in parts if (text := _word_blocks(_xml(package.read(name)))))


def _word_blocks(root: Any) -> str:
    return "\n".join(_blocks(root)).strip()


def _blocks(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield from _row(row)
        elif isinstance(child.tag, str):
            yield from _blocks(child)


def _row(row: Any) -> Iterator[str]:
    """A row of a table in one line; but the two columns of a letter's heading or signature one after the other."""
    cells = ["\n".join(_blocks(cell)).strip() for cell in row.findall(f"{_W}tc")]
    filled = [cell for cell in cells if cell]
    if len(filled) <= 2 and any("\n" in cell for cell in filled):
        yield from filled
    else:
        yield "\t".join(" ".join(cell.split()) for cell in cells)


def _paragraph(paragraph: Any) -> str:
    """The runs of one paragraph; text boxes inside it come after it, what was deleted stays away."""
    pieces: list[str] = []
    boxes: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_W}txbxContent":
            boxes.append(_word_blocks(child))
        elif child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in {f"{_W}tab", f"{_W}br", f"{_W}cr"}:
            pieces.append("\t" if child.tag == f"{_W}tab" else "\n")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif isinstance(child.tag, str) and child.tag not in {f"{_W}del", f"{_W}pPr", f"{_W}rPr"}:
            if child.tag.endswith("}Fallback"):
                continue
            stack.append(iter(child))
    return "\n".join(filter(None, ["".join(pieces), *boxes]))


def _xlsx(path: Path) -> str:
    return "\n\n".join(
        "\n".join([f"[{title}]", *("\t".join(row).rstrip("\t") for row in rows if any(row))])
        for title, rows in sheets(path, rows=20_000)
    )


def sheets(path: Path, *, rows: int, columns: int = 200) -> Iterator[tuple[str, list[list[str]]]]:
    """Give each sheet's title and its first rows as text (values, not formulas)."""
    import openpyxl  # noqa: PLC0415 - slow to import, and only spreadsheets need it

    with path.open("rb") as file:  # by its content: a stored file has no extension, by which openpyxl would judge
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            cells = sheet.iter_rows(max_row=rows, max_col=columns, values_only=True)
            yield sheet.title, [[_cell(value) for value in row] for row in cells]
        book.close()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        midnight = not getattr(value, "hour", 0) and not getattr(value, "minute", 0)
        return str(value.strftime("%d/%m/%Y" if midnight and hasattr(value, "year") else "%d/%m/%Y %H:%M"))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _odf(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        root = _xml(package.read("content.xml"))
    paragraphs = (child for child in root.iter() if isinstance(child.tag, str) and child.tag.endswith(("}p", "}h")))
    return "\n".join("".join(cast("list[str]", paragraph.xpath(".//text()"))) for paragraph in paragraphs)


def _plain(path: Path) -> str:
    return _decoded(_bytes(path))


def _html(path: Path) -> str:
    """The words of a page as a reader sees them: scripts, styles and comments left out."""
    text = _declared(_bytes(path))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        return ""
    etree.strip_elements(root, "script", "style", "head", "noscript", "template", with_tail=False)
    for cell in root.iter("td", "th"):
        cell.tail = "\t" + (cell.tail or "")
    for block in root.iter("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section"):
        block.tail = "\n" + (block.tail or "")
    return "".join(cast("list[str]", root.xpath(".//text()")))


def _declared(data: bytes) -> str:
    """Decode a page by the charset it declares, where that is one that Python knows and the bytes fit."""
    found = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", data[:2048], re.IGNORECASE)
    if found and found[1].lower() not in {b"iso-8859-1", b"windows-1252"}:
        try:
            return data.decode(found[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return _decoded(data)


def _xml_text(path: Path) -> str:
    root = _xml(_bytes(path))
    return "\n".join(filter(None, (" ".join(piece.split()) for piece in root.itertext())))


def _xml(data: bytes) -> Any:
    """Parse XML that may be hostile: no entities, no DTD, no network, no giant texts."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", data[:65536], re.IGNORECASE):
        raise Refusal("Tệp có khai báo XML không an toàn nên không đọc được.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(data.lstrip(), parser)
    if root is None:
        raise Refusal("Tệp XML bị hỏng, không đọc được.")
    return root


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(limit("text") * 4)


_READERS: dict[str, Callable[[Path], str]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "odf": _odf,
    "txt": _plain,
    "csv": _plain,
    "html": _html,
    "xml": _xml_text,
}
READABLE = frozenset(_READERS)
