"""The light markup: what each line is, its styles, and that any text at all is a body."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.formatting.blocks import PageBreak, Paragraph, Span, Table, blocks, clean, inline, markup, plain
from lienthong.kernel.vietnamese import nfc

DECISION = """ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Theo đề nghị của Giám đốc Sở Thông tin và Truyền thông.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý.
1. Phạm vi.
a) Trong tỉnh;
- Một việc;"""

LETTERS = st.text(
    st.one_of(
        st.sampled_from("*_\\|<br>^=>-+ \t\n\u00a0abĐđ1.;:()Ii“”–"), st.characters(codec="utf-8")
    ),
    max_size=120,
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        LETTERS,
        st.sampled_from(
            [*DECISION.split("\n"), "Chương I", "Quy định chung", "QUY ĐỊNH CHUNG", "| a | b |", "|---|:-:|", "\\| a |"]
        ),
    ),
    max_size=12,
).map("\n".join)


def kinds(body: str) -> list[str]:
    return [block.kind for block in blocks(body) if isinstance(block, Paragraph)]


def test_a_decision_is_known_by_how_its_lines_begin() -> None:
    assert kinds(DECISION) == ["authority", "basis", "basis", "enacting", "article", "clause", "point", "dash"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Căn cứ Công văn số 12/UBND-TH, Sở báo cáo như sau.", ["text"]),
        ("Căn cứ Kế hoạch số 5/KH-UBND;\nSở đề nghị.", ["basis", "text"]),
        ("Căn cứ A;\nThực hiện B, Sở đề nghị các đơn vị:", ["basis", "text"]),
        ("Sở đề nghị.\nCăn cứ A;\nCăn cứ B.", ["text", "text", "text"]),
        ("Chương I\nQUY ĐỊNH CHUNG", ["division", "division_title"]),
        ("Chương II\nTổ chức thực hiện", ["division", "division_title"]),
        ("Mục 1 của Quyết định này được sửa đổi như sau:", ["text"]),
        ("Mục 1. TỔ CHỨC", ["division"]),
        ("Phần thứ nhất\nTÌNH HÌNH", ["division", "division_title"]),
        ("Điều 5 của Luật Báo chí quy định:", ["text"]),
        ("\\Điều 5. là một câu thường", ["text"]),
        ("I. TÌNH HÌNH CHUNG\n1.1. Kết quả\nđ) Việc khác", ["section", "clause", "point"]),
        ("> trích\n^ giữa ^", ["quote", "centre"]),
        ("GIÁM ĐỐC SỞ\nCăn cứ A;\nQUYẾT ĐỊNH:", ["authority", "basis", "enacting"]),
        ("Căn cứ A;\nTỈNH BÌNH THUẬN\nQUYẾT ĐỊNH:", ["basis", "authority", "enacting"]),
        ("THÔNG BÁO KHẨN\nvề việc mưa lũ", ["text", "text"]),
        ("\n \n", []),
    ],
)
def test_what_a_line_is(body: str, expected: list[str]) -> None:
    assert kinds(body) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("một **đậm** hai", (Span("một "), Span("đậm", bold=True), Span(" hai"))),
        ("*nghiêng* và __gạch__", (Span("nghiêng", italic=True), Span(" và "), Span("gạch", underline=True))),
        ("***cả hai***", (Span("cả hai", bold=True, italic=True),)),
        ("**Điều 1.** Tên", (Span("Điều 1.", bold=True), Span(" Tên"))),
        ("**L**ưu", (Span("L", bold=True), Span("ưu"))),
        ("2*3*4 và a__b__c", (Span("2*3*4 và a__b__c"),)),
        ("(*) Ghi chú: xem (*)", (Span("(*) Ghi chú: xem (*)"),)),
        ("Họ tên: ________ * * *", (Span("Họ tên: ________ * * *"),)),
        ("**hở", (Span("**hở"),)),
        (r"\*không\* và \\", (Span(r"*không* và " + "\\"),)),
        ("một<br>hai", (Span("một\nhai"),)),
        (r"C:\Thư mục", (Span(r"C:\Thư mục"),)),
        ("", ()),
    ],
)
def test_styles_inside_a_line(line: str, expected: tuple[Span, ...]) -> None:
    assert inline(line) == expected


def test_rows_are_a_table_with_its_head_and_alignments() -> None:
    (table,) = blocks("| Tên | Số |\n|:---|---:|\n| A \\| B | **2** |\n| C |")
    assert isinstance(table, Table)
    assert table.has_head
    assert table.alignments == ("left", "right")
    assert [[plain(cell) for cell in row] for row in table.rows] == [["Tên", "Số"], ["A | B", "2"], ["C", ""]]


def test_an_empty_line_parts_two_tables_and_a_lone_bar_is_no_table() -> None:
    assert [type(block) for block in blocks("| a | b |\n\n| c | d |\n| e")] == [Table, Table, Paragraph]


def test_a_page_break_and_the_line_of_each_block() -> None:
    found = blocks("một\n\n=== Trang mới ===\nhai")
    assert [type(block) for block in found] == [Paragraph, PageBreak, Paragraph]
    assert [block.line for block in found] == [1, 3, 4]


def test_letters_that_nobody_sees_are_left_out_and_the_rest_is_composed() -> None:
    (block,) = blocks("Ho\u0300a\u202e b\u200bi\u0300nh\x00")
    assert isinstance(block, Paragraph)
    assert block.text == "Hòa bình"


@given(LINES)
def test_any_text_is_a_body_and_is_written_back_as_it_was_read(body: str) -> None:
    found = blocks(body)
    assert blocks(markup(found)) == found
    texts = [block.text for block in found if isinstance(block, Paragraph)]
    assert all(unicodedata.is_normalized("NFC", text) and text.strip() == text != "" for text in texts)


@given(
    st.lists(
        st.builds(Span, LETTERS.map(lambda text: text.replace("\t", "")), st.booleans(), st.booleans()), max_size=6
    )
)
def test_spans_of_any_style_keep_their_words_when_written(spans: list[Span]) -> None:
    found = blocks(markup([Paragraph("text", tuple(spans))]))
    words = nfc("".join(clean(span.text) for span in spans)).split()
    assert [word for block in found if isinstance(block, Paragraph) for word in block.text.split()] == words
    assert all(isinstance(block, Paragraph) and block.kind == "text" for block in found)


def test_a_body_of_four_hundred_pages_is_read_at_once() -> None:
    body = (DECISION + "\n") * 3_000
    assert len(blocks(body)) == 24_000
