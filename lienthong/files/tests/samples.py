"""Files made for the tests: honest ones, and ones made to harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter

TEXT = "UBND TỈNH BÌNH THUẬN\nSố: 119/QĐ-UBND\nVề việc ban hành kế hoạch ứng dụng công nghệ thông tin năm 2014"


def pdf(pages: int = 1, text: str = "Số: 119/QĐ-UBND. Về việc ban hành kế hoạch công nghệ thông tin") -> bytes:
    """A PDF with a text layer."""
    body = "#pagebreak()".join(f'#"Trang {n}. {text}"' for n in range(1, pages + 1))
    made: bytes = typst.compile(body.encode(), ignore_system_fonts=True)
    return made


def bare_pdf(content: bytes = b"", *, extra: bytes = b"", filters: bytes = b"") -> bytes:
    """A small PDF by hand: one page with the given content stream."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size 5 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (extra, start))


def pdf_bomb(size: int) -> bytes:
    """A page whose stream unpacks twice, each time a thousandfold."""
    packed = zlib.compress(zlib.compress(b"\0" * size, 9), 9)
    return bare_pdf(packed, filters=b"/Filter [/FlateDecode /FlateDecode]")


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(bare_pdf())))
    writer.encrypt("mật khẩu", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx_file(text: str = TEXT) -> bytes:
    """A Word file with a head, paragraphs and a table."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    for line in text.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Nhiệm vụ", "Sở Thông tin và Truyền thông"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_file() -> bytes:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu 01"
    sheet.append(["STT", "Nhiệm vụ", "Số lượng"])
    sheet.append([1, "Cấp phát máy tính", 120.0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def image(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def package(members: dict[str, bytes]) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """A package with one more member."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        made.writestr(name, content)
    return out.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """A picture of a few bytes that promises as many points as are asked for."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    row = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", row) + chunk(b"IEND", b"")
