"""DOCX out and in: the same document comes back; what offices type is understood; what is dangerous is refused."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings as django_settings
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lienthong.formatting.blocks import Paragraph, blocks
from lienthong.formatting.official import Official
from lienthong.formatting.reading.docx import ReadDocument, read_docx
from lienthong.formatting.setting import as_docx
from lienthong.formatting.tests.papers import ALL, CREATED, DECISION, INVITATION, LETTER, REPORT
from lienthong.kernel.refusal import Refusal


def read(content: bytes) -> ReadDocument:
    return read_docx(io.BytesIO(content))


def again(official: Official) -> Official:
    return read(as_docx(official, created=CREATED)).official


def same(one: Official, other: Official) -> None:
    """Hold two documents against each other; bodies by what they say, marks as they are printed."""
    for field in fields(Official):
        before, after = getattr(one, field.name), getattr(other, field.name)
        if field.name == "body":
            before, after = blocks(before), blocks(after)
        elif field.name == "appendices":
            before = [(each.title, each.caption, blocks(each.body)) for each in before]
            after = [(each.title, each.caption, blocks(each.body)) for each in after]
        elif field.name == "circulation":
            before, after = before.upper(), after.upper()
        assert before == after, field.name


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


# --- out and in again ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_what_was_written_is_read_again(name: str) -> None:
    same(ALL[name], again(ALL[name]))
    assert not read(as_docx(ALL[name], created=CREATED)).losses


@pytest.mark.parametrize(
    "body",
    [
        "> trích dẫn *nghiêng*\n^ giữa **đậm** ^\n=== Trang mới ===\nSau",
        "Điều 1. là một câu.\n**Điều 2.** Tên điều\nĐiều 3. Tên *điều*",
        "Chương I\nQuy định chung\nĐiều 1. Phạm vi.\n1. Một<br>hai\n- Ba __gạch__",
        "| Tên | Số |\n|---|---:|\n| A \\| B | **2** |\n\n| x | y |\n| z | t |",
        "Căn cứ A;\nCăn cứ B.\nQUYẾT ĐỊNH:\nĐiều 1. X.",
        "***cả hai*** và (*) chú; 2*3*4; \\*sao\\*",
    ],
)
def test_every_kind_of_line_is_read_again(body: str) -> None:
    same(replace(LETTER, body=body), again(replace(LETTER, body=body)))


WORDS = st.text(st.sampled_from("abđ ĐIều1.-*_|\\>^<br;:/(“é"), min_size=1, max_size=40)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=6).map(lambda lines: "\n".join(["Mở đầu.", *lines])))
def test_any_body_keeps_its_words(body: str) -> None:
    paragraphs = [block for block in blocks(again(replace(LETTER, body=body)).body) if isinstance(block, Paragraph)]
    before = [block for block in blocks(body) if isinstance(block, Paragraph)]
    assert [one.text.split() for one in paragraphs] == [one.text.split() for one in before]


TYPED = st.text(st.one_of(st.sampled_from("<&>\n\x00\x1f\ufffe\u202e😀"), st.characters(codec="utf-8")), max_size=40)


@settings(max_examples=60, deadline=None)
@given(TYPED, TYPED)
def test_any_text_can_be_written_and_read(words: str, names: str) -> None:
    official = Official(
        superior=words,
        issuer=names,
        symbol=words,
        place=names,
        date=None,
        type_name=names,
        abstract=words,
        addressees=(words, names),
        body=f"{words}\n| {names} | a |",
        signing=(words,),
        signer=names,
        recipients=(words, names),
        contact=names,
    )
    assert read(as_docx(official)).has_head


def test_the_same_document_is_the_same_docx() -> None:
    assert as_docx(DECISION, created=CREATED) == as_docx(DECISION, created=CREATED)


def test_the_docx_has_the_sheet_of_the_decree() -> None:
    document = docx.Document(io.BytesIO(as_docx(DECISION, created=CREATED)))
    section = document.sections[0]
    assert [edge and round(edge.mm) for edge in (section.top_margin, section.bottom_margin)] == [20, 20]
    assert [edge and round(edge.mm) for edge in (section.left_margin, section.right_margin)] == [30, 15]
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs or not section.first_page_header.paragraphs[0].text
    assert "PAGE" in section.header._element.xml
    assert len(document.sections) == 3
    names = {run.font.name for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()}
    assert names == {"Times New Roman"}


# --- as offices type -------------------------------------------------------------------------------------------------


def office_letter(change: Callable[[Any], None] = lambda _document: None) -> bytes:
    """A letter typed in Word by a clerk: head and signing block in tables without styles."""
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    for text, bold in (("UBND TỈNH BÌNH THUẬN", False), ("SỞ NỘI VỤ", True), ("_______", False)):
        head.cell(0, 0).add_paragraph().add_run(text).bold = bold
    for text in ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", "———————"):
        head.cell(0, 1).add_paragraph().add_run(text).bold = True
    head.cell(1, 0).add_paragraph("Số: 1276 / SNV - CCVC")
    head.cell(1, 0).add_paragraph("V/v chấn chỉnh kỷ luật,\nkỷ cương hành chính")
    head.cell(1, 1).add_paragraph().add_run("Bình Thuận, ngày 22 tháng 01 năm 2014").italic = True
    document.add_paragraph("")
    to = document.add_paragraph("Kính gửi: ")
    to.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("- Các sở, ban, ngành;")
    document.add_paragraph("- UBND các huyện, thị xã, thành phố.")
    paragraph = document.add_paragraph("Thực hiện Chỉ thị, ")
    paragraph.add_run("Sở Nội vụ").bold = True
    paragraph.add_run(" đề nghị:")
    for text in ("Rà soát quy chế", "Kiểm tra công vụ"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Gửi về Sở", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("Đơn vị", "Hạn", "Sở A", "20/02/2014")):
        table.cell(place // 2, place % 2).paragraphs[0].add_run(text).bold = place < 2
    change(document)
    document.add_paragraph("Đề nghị các cơ quan thực hiện./.")
    foot = document.add_table(rows=1, cols=2)
    for text in ("Nơi nhận:", "- Như trên;", "- Chủ tịch UBND tỉnh (b/c);", "- Lưu: VT, CCVC. (Hà)"):
        foot.cell(0, 0).add_paragraph(text)
    for text in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "(Đã ký)", "", "Nguyễn Văn Bình"):
        foot.cell(0, 1).add_paragraph().add_run(text).bold = True
    return saved(document)


def test_a_letter_typed_by_an_office_is_understood() -> None:
    found = read(office_letter())
    official = found.official
    assert found.has_head
    assert found.has_signing
    assert (official.superior, official.issuer) == ("UBND TỈNH BÌNH THUẬN", "SỞ NỘI VỤ")
    assert official.symbol == "1276/SNV-CCVC"
    assert (official.place, official.date) == ("Bình Thuận", dt.date(2014, 1, 22))
    assert official.abstract == "chấn chỉnh kỷ luật, kỷ cương hành chính"
    assert official.addressees == ("Các sở, ban, ngành", "UBND các huyện, thị xã, thành phố")
    assert official.signing == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert official.signer == "Nguyễn Văn Bình"
    assert official.recipients == ("Như trên", "Chủ tịch UBND tỉnh (b/c)", "Lưu: VT, CCVC. (Hà)")
    assert official.body.split("\n") == [
        "Thực hiện Chỉ thị, **Sở Nội vụ** đề nghị:",
        "1. Rà soát quy chế",
        "2. Kiểm tra công vụ",
        "- Gửi về Sở",
        "| Đơn vị | Hạn |",
        "|---|---|",
        "| Sở A | 20/02/2014 |",
        "",
        "Đề nghị các cơ quan thực hiện./.",
    ]


def test_a_decision_typed_with_tabs_is_understood() -> None:
    document = docx.Document()
    for text in (
        "UBND HUYỆN TUY PHONG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHÒNG NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 05/QĐ-NV\tTuy Phong, ngày 3 tháng 02 năm 2014",
        "",
    ):
        document.add_paragraph(text)
    for text in ("QUYẾT ĐỊNH", "Về việc cử cán bộ đi học"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    for text in ("Căn cứ Luật Cán bộ, công chức;", "QUYẾT ĐỊNH:", "Điều 1. Cử ông A đi học."):
        document.add_paragraph(text)
    for text in ("Nơi nhận:\tTRƯỞNG PHÒNG", "- Như Điều 1;", "- Lưu: VT.\tLê Thị Hoa"):
        document.add_paragraph(text)
    official = read(saved(document)).official
    assert (official.superior, official.issuer) == ("UBND HUYỆN TUY PHONG", "PHÒNG NỘI VỤ")
    assert (official.symbol, official.date) == ("05/QĐ-NV", dt.date(2014, 2, 3))
    assert (official.type_name, official.abstract) == ("QUYẾT ĐỊNH", "Về việc cử cán bộ đi học")
    assert (official.signing, official.signer) == (("TRƯỞNG PHÒNG",), "Lê Thị Hoa")
    assert official.recipients == ("Như Điều 1", "Lưu: VT")
    assert official.body == "Căn cứ Luật Cán bộ, công chức;\nQUYẾT ĐỊNH:\nĐiều 1. Cử ông A đi học."


@pytest.mark.parametrize(
    ("lines", "signing", "signer"),
    [
        (("GIÁM ĐỐC", "", "LÊ VĂN QUANG"), ("GIÁM ĐỐC",), "LÊ VĂN QUANG"),
        (("KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG", "Lê Hoa"), ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), "Lê Hoa"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", ""), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ""),
    ],
)
def test_the_signing_block_is_read_however_the_name_is_typed(
    lines: tuple[str, ...], signing: tuple[str, ...], signer: str
) -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung./.")
    table = document.add_table(rows=1, cols=2)
    for line in lines:
        table.cell(0, 1).add_paragraph().add_run(line).bold = True
    official = read(saved(document)).official
    assert (official.body, official.signing, official.signer) == ("Nội dung./.", signing, signer)


def test_a_regulation_attached_to_a_decision_is_its_appendix() -> None:
    document: Any = docx.Document(io.BytesIO(as_docx(replace(DECISION, appendices=()), created=CREATED)))
    document.add_page_break()
    for text in ("QUY CHẾ", "Quản lý hệ thống thông tin"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    document.add_paragraph("(Ban hành kèm theo Quyết định số 139/QĐ-UBND)")
    document.add_paragraph("Điều 1. Phạm vi")
    (appendix,) = read(saved(document)).official.appendices
    assert (appendix.title, appendix.caption, appendix.body) == (
        "QUY CHẾ",
        "Quản lý hệ thống thông tin",
        "Điều 1. Phạm vi",
    )


def test_a_template_filled_by_docxtpl_is_understood() -> None:
    template = DocxTemplate(io.BytesIO(as_docx(replace(INVITATION, body="{{ noi_dung }}", signer="{{ ten }}"))))
    template.render({"noi_dung": "Trân trọng kính mời.", "ten": "Đỗ Minh Kính"})
    official = read(saved(template)).official
    assert (official.body, official.signer) == ("Trân trọng kính mời.", "Đỗ Minh Kính")


def test_plain_text_without_head_is_all_body() -> None:
    document = docx.Document()
    document.add_paragraph("Chỉ có nội dung.")
    found = read(saved(document))
    assert (found.body, found.has_head, found.has_signing) == ("Chỉ có nội dung.", False, False)


def test_list_numbers_of_word_become_typed() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
            '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="99"><w:abstractNumId w:val="77"/></w:num>'))
    for level in (0, 1, 2, 2, 1, 0, 1):
        properties = document.add_paragraph("Nội dung")._p.get_or_add_pPr()
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>'
        properties.append(parse_xml(number))
    labels = [line.removesuffix(" Nội dung") for line in read(saved(document)).body.split("\n")]
    assert labels == ["Điều 1.", "1.1.", "a)", "b)", "1.2.", "Điều 2.", "2.1."]


# --- what is lost ----------------------------------------------------------------------------------------------------


def add_raw(xml: str) -> Callable[[Any], None]:
    return lambda document: document.add_paragraph("Đoạn ")._p.append(parse_xml(xml))


def add_picture(document: Any) -> None:
    png = io.BytesIO()
    Image.new("RGB", (2, 2)).save(png, "PNG")
    document.add_picture(png, width=Mm(10))


W = nsdecls("w")
OFFICE = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
CHANGES: dict[str, Callable[[Any], None]] = {
    "textbox": add_raw(f"<w:r {W}><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r>"),
    "equation": add_raw(f"<m:oMath {MATH}><m:r><m:t>x</m:t></m:r></m:oMath>"),
    "object": add_raw(
        f'<w:r {W}><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r>'
    ),
    "footnote": add_raw(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'),
    "comment": add_raw(f'<w:r {W}><w:commentReference w:id="2"/></w:r>'),
    "tracked": add_raw(f"<w:ins {W}><w:r><w:t>thêm</w:t></w:r></w:ins>"),
    "image": add_picture,
    "nested": lambda document: document.add_table(rows=1, cols=1).cell(0, 0).add_table(rows=1, cols=1),
    "merged": lambda document: (table := document.add_table(rows=2, cols=2)).cell(0, 0).merge(table.cell(0, 1)),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_cannot_be_taken_over_is_said_with_what_to_do(kind: str) -> None:
    found = read(office_letter(CHANGES[kind]))
    losses = {loss.kind: loss for loss in found.losses}
    assert losses[kind].count == 1
    assert "Hãy" in losses[kind].message
    assert kind not in {loss.kind for loss in read(office_letter()).losses}


def test_an_insertion_is_kept_and_a_deletion_is_not() -> None:
    def change(document: Any) -> None:
        CHANGES["tracked"](document)
        add_raw(f"<w:del {W}><w:r><w:delText>bỏ</w:delText></w:r></w:del>")(document)

    found = read(office_letter(change))
    assert "thêm" in found.body
    assert "bỏ" not in found.body
    assert next(loss.count for loss in found.losses if loss.kind == "tracked") == 2


def test_old_fonts_are_turned_into_unicode() -> None:
    def change(document: Any) -> None:
        document.add_paragraph().add_run("Céng hßa x· héi chñ nghÜa ViÖt Nam").font.name = ".VnTime"

    found = read(office_letter(change))
    assert "Cộng hòa xã hội chủ nghĩa Việt Nam" in found.body
    assert {"legacy", "font"} <= {loss.kind for loss in found.losses}


# --- bad input -------------------------------------------------------------------------------------------------------


def packed(**parts: bytes) -> bytes:
    """A DOCX with parts put in or replaced; "__" in a name is a slash, "_" before its end a dot."""
    source, target = io.BytesIO(as_docx(LETTER, created=CREATED)), io.BytesIO()
    replaced = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, content in replaced.items():
            new.writestr(name, content)
    return target.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không phải DOCX"),
        (b"PK\x03\x04 hong", "không phải DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "mật khẩu"),
        (packed(word__vbaProject_bin=b"x"), "macro"),
        (packed(word__document_xml=b"<w:document"), "không phải DOCX"),
        (packed(word__document_xml=b"<a/>"), "không phải DOCX"),
        (packed(word__document_xml=BOMB), "không phải DOCX"),
        (packed(word__document_xml=OUTSIDE), "không phải DOCX"),
        (packed(word__document_xml=b"<a>" + b" " * 2**26 + b"</a>"), "quá lớn"),
        (as_docx(LETTER)[:9000], "không phải DOCX"),
    ],
)
def test_what_is_no_docx_or_means_harm_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        read(content)


def test_a_damaged_part_is_refused_and_a_missing_one_does_without() -> None:
    content = bytearray(as_docx(LETTER, created=CREATED))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    content[start : start + 40] = b"\xff" * 40
    with pytest.raises(Refusal):
        read(bytes(content))
    assert read(packed(word__styles_xml=b"<broken", word__numbering_xml=b"")).official.symbol == LETTER.symbol


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=30))
def test_a_file_damaged_anywhere_is_read_or_refused(place: int, noise: bytes) -> None:
    content = bytearray(SMALL)
    content[place % len(content) : place % len(content) + len(noise)] = noise
    with contextlib.suppress(Refusal):
        read(bytes(content))


SMALL = as_docx(LETTER, created=CREATED)


def test_four_hundred_pages_are_read_within_seconds() -> None:
    sentence = "Trong năm, các cơ quan đã **phối hợp** thực hiện nghiêm túc các nhiệm vụ được giao theo kế hoạch. "
    body = "\n".join(f"{number}. {sentence * 5}".strip() for number in range(3_000))
    found = read(as_docx(replace(REPORT, body=body), created=CREATED))
    assert len(blocks(found.body)) == 3_000


def test_the_papers_of_the_neighbourhood_are_read() -> None:
    for path in sorted((Path(django_settings.BASE_DIR).parent / "shared" / "samples").rglob("*.docx")):
        assert read(path.read_bytes()).body
