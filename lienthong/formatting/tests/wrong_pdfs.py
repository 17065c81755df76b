"""For each rule of form that a PDF can break: the right pages, and one thing set wrong in them."""

from __future__ import annotations

import copy
import datetime as dt
import json
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import typst

from lienthong.formatting.official import Official
from lienthong.formatting.setting import fonts
from lienthong.formatting.setting.pages import LAYOUT, page_data
from lienthong.formatting.tests.papers import CREATED, DECISION, LETTER, REPORT
from lienthong.formatting.tests.wrong_papers import LONG, PROPOSAL

Data = dict[str, Any]
Change = Callable[[Data], None]
START = "// --- runs of text"
"""Where a rule of Typst that holds for every text may stand in the layout."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A right paper, and what makes its pages wrong: in the data, by a rule of Typst, by another line of the layout."""

    paper: Official
    change: Change | None = None
    rule: str = ""
    lines: tuple[tuple[str, str], ...] = ()

    def right(self, day: dt.date | None) -> bytes:
        """Return the pages as the system sets them, on a day of their own."""
        return _set(_dated(self.paper, day), None, "", ())

    def wrong(self, day: dt.date | None) -> bytes:
        """Return them with the one mistake."""
        return _set(_dated(self.paper, day), self.change, self.rule, self.lines)


def _dated(paper: Official, day: dt.date | None) -> Official:
    return replace(paper, date=day) if day else paper


@lru_cache(maxsize=64)
def _set(paper: Official, change: Change | None, rule: str, lines: tuple[tuple[str, str], ...]) -> bytes:
    data = copy.deepcopy(page_data(paper, created=CREATED))
    if change is not None:
        change(data)
    layout = LAYOUT.read_text(encoding="utf-8")
    for old, new in ((START, f"{rule}\n{START}"), *lines):
        assert layout.count(old) >= 1, old
        layout = layout.replace(old, new)
    with tempfile.TemporaryDirectory(prefix="wrong-") as folder:
        path = Path(folder) / "wrong.typ"
        path.write_text(layout, encoding="utf-8")
        pages: bytes = typst.compile(
            path, sys_inputs={"data": json.dumps(data)}, font_paths=_fonts(), pdf_standards=["a-2b"]
        )
        return pages


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Return the font of official pages and those that come with Typst, to be wrong with."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(fonts.DIRECTORY)])


# --- what may be made wrong ------------------------------------------------------------------------------------------


def sheet(data: Data, *, part: str, name: str, value: Any) -> None:
    data["sheet"][part][name] = value


def put(data: Data, *, name: str, value: Any) -> None:
    data[name] = value


def reword(data: Data, *, name: str, old: str, new: str, place: int | None = None) -> None:
    """Replace words in an element, or in one line of it."""
    words = data[name] if place is None else data[name][place]
    assert old in words, words
    if place is None:
        data[name] = words.replace(old, new)
    else:
        data[name][place] = words.replace(old, new)


def retype(data: Data, *, old: str, new: str) -> None:
    """Replace words in the body."""
    for block in data["blocks"]:
        for place, span in enumerate(block["spans"]):
            words, styles = (span, "") if isinstance(span, str) else span
            if old in words:
                block["spans"][place] = [words.replace(old, new), styles]
                return
    raise AssertionError(old)


def retype_all(data: Data, *, words: str) -> None:
    data["blocks"][0]["spans"] = [words]


def note(data: Data) -> None:
    for appendix in data["appendices"]:
        appendix["note"] = ["", "", ""]


def size(name: str, points: float) -> Change:
    return partial(sheet, part="sizes", name=name, value=points)


def plain(words: str, **styles: str) -> str:
    """Return a rule of Typst that sets words otherwise."""
    said = ", ".join(f"{name}: {value}" for name, value in styles.items())
    return f'#show "{words}": it => text({said}, it)'


UPRIGHT, SLANTED, BOLD, LIGHT = {"style": '"normal"'}, {"style": '"italic"'}, {"weight": '"bold"'}, {"weight": "400"}
BODY = "Thực hiện Kế hoạch"
TCVN3 = "Së Th«ng tin vµ TruyÒn th«ng ®Ò nghÞ Quý c¬ quan rµ so¸t h¹ tÇng m¹ng néi bé"
WRONG_PAGES: dict[str, Pages] = {
    "page.paper": Pages(LETTER, lines=(("width: 210mm", "width: 216mm"), ("height: 297mm", "height: 279mm"))),
    "page.margin.top": Pages(REPORT, partial(sheet, part="margins", name="top", value=10)),
    "page.margin.bottom": Pages(REPORT, partial(sheet, part="margins", name="bottom", value=10)),
    "page.margin.left": Pages(LONG, partial(sheet, part="margins", name="left", value=20)),
    "page.margin.right": Pages(LONG, partial(sheet, part="margins", name="right", value=10)),
    "page.number.present": Pages(REPORT, lines=(("if number > 1", "if number > 99"),)),
    "page.number.place": Pages(REPORT, lines=(("align(number-side, page-number)", "align(left, page-number)"),)),
    "page.number.first": Pages(REPORT, lines=(("if number > 1", "if number > 0"),)),
    "page.number.size": Pages(REPORT, partial(sheet, part="page_number", name="size", value=10)),
    "letters.font": Pages(LETTER, rule=plain("Văn phòng Ủy ban", font='"Libertinus Serif"')),
    "letters.unicode": Pages(LETTER, partial(retype_all, words=TCVN3)),
    "letters.composed": Pages(LETTER, partial(retype, old="Kế hoạch", new=unicodedata.normalize("NFD", "Kế hoạch"))),
    "letters.colour": Pages(LETTER, rule=plain(BODY, fill='rgb("#0070c0")')),
    "nation.present": Pages(LETTER, partial(put, name="nation", value="")),
    "nation.words": Pages(LETTER, partial(reword, name="nation", old="CHỦ NGHĨA", new="CHỦ NGHIÃ")),
    "nation.size": Pages(LETTER, size("nation", 11)),
    "nation.style": Pages(LETTER, rule=plain("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", **LIGHT)),
    "motto.present": Pages(LETTER, partial(put, name="motto", value="")),
    "motto.words": Pages(LETTER, partial(reword, name="motto", old=" - ", new="-")),
    "motto.size": Pages(LETTER, size("motto", 12)),
    "motto.style": Pages(LETTER, rule=plain("Độc lập - Tự do - Hạnh phúc", **LIGHT)),
    "motto.rule": Pages(LETTER, lines=(("box(stroke: (bottom: 0.6pt), outset", "box(stroke: none, outset"),)),
    "issuer.present": Pages(DECISION, partial(put, name="issuer", value=[""])),
    "issuer.style": Pages(LETTER, partial(put, name="issuer", value=["SỞ THÔNG TIN", "Và Truyền thông"])),
    "issuer.size": Pages(LETTER, size("issuer", 14)),
    "issuer.rule": Pages(LETTER, partial(sheet, part="rules", name="issuer", value=0)),
    "superior.style": Pages(LETTER, partial(put, name="superior", value=["Ubnd tỉnh bình thuận"])),
    "superior.size": Pages(LETTER, size("superior", 10)),
    "symbol.present": Pages(LETTER, partial(put, name="symbol", value="")),
    "symbol.colon": Pages(LETTER, partial(reword, name="symbol", old="Số:", new="Số")),
    "symbol.zero": Pages(PROPOSAL, partial(reword, name="symbol", old="08/", new="8/")),
    "symbol.spaces": Pages(LETTER, partial(reword, name="symbol", old="275/STTTT-", new="275 / STTTT- ")),
    "symbol.pattern": Pages(LETTER, partial(reword, name="symbol", old="/STTTT-CNTT", new="/CNTT")),
    "symbol.dash": Pages(LETTER, partial(reword, name="symbol", old="-", new="–")),
    "symbol.type": Pages(DECISION, partial(reword, name="symbol", old="QĐ", new="KH")),
    "symbol.size": Pages(LETTER, size("symbol", 14)),
    "symbol.style": Pages(LETTER, rule=plain("Số: 275/STTTT-CNTT", **BOLD)),
    "dateline.present": Pages(LETTER, partial(put, name="dateline", value="")),
    "dateline.place": Pages(LETTER, partial(reword, name="dateline", old="Bình Thuận, ngày", new="Ngày")),
    "dateline.day": Pages(LETTER, partial(reword, name="dateline", old="ngày 05", new="ngày 5")),
    "dateline.month": Pages(PROPOSAL, partial(reword, name="dateline", old="tháng 02", new="tháng 2")),
    "dateline.month.plain": Pages(LETTER, partial(reword, name="dateline", old="tháng 3", new="tháng 03")),
    "dateline.slashes": Pages(LETTER, partial(reword, name="dateline", old="ngày 05 tháng", new="ngày 05/3 tháng")),
    "dateline.real": Pages(LETTER, partial(reword, name="dateline", old="05 tháng 3", new="31 tháng 4")),
    "dateline.future": Pages(LETTER, partial(reword, name="dateline", old="tháng 3", new="tháng 9")),
    "dateline.size": Pages(LETTER, size("dateline", 12)),
    "dateline.style": Pages(
        LETTER, lines=(('text(size: size("dateline"), style: "italic"', 'text(size: size("dateline")'),)
    ),
    "type.style": Pages(DECISION, partial(put, name="type_name", value="Quyết định")),
    "type.size": Pages(DECISION, size("type_name", 16)),
    "type.centred": Pages(
        DECISION,
        lines=(
            ("    heading(level: 1, outlined: false", "    set align(left)\n    heading(level: 1, outlined: false"),
        ),
    ),
    "abstract.present": Pages(DECISION, partial(put, name="abstract", value=[])),
    "abstract.style": Pages(DECISION, rule=plain("Về việc ban hành Quy chế quản lý hệ thống thông tin", **LIGHT)),
    "abstract.size": Pages(DECISION, size("abstract", 12)),
    "abstract.stop": Pages(DECISION, partial(reword, name="abstract", place=0, old="thông tin", new="thông tin.")),
    "letter.abstract": Pages(LETTER, partial(put, name="letter_abstract", value=[])),
    "letter.about": Pages(LETTER, partial(reword, name="letter_abstract", place=0, old="V/v", new="v/v")),
    "letter.size": Pages(LETTER, size("letter_abstract", 14)),
    "letter.style": Pages(
        LETTER, lines=(('text(size: size("letter_abstract")', 'text(weight: "bold", size: size("letter_abstract")'),)
    ),
    "addressees.present": Pages(LETTER, partial(put, name="addressees", value=[None, None])),
    "addressees.colon": Pages(LETTER, partial(reword, name="addressees", place=0, old="gửi:", new="gửi")),
    "addressees.size": Pages(LETTER, size("addressees", 12)),
    "addressees.style": Pages(LETTER, rule=plain("Kính gửi: Văn phòng Ủy ban nhân dân tỉnh", **BOLD)),
    "basis.style": Pages(DECISION, rule=plain("Căn cứ Luật Tổ chức chính quyền địa phương", **UPRIGHT)),
    "basis.ends": Pages(DECISION, partial(retype, old="2015;", new="2015.")),
    "body.size": Pages(LETTER, size("body", 12)),
    "body.justified": Pages(
        LONG, lines=(("  justify: justify, first-line-indent", "  justify: false, first-line-indent"),)
    ),
    "body.indent": Pages(LETTER, partial(sheet, part="text", name="indent", value=5)),
    "body.spacing": Pages(LETTER, partial(sheet, part="text", name="line_spacing", value=2.0)),
    "article.style": Pages(DECISION, rule=plain("Điều 1.", **LIGHT)),
    "article.stop": Pages(DECISION, partial(retype, old="Điều 1.", new="Điều 1:")),
    "closing.mark": Pages(LETTER, partial(retype, old="./.", new=".")),
    "signing.present": Pages(LETTER, partial(put, name="signing", value=[])),
    "signing.style": Pages(LETTER, rule=plain("PHÓ GIÁM ĐỐC", **LIGHT)),
    "signing.size": Pages(LETTER, size("signing", 12)),
    "signing.prefix": Pages(LETTER, partial(reword, name="signing", place=0, old="KT. ", new="K/T ")),
    "signing.order": Pages(
        LETTER, partial(put, name="signing", value=["KT. GIÁM ĐỐC", "TM. ỦY BAN NHÂN DÂN", "PHÓ GIÁM ĐỐC"])
    ),
    "signing.deputy": Pages(LETTER, partial(put, name="signing", value=["KT. GIÁM ĐỐC", "GIÁM ĐỐC"])),
    "signing.collective": Pages(PROPOSAL, partial(put, name="signing", value=["TM. GIÁM ĐỐC"])),
    "signer.present": Pages(LETTER, partial(put, name="signer", value="")),
    "signer.upper": Pages(LETTER, partial(put, name="signer", value="TRẦN THỊ BÍCH HẰNG")),
    "signer.style": Pages(LETTER, rule=plain("Trần Thị Bích Hằng", **LIGHT)),
    "signer.size": Pages(LETTER, size("signer", 12)),
    "signer.degree": Pages(LETTER, partial(put, name="signer", value="ThS. Trần Thị Bích Hằng")),
    "recipients.present": Pages(LETTER, partial(put, name="recipients", value=[])),
    "recipients.label": Pages(LETTER, partial(put, name="recipients_label", value="Nơi Nhận:")),
    "recipients.label.style": Pages(LETTER, rule=plain("Nơi nhận:", **UPRIGHT)),
    "recipients.label.size": Pages(LETTER, size("recipients_label", 14)),
    "recipients.size": Pages(LETTER, size("recipients", 13)),
    "recipients.style": Pages(LETTER, rule=plain("- Như trên;", **SLANTED)),
    "recipients.archive": Pages(
        LETTER, partial(reword, name="recipients", place=1, old="- Lưu: VT, CNTT.", new="- Sở Nội vụ.")
    ),
    "recipients.archive.form": Pages(
        LETTER, partial(reword, name="recipients", place=1, old="Lưu: VT, CNTT", new="Lưu CNTT")
    ),
    "recipients.ends": Pages(LETTER, partial(reword, name="recipients", place=0, old="trên;", new="trên")),
    "urgency.words": Pages(DECISION, rule=plain("HỎA TỐC", **LIGHT)),
    "urgency.size": Pages(DECISION, rule=plain("HỎA TỐC", size="16pt")),
    "secrecy.none": Pages(LETTER, partial(put, name="marks", value=["TỐI MẬT"])),
    "appendix.note": Pages(DECISION, note),
    "appendix.note.style": Pages(
        DECISION, lines=(('text(size: size("appendix_note"), style: "italic"', 'text(size: size("appendix_note")'),)
    ),
    "appendix.label.style": Pages(DECISION, rule=plain("Phụ lục I", **LIGHT)),
    "typing.blanks": Pages(LETTER, partial(retype, old="mạng nội bộ", new="mạng [nhập tên]")),
    "typing.articles": Pages(DECISION, partial(retype, old="Điều 3.", new="Điều 4.")),
}

ONLY_IN_WORD = {
    "body.gap": "khoảng cách đoạn không còn trong PDF, chỉ còn vị trí các dòng",
    "typing.spaces": "PDF giữ vị trí chữ, không giữ khoảng trắng đã gõ",
    "typing.marks": "PDF giữ vị trí chữ, không giữ khoảng trắng đã gõ",
    "file.tracked": "sửa đổi chưa duyệt chỉ có trong tệp Word",
    "file.tracking": "theo dõi sửa đổi chỉ có trong tệp Word",
    "file.comment": "nhận xét của Word không in ra PDF",
    "file.highlight": "tô nền của Word không phải thuộc tính của chữ trong PDF",
}
"""Rules that a PDF cannot break, and why."""
