from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import Workbook, load_workbook

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation import queries, sheets
from lienthong.organisation.models import Officer, Unit
from lienthong.organisation.operations import import_organisation
from lienthong.organisation.sheets import COLUMNS, PEOPLE, UNITS
from tests.cast import Cast

ROOT = ["BT", "Tỉnh Thử Nghiệm", "Tỉnh", "UBND tỉnh", "", "x", "UBND", "H99", "1", dt.date(2014, 1, 1)]
DEPARTMENT = ["BT.XD", "Sở Xây dựng", "Sở XD", "so, ban, nganh", "BT", "x", "SXD", "H99.01", 2, "01/01/2014"]
LAN = ["CB01", "Đoàn Thị Lan", "lan@example.com", "0900000000", "BT.XD", "Văn thư", "Văn thư", "5", "", "01/01/2014"]


def _book(units: Sequence[Sequence[object]], people: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in ((UNITS, units), (PEOPLE, people)):
        sheet = book.create_sheet(name)
        sheet.append([column.heading for column in COLUMNS[name]])
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_dry_run_tells_each_row_and_keeps_nothing(cast: Cast, at: dt.datetime) -> None:
    rows = sheets.read("to-chuc.xlsx", _book([ROOT, DEPARTMENT], [LAN]))
    report = import_organisation(rows, keep=False, actor=cast.administrator, at=at)
    assert [line.state for line in report.lines] == ["new", "new", "new"]
    assert report.lines[1].words == "Thêm Sở Xây dựng, trực thuộc Tỉnh Thử Nghiệm"
    assert not report.kept
    assert not Unit.objects.filter(name="Sở Xây dựng").exists()


def test_what_was_tried_is_kept_whole_and_twice_is_once(cast: Cast, at: dt.datetime) -> None:
    rows = sheets.read("to-chuc.xlsx", _book([ROOT, DEPARTMENT], [LAN]))
    assert import_organisation(rows, keep=True, actor=cast.administrator, at=at).kept
    unit = Unit.objects.get(name="Sở Xây dựng")
    assert (unit.kind, unit.symbol, unit.agency) == ("department", "SXD", unit)
    assert Officer.objects.get(staff_code="CB01").posts.get().role == "clerk"
    again = import_organisation(rows, keep=True, actor=cast.administrator, at=at)
    assert [line.state for line in again.lines] == ["same", "same", "same"]


def test_one_wrong_row_keeps_all_out_and_names_its_cell(cast: Cast, at: dt.datetime) -> None:
    wrong = ["BT.YT", "Sở Y", "Sở Y", "Lâu đài", "BT", "", "", "", "", "30/02/2014"]
    orphan = ["BT.ZZ", "Phòng Z", "", "Phòng, ban chuyên môn", "KHONG.CO", "", "", "", "", "01/01/2014"]
    stranger = ["", "Ai Đó", "", "", "BT", "Vua", "Hoàng đế", "", "", "01/01/2014"]
    nameless = ["", "", "", "", "BT", "Văn thư", "Văn thư", "", "", "01/01/2014"]
    rows = sheets.read("to-chuc.xlsx", _book([ROOT, wrong, orphan], [stranger, nameless]))
    report = import_organisation(rows, keep=True, actor=cast.administrator, at=at)
    assert not report.kept
    told = {(line.row.sheet, line.row.number): line.heading for line in report.lines if line.state == "wrong"}
    assert told == {
        (UNITS, 3): "Từ ngày",
        (UNITS, 4): "Mã cấp trên",
        (PEOPLE, 2): "Vai trò",
        (PEOPLE, 3): "Họ và tên",
    }
    assert not Unit.objects.filter(name="Tỉnh Thử Nghiệm").exists()


def test_a_known_unit_is_renamed_and_moved_by_the_sheet(cast: Cast, at: dt.datetime) -> None:
    import_organisation(
        sheets.read("a.xlsx", _book([ROOT, DEPARTMENT], [])), keep=True, actor=cast.administrator, at=at
    )
    office = ["BT.VP", "Văn phòng", "VP", "Văn phòng", "BT", "", "", "", "", "01/01/2014"]
    moved = [*DEPARTMENT[:1], "Sở Xây dựng và Giao thông", *DEPARTMENT[2:4], "BT.VP", *DEPARTMENT[5:]]
    report = import_organisation(
        sheets.read("b.xlsx", _book([office, moved], [])), keep=True, actor=cast.administrator, at=at
    )
    assert [line.state for line in report.lines] == ["new", "changed"]
    unit = Unit.objects.get(name="Sở Xây dựng và Giao thông")
    assert unit.parent is not None
    assert unit.parent.name == "Văn phòng"


def test_a_csv_reads_like_a_sheet(cast: Cast, at: dt.datetime) -> None:
    text = "Mã nội bộ;Tên đầy đủ;Loại;Từ ngày\nXX;Đơn vị lẻ;Khác;01/02/2014\n"
    rows = sheets.read("don-vi.csv", ("\ufeff" + text).encode())
    report = import_organisation(rows, keep=True, actor=cast.administrator, at=at)
    assert report.kept
    assert Unit.objects.get(name="Đơn vị lẻ").valid_from == dt.date(2014, 2, 1)


def test_what_hangs_on_a_wrong_row_points_to_that_row(cast: Cast, at: dt.datetime) -> None:
    root = [*ROOT[:3], "Lâu đài", *ROOT[4:]]
    rows = sheets.read("to-chuc.xlsx", _book([root, DEPARTMENT], [LAN]))
    report = import_organisation(rows, keep=False, actor=cast.administrator, at=at)
    assert [line.words for line in report.lines[1:]] == [
        "Đơn vị mã “BT” ở dòng 2 còn sai: hãy sửa dòng đó.",
        "Đơn vị mã “BT.XD” ở dòng 3 còn sai: hãy sửa dòng đó.",
    ]


def test_only_an_administrator_imports(cast: Cast, at: dt.datetime) -> None:
    with pytest.raises(Forbidden):
        import_organisation([], keep=True, actor=cast.leader, at=at)


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"xl/{number}.xml", b"0" * 40_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rong.xlsx", b""),
        ("hong.xlsx", b"PK\x03\x04 broken"),
        ("anh.png", b"\x89PNG\r\n"),
        ("nhi-phan.csv", b"a\x00b"),
        ("utf16.csv", "Mã nội bộ,Tên đầy đủ,Loại,Từ ngày\n".encode("utf-16")),
        ("latin.csv", b"M\xe3,T\xean\n"),
        ("khac.csv", b"a,b,c\n1,2,3\n"),
        ("tieu-de.csv", "Mã nội bộ,Tên đầy đủ,Loại,Từ ngày\n".encode()),
        ("lon.csv", b"x" * (5 * 1024 * 1024 + 1)),
        ("nhieu.csv", "Mã nội bộ,Tên đầy đủ,Loại,Từ ngày\n".encode() + b"a,b,c,d\n" * 5001),
        ("bom.xlsx", _bomb()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        sheets.read(name, content)
    assert refused.value.field == "sheet"


def test_what_is_written_never_starts_a_formula_and_comes_back_as_it_was() -> None:
    evil = '=HYPERLINK("http://evil.example";"x")'
    written = sheets.write({UNITS: [["A", evil, "+1", "-2", "@x", "", "", "", 1, dt.date(2014, 1, 1)]]})
    sheet = load_workbook(io.BytesIO(written)).worksheets[0]
    cells = [sheet.cell(2, place) for place in range(2, 6)]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    assert cells[0].value == evil
    assert sheets.read("lai.xlsx", written)[0].cells["name"] == evil


def test_an_export_is_an_import_that_changes_nothing(cast: Cast, at: dt.datetime) -> None:
    first = sheets.read("a.xlsx", _book([ROOT, DEPARTMENT], [LAN]))
    import_organisation(first, keep=True, actor=cast.administrator, at=at)
    on = dt.date(2014, 3, 10)
    units = [line for line in queries.unit_lines(on) if line[0]]
    people = [line for line in queries.officer_lines(on) if line[4]]
    rows = sheets.read("b.xlsx", sheets.write({UNITS: units, PEOPLE: people}))
    report = import_organisation(rows, keep=False, actor=cast.administrator, at=at)
    assert [line.state for line in report.lines] == ["same", "same", "same"]


CSV = "Mã nội bộ,Tên đầy đủ,Loại,Từ ngày\nBT.QQ,Sở Quê,Văn phòng,01/01/2014\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_as_excel_saves_it(cast: Cast, at: dt.datetime, encoding: str) -> None:
    rows = sheets.read("don-vi.csv", CSV.encode(encoding))
    report = import_organisation(rows, keep=False, actor=cast.administrator, at=at)
    assert [(line.state, line.words) for line in report.lines] == [("new", "Thêm Sở Quê")]


def test_a_csv_in_the_old_vietnamese_code_page_is_read(cast: Cast) -> None:
    old = "".join(
        character if character.isascii() else _of_1258(character) for character in unicodedata.normalize("NFC", CSV)
    )
    (row,) = sheets.read("don-vi.csv", old.encode("cp1258"))
    assert row.cells["name"] == "Sở Quê"


def _of_1258(character: str) -> str:
    """Return a letter as the code page has it: the tone stands apart, the hat or the horn does not."""
    base, *marks = list(unicodedata.normalize("NFD", character))
    tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
    hats = [mark for mark in marks if mark not in tones]
    return unicodedata.normalize("NFC", "".join([base, *hats])) + "".join(tones)


def test_a_file_with_other_columns_is_told_which_are_missing() -> None:
    with pytest.raises(Refusal, match="thiếu cột “Mã nội bộ”, “Loại”"):
        sheets.read("x.csv", "Mã,Tên đầy đủ,Từ ngày\nA,B,01/01/2014\n".encode())


def test_a_part_may_stand_above_its_parent_in_the_sheet(cast: Cast, at: dt.datetime) -> None:
    rows = sheets.read("to-chuc.xlsx", _book([DEPARTMENT, ROOT], []))
    report = import_organisation(rows, keep=True, actor=cast.administrator, at=at)
    assert report.kept
    assert [line.row.number for line in report.lines] == [2, 3]
    assert Unit.objects.get(name="Sở Xây dựng").parent == Unit.objects.get(name="Tỉnh Thử Nghiệm")


def test_a_code_twice_and_a_circle_are_wrong(cast: Cast, at: dt.datetime) -> None:
    twin = ["BT", "Tỉnh Khác", *ROOT[2:]]
    here = ["V1", "Vòng Một", "", "Phòng, ban chuyên môn", "V2", "", "", "", "", "01/01/2014"]
    there = ["V2", "Vòng Hai", "", "Phòng, ban chuyên môn", "V1", "", "", "", "", "01/01/2014"]
    rows = sheets.read("to-chuc.xlsx", _book([ROOT, twin, here, there], []))
    report = import_organisation(rows, keep=True, actor=cast.administrator, at=at)
    assert not report.kept
    told = {line.row.number: line.words for line in report.lines if line.state == "wrong"}
    assert "đã dùng ở dòng 2" in told[3]
    assert "V1 → V2 → V1" in told[4]
    assert "V2 → V1 → V2" in told[5]
