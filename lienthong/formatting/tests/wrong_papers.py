"""For each rule of form: a right paper, and one thing made wrong in it as an office would do it in Word."""

from __future__ import annotations

import copy
import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from lienthong.formatting.mending.edits import remove
from lienthong.formatting.official import Official
from lienthong.formatting.setting import as_docx
from lienthong.formatting.tests.papers import DECISION, LETTER, REPORT
from lienthong.formatting.tests.papers import PROPOSAL as OLD_PROPOSAL

Change = Callable[[Document], None]
SENTENCE = "Trong năm, các cơ quan đã phối hợp thực hiện nghiêm túc các nhiệm vụ được giao theo kế hoạch. "
LONG = replace(LETTER, body=f"{SENTENCE * 3}\n{SENTENCE * 3}\n{SENTENCE * 2}Trân trọng./.")
PROPOSAL = replace(OLD_PROPOSAL, date=dt.date(2021, 2, 7))
OLD_LETTER = replace(LETTER, date=dt.date(2014, 1, 22))
MANY = replace(LETTER, body="\n".join([(SENTENCE * 4).strip()] * 30) + "\nTrân trọng./.")


@dataclass(frozen=True, slots=True)
class Pair:
    """A right paper and what makes it wrong; ``others`` are rules that the same mistake breaks too."""

    paper: Official
    change: Change
    others: tuple[str, ...] = ()

    @property
    def right(self) -> bytes:
        return right(self.paper)

    @property
    def wrong(self) -> bytes:
        return wrong(self)


@lru_cache(maxsize=256)
def wrong(pair: Pair) -> bytes:
    document = docx.Document(io.BytesIO(pair.right))
    pair.change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@lru_cache(maxsize=32)
def right(paper: Official) -> bytes:
    return as_docx(paper)


# --- what may be made wrong ------------------------------------------------------------------------------------------


def paragraphs(document: Document, start: str) -> Iterator[Paragraph]:
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        if paragraph.text.lower().startswith(start.lower()):
            yield paragraph


def found(document: Document, start: str) -> Paragraph:
    return next(paragraphs(document, start))


def reword(document: Document, start: str, old: str, new: str) -> None:
    paragraph = found(document, start)
    assert old in paragraph.text, paragraph.text
    runs = paragraph.runs
    whole = paragraph.text.replace(old, new)
    for run in runs[1:]:
        run.text = ""
    runs[0].text = whole


def drop(document: Document, *starts: str) -> None:
    for start in starts:
        for run in found(document, start).runs:
            run.text = ""


def drop_all(document: Document, start: str) -> None:
    for paragraph in list(paragraphs(document, start)):
        for run in paragraph.runs:
            run.text = ""


def size(document: Document, start: str, points: float) -> None:
    for run in found(document, start).runs:
        run.font.size = Pt(points)


def style(document: Document, start: str, **styles: Any) -> None:
    for run in found(document, start).runs:
        for name, value in styles.items():
            setattr(run.font, name, value)


def shape(document: Document, start: str, **shapes: Any) -> None:
    for name, value in shapes.items():
        setattr(found(document, start).paragraph_format, name, value)


def align(document: Document, start: str, side: str) -> None:
    properties = found(document, start)._p.get_or_add_pPr()
    for old in properties.findall(qn("w:jc")):
        properties.remove(old)
    found(document, start).alignment = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER}[side]


def section(document: Document, **values: Any) -> None:
    for name, value in values.items():
        setattr(document.sections[0], name, value)


def font(document: Document, start: str, name: str) -> None:
    for run in found(document, start).runs:
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), name)


def colour(document: Document, start: str) -> None:
    for run in found(document, start).runs:
        run.font.color.rgb = RGBColor(0, 0x70, 0xC0)


def without_rule(document: Document, start: str) -> None:
    paragraph = found(document, start)._p
    following = paragraph.getnext()
    assert following is not None
    remove(following)


def without_page_numbers(document: Document) -> None:
    for part in document.sections:
        part.header.is_linked_to_previous = part.footer.is_linked_to_previous = True
        part.different_first_page_header_footer = True


def page_numbers(document: Document, *, side: WD_ALIGN_PARAGRAPH | None, points: float) -> None:
    part = document.sections[0]
    paragraph = next(one.paragraphs[0] for one in (part.header, part.footer) if not one.is_linked_to_previous)
    if side is not None:
        paragraph.alignment = side
    for run in paragraph.runs:
        run.font.size = Pt(points)


def number_on_first(document: Document) -> None:
    document.sections[0].different_first_page_header_footer = False


def tracked(document: Document, start: str) -> None:
    paragraph = found(document, start)._p
    paragraph.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="A"><w:r><w:t> thêm</w:t></w:r></w:ins>'))


def tracking(document: Document) -> None:
    document.settings.element.insert(0, OxmlElement("w:trackRevisions"))


def comment(document: Document, start: str) -> None:
    run = found(document, start).runs[0]
    document.add_comment(run, text="Xem lại", author="A", initials="A")


def highlight(document: Document, start: str) -> None:
    style(document, start, highlight_color=7)


def without_bold_label(document: Document) -> None:
    for run in found(document, "Điều 1").runs:
        run.font.bold = False


def lower(document: Document, start: str) -> None:
    """Take capitals from words that stand in capitals."""
    for run in found(document, start).runs:
        run.font.all_caps = False
        run.text = run.text.capitalize()


def add_line(document: Document, after: str, words: str) -> None:
    paragraph = found(document, after)
    made = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(made)
    added = Paragraph(made, document)
    for run in added.runs[1:]:
        run.text = ""
    added.runs[0].text = words


def stamp(document: Document, words: str) -> None:
    add_line(document, "V/v", words)
    style(document, words, bold=True)


BODY = "Thực hiện Kế hoạch"
LAST = "Kết quả gửi về"
PAIRS: dict[str, Pair] = {
    "page.paper": Pair(LETTER, partial(section, page_width=Mm(216), page_height=Mm(279))),
    "page.margin.top": Pair(LETTER, partial(section, top_margin=Mm(10))),
    "page.margin.bottom": Pair(LETTER, partial(section, bottom_margin=Mm(30))),
    "page.margin.left": Pair(LETTER, partial(section, left_margin=Mm(25.4))),
    "page.margin.right": Pair(LETTER, partial(section, right_margin=Mm(25.4))),
    "page.number.present": Pair(MANY, without_page_numbers),
    "page.number.place": Pair(MANY, partial(page_numbers, side=WD_ALIGN_PARAGRAPH.LEFT, points=14)),
    "page.number.first": Pair(MANY, number_on_first),
    "page.number.size": Pair(MANY, partial(page_numbers, side=None, points=10)),
    "letters.font": Pair(LETTER, partial(font, start=BODY, name="Arial")),
    "letters.unicode": Pair(LETTER, partial(font, start=BODY, name=".VnTime")),
    "letters.composed": Pair(
        LETTER, partial(reword, start=BODY, old="Kế hoạch", new=unicodedata.normalize("NFD", "Kế hoạch"))
    ),
    "letters.colour": Pair(LETTER, partial(colour, start=BODY)),
    "nation.present": Pair(LETTER, lambda d: drop(d, "CỘNG")),
    "nation.words": Pair(LETTER, partial(reword, start="CỘNG", old="CHỦ NGHĨA", new="CHỦ NGHIÃ")),
    "nation.size": Pair(LETTER, partial(size, start="CỘNG", points=14)),
    "nation.style": Pair(LETTER, partial(style, start="CỘNG", bold=False)),
    "motto.present": Pair(LETTER, lambda d: drop(d, "Độc lập")),
    "motto.words": Pair(LETTER, partial(reword, start="Độc lập", old=" - ", new="-")),
    "motto.size": Pair(LETTER, partial(size, start="Độc lập", points=12)),
    "motto.style": Pair(LETTER, partial(style, start="Độc lập", bold=False)),
    "motto.rule": Pair(LETTER, partial(without_rule, start="Độc lập")),
    "issuer.present": Pair(DECISION, lambda d: drop(d, "Ủy ban nhân dân", "tỉnh Bình Thuận")),
    "issuer.style": Pair(LETTER, partial(lower, start="và truyền thông")),
    "issuer.size": Pair(LETTER, partial(size, start="và truyền thông", points=14)),
    "issuer.rule": Pair(LETTER, partial(without_rule, start="và truyền thông")),
    "superior.style": Pair(LETTER, partial(lower, start="ubnd tỉnh")),
    "superior.size": Pair(LETTER, partial(size, start="ubnd tỉnh", points=10)),
    "symbol.present": Pair(LETTER, lambda d: drop(d, "Số:")),
    "symbol.colon": Pair(LETTER, partial(reword, start="Số:", old="Số:", new="Số")),
    "symbol.zero": Pair(PROPOSAL, partial(reword, start="Số:", old="08/", new="8/")),
    "symbol.spaces": Pair(LETTER, partial(reword, start="Số:", old="275/STTTT-", new="275 /STTTT- ")),
    "symbol.pattern": Pair(LETTER, partial(reword, start="Số:", old="/STTTT-CNTT", new="/CNTT"), ("symbol.type",)),
    "symbol.dash": Pair(LETTER, partial(reword, start="Số:", old="-", new="–")),
    "symbol.type": Pair(DECISION, partial(reword, start="Số:", old="QĐ", new="KH")),
    "symbol.size": Pair(LETTER, partial(size, start="Số:", points=14)),
    "symbol.style": Pair(LETTER, partial(style, start="Số:", bold=True)),
    "dateline.present": Pair(LETTER, lambda d: drop(d, "Bình Thuận,")),
    "dateline.place": Pair(LETTER, partial(reword, start="Bình Thuận,", old="Bình Thuận, ngày", new="Ngày")),
    "dateline.day": Pair(LETTER, partial(reword, start="Bình Thuận,", old="ngày 05", new="ngày 5")),
    "dateline.month": Pair(PROPOSAL, partial(reword, start="Bình Thuận,", old="tháng 02", new="tháng 2")),
    "dateline.month.plain": Pair(LETTER, partial(reword, start="Bình Thuận,", old="tháng 3", new="tháng 03")),
    "dateline.slashes": Pair(
        LETTER, partial(reword, start="Bình Thuận,", old="05 tháng 3 năm", new="05/3 tháng 3 năm")
    ),
    "dateline.real": Pair(LETTER, partial(reword, start="Bình Thuận,", old="05 tháng 3", new="31 tháng 4")),
    "dateline.future": Pair(LETTER, partial(reword, start="Bình Thuận,", old="tháng 3", new="tháng 9")),
    "dateline.size": Pair(LETTER, partial(size, start="Bình Thuận,", points=12)),
    "dateline.style": Pair(LETTER, partial(style, start="Bình Thuận,", italic=False)),
    "type.style": Pair(DECISION, partial(lower, start="Quyết định")),
    "type.size": Pair(DECISION, partial(size, start="Quyết định", points=16)),
    "type.centred": Pair(DECISION, partial(align, start="Quyết định", side="left")),
    "abstract.present": Pair(DECISION, lambda d: drop(d, "Về việc ban hành")),
    "abstract.style": Pair(DECISION, partial(style, start="Về việc ban hành", bold=False)),
    "abstract.size": Pair(DECISION, partial(size, start="Về việc ban hành", points=12)),
    "abstract.stop": Pair(DECISION, partial(reword, start="Về việc ban hành", old="thông tin", new="thông tin.")),
    "letter.abstract": Pair(LETTER, lambda d: drop(d, "V/v")),
    "letter.about": Pair(LETTER, partial(reword, start="V/v", old="V/v", new="v/v")),
    "letter.size": Pair(LETTER, partial(size, start="V/v", points=14)),
    "letter.style": Pair(LETTER, partial(style, start="V/v", bold=True)),
    "addressees.present": Pair(LETTER, lambda d: drop(d, "Kính gửi")),
    "addressees.colon": Pair(LETTER, partial(reword, start="Kính gửi", old="gửi:", new="gửi")),
    "addressees.size": Pair(LETTER, partial(size, start="Kính gửi", points=12)),
    "addressees.style": Pair(LETTER, partial(style, start="Kính gửi", bold=True)),
    "basis.style": Pair(DECISION, partial(style, start="Căn cứ Luật", italic=False)),
    "basis.ends": Pair(DECISION, partial(reword, start="Căn cứ Luật", old="2015;", new="2015.")),
    "body.size": Pair(LETTER, partial(size, start=BODY, points=12)),
    "body.justified": Pair(LETTER, partial(align, start=BODY, side="left")),
    "body.indent": Pair(LETTER, partial(shape, start=BODY, first_line_indent=Mm(5))),
    "body.gap": Pair(LONG, partial(shape, start="Trong năm", space_after=Pt(2))),
    "body.spacing": Pair(LETTER, partial(shape, start=BODY, line_spacing=2.0)),
    "article.style": Pair(DECISION, without_bold_label),
    "article.stop": Pair(DECISION, partial(reword, start="Điều 1", old="Điều 1.", new="Điều 1:"), ("article.style",)),
    "closing.mark": Pair(LETTER, partial(reword, start=LAST, old="./.", new=".")),
    "signing.present": Pair(LETTER, lambda d: drop(d, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    "signing.style": Pair(LETTER, partial(style, start="PHÓ GIÁM ĐỐC", bold=False)),
    "signing.size": Pair(LETTER, partial(size, start="PHÓ GIÁM ĐỐC", points=12)),
    "signing.prefix": Pair(LETTER, partial(reword, start="KT.", old="KT. ", new="K/T ")),
    "signing.order": Pair(LETTER, partial(add_line, after="KT. GIÁM ĐỐC", words="TM. ỦY BAN NHÂN DÂN")),
    "signing.deputy": Pair(LETTER, partial(reword, start="PHÓ GIÁM", old="PHÓ GIÁM ĐỐC", new="GIÁM ĐỐC")),
    "signing.collective": Pair(PROPOSAL, partial(reword, start="GIÁM ĐỐC", old="GIÁM ĐỐC", new="TM. GIÁM ĐỐC")),
    "signer.present": Pair(LETTER, lambda d: drop(d, "Trần Thị Bích")),
    "signer.upper": Pair(LETTER, partial(style, start="Trần Thị Bích", all_caps=True)),
    "signer.style": Pair(LETTER, partial(style, start="Trần Thị Bích", bold=False)),
    "signer.size": Pair(LETTER, partial(size, start="Trần Thị Bích", points=12)),
    "signer.degree": Pair(LETTER, partial(reword, start="Trần Thị Bích", old="Trần", new="ThS. Trần")),
    "recipients.present": Pair(LETTER, lambda d: drop(d, "Nơi nhận")),
    "recipients.label": Pair(LETTER, partial(reword, start="Nơi nhận", old="Nơi nhận:", new="Nơi Nhận")),
    "recipients.label.style": Pair(LETTER, partial(style, start="Nơi nhận", italic=False)),
    "recipients.label.size": Pair(LETTER, partial(size, start="Nơi nhận", points=14)),
    "recipients.size": Pair(LETTER, partial(size, start="- Như trên", points=13)),
    "recipients.style": Pair(LETTER, partial(style, start="- Như trên", italic=True)),
    "recipients.archive": Pair(LETTER, partial(reword, start="- Lưu", old="- Lưu: VT, CNTT.", new="- Sở Nội vụ.")),
    "recipients.archive.form": Pair(LETTER, partial(reword, start="- Lưu", old="Lưu: VT, CNTT", new="Lưu CNTT")),
    "recipients.ends": Pair(LETTER, partial(reword, start="- Như trên", old="trên;", new="trên")),
    "urgency.words": Pair(DECISION, partial(style, start="HỎA TỐC", bold=False)),
    "urgency.size": Pair(DECISION, partial(size, start="HỎA TỐC", points=16)),
    "secrecy.none": Pair(LETTER, partial(stamp, words="TỐI MẬT")),
    "appendix.note": Pair(DECISION, lambda d: drop_all(d, "(Kèm theo")),
    "appendix.note.style": Pair(DECISION, partial(style, start="(Kèm theo", italic=False)),
    "appendix.label.style": Pair(DECISION, partial(style, start="Phụ lục", bold=False)),
    "file.tracked": Pair(LETTER, partial(tracked, start=BODY)),
    "file.tracking": Pair(LETTER, tracking),
    "file.comment": Pair(LETTER, partial(comment, start=LAST)),
    "file.highlight": Pair(LETTER, partial(highlight, start=BODY)),
    "typing.spaces": Pair(LETTER, partial(reword, start=BODY, old="Sở Thông tin", new="Sở   Thông tin")),
    "typing.marks": Pair(LETTER, partial(reword, start=BODY, old="thông tin, Sở", new="thông tin , Sở")),
    "typing.blanks": Pair(LETTER, partial(reword, start=BODY, old="số 12", new="số [nhập số]")),
    "typing.articles": Pair(DECISION, partial(reword, start="Điều 3", old="Điều 3", new="Điều 4"), ("article.style",)),
}


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PAPERS = {"letter": LETTER, "decision": DECISION, "proposal": OLD_PROPOSAL, "report": REPORT, "old": OLD_LETTER}
