"""An official document as DOCX in the same layout, so that an officer can go on in Word."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section
from docx.shared import Mm, Pt

from lienthong.formatting.blocks import Block, PageBreak, Paragraph, Spans, Table, blocks, clean, is_capitals
from lienthong.formatting.official import (
    MOTTO,
    NATION,
    URGENCY_MARKS,
    Official,
    addressee_lines,
    attachment_line,
    dateline,
    drafter_line,
    one_line,
    recipient_lines,
)
from lienthong.formatting.setting.emphasis import as_printed
from lienthong.formatting.setting.pages import abstract_lines, appendix_label, is_turned, left_column, marks
from lienthong.formatting.setting.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet, sheet
from lienthong.formatting.setting.widths import column_widths, letter_size, room_in_letters
from lienthong.formatting.setting.wordprocessing import FONT, border, frame, paragraph, rule, run, table, width_of
from lienthong.kernel.clock import local

UNKNOWN_MOMENT = dt.datetime(2020, 3, 5, tzinfo=dt.UTC)
"""When a document was made that says nothing of it: any fixed moment, so that its bytes are the same again."""
RED = "C00000"


def as_docx(official: Official, *, created: dt.datetime | None = None) -> bytes:
    """Return the document as DOCX; without ``created`` a draft has no year in its date."""
    moment = created or UNKNOWN_MOMENT
    edition = sheet(official.date or local(moment).date())
    year = local(created).year if created else None
    document = docx.Document()
    _prepare(document, official, edition, moment)
    writer = _Writer(official, edition, year)
    _append(document, [*writer.head(), *writer.title(), *writer.body(official.body, is_last=True), *writer.ending()])
    for place, appendix in enumerate(official.appendices):
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = True
        _count_from_one(section)
        _forget_the_first_foot(section)
        label = appendix_label(official, appendix, place)
        writer.turn(section, turned=is_turned(appendix))
        _append(document, [*writer.appendix_head(label, appendix.caption), *writer.body(appendix.body)])
    return _packed(document)


# --- the elements ----------------------------------------------------------------------------------------------------


class _Writer:
    """Writes the elements of one document, each as the XML of paragraphs and tables."""

    def __init__(self, official: Official, edition: Sheet, year: int | None) -> None:
        self.official = official
        self.sheet = edition
        self.sizes = edition.sizes
        self.year = year
        self.left = left_column(edition)
        self.right = edition.width - self.left
        self.width = edition.width
        self.is_turned = False

    def turn(self, section: Section, *, turned: bool) -> None:
        """Lay the pages of a section on their side, or stand them up."""
        self.is_turned = turned
        short, long = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
        section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if turned else (short, long)
        self.width = (PAGE_HEIGHT if turned else PAGE_WIDTH) - PAGE_WIDTH + self.sheet.width

    def head(self) -> list[str]:
        """Quốc hiệu, tiêu ngữ; cơ quan; số, ký hiệu; địa danh, thời gian; dấu chỉ mức độ khẩn, phạm vi lưu hành."""
        official, sizes = self.official, self.sizes
        nation = self._centred(NATION, "nation", bold=True) + self._centred(MOTTO, "motto", bold=True)
        nation += rule(width_of(MOTTO, size=sizes["motto"], bold=True), self.right)
        symbol = official.symbol if official.symbol.strip() else "      /"
        date = dateline(official.date, year=self.year)
        rows = [
            [self._issuer(), nation],
            [
                self._centred(f"Số: {symbol.rstrip()}", "symbol", before=6),
                self._centred(f"{one_line(official.place)}, {date}", "dateline", italic=True, before=6),
            ],
        ]
        notes = self._notes()
        if notes:
            rows.append([notes, paragraph("")])
        return [table([self.left, self.right], rows), paragraph("", after=4)]

    def title(self) -> list[str]:
        """Tên loại, trích yếu; kính gửi."""
        official, sizes = self.official, self.sizes
        made = []
        if not official.is_letter:
            made = [self._centred(one_line(official.type_name), "type_name", bold=True, caps=True)]
            words = one_line(official.abstract)
            if words:
                room = self.sheet.width
                width = min(width_of(words, size=sizes["abstract"], bold=True), room * 0.86)
                made += [self._centred(words, "abstract", bold=True), rule(width * self.sheet.rules["abstract"], room)]
            made.append(paragraph("", after=4))
        names = addressee_lines(official)
        size = sizes["addressees"]
        if len(names) == 1:
            made.append(self._centred(f"Kính gửi: {names[0]}", "addressees"))
        elif names:
            indent = self.sheet.width * 0.18
            made.append(paragraph(run("Kính gửi:", size=size), left=indent))
            made += [paragraph(run(name, size=size), left=indent + 20, hanging=3) for name in names]
        return [*made, paragraph("", after=4)] if names else made

    def body(self, body: str, *, is_last: bool = False) -> list[str]:
        """Nội dung; with ``is_last`` its last paragraph stays with the signing block."""
        read = blocks(body)
        made = []
        for place, block in enumerate(read):
            if isinstance(block, Table) and place and isinstance(read[place - 1], Table):
                made.append(paragraph(""))  # Word would make one table of two that touch
            made.append(self._block(block, keep=is_last and place == len(read) - 1))
        return made

    def ending(self) -> list[str]:
        """Quyền hạn, chức vụ, họ tên; nơi nhận; ký hiệu người soạn thảo và số lượng bản."""
        official, sizes = self.official, self.sizes
        left = []
        recipients = recipient_lines(official)
        if recipients:
            left.append(paragraph(run("Nơi nhận:", size=sizes["recipients_label"], bold=True, italic=True)))
            left += [paragraph(run(line, size=sizes["recipients"]), left=2, hanging=2) for line in recipients]
        if drafter_line(official):
            left.append(paragraph(run(drafter_line(official), size=sizes["drafter"])))
        signing = [
            self._centred(one_line(line), "signing", bold=True, caps=True) for line in official.signing if line.strip()
        ]
        space = self.sheet.text["signature_space"] * 72 / 25.4
        signing.append(self._centred(one_line(official.signer), "signer", bold=True, before=space))
        halves = [self.sheet.width * 0.45, self.sheet.width * 0.55]
        return [
            paragraph("", keep=True),
            table(halves, [["".join(left) or paragraph(""), "".join(signing)]]),
            paragraph(""),
        ]

    def appendix_head(self, label: str, caption: str) -> list[str]:
        """Phụ lục: its label, its name, and to what it belongs."""
        made = [self._centred(label, "appendix_label", bold=True)]
        if caption.strip():
            made.append(self._centred(one_line(caption), "appendix_caption", bold=True, caps=True))
        note = "".join(attachment_line(self.official, year=self.year))
        made.append(self._centred(note, "appendix_note", italic=True))
        return [*made, rule(self.width * 0.25, self.width), paragraph("", after=4)]

    def _issuer(self) -> str:
        official, sizes = self.official, self.sizes
        above = [line for line in clean(official.superior).split("\n") if line.strip()]
        own = [line.strip() for line in clean(official.issuer).split("\n") if line.strip()] or [""]
        made = "".join(self._centred(line.strip(), "superior", caps=True) for line in above)
        made += "".join(self._centred(line, "issuer", bold=True, caps=True) for line in own)
        longest = max(width_of(line.upper(), size=sizes["issuer"], bold=True) for line in own)
        return made + rule(min(longest, self.left) * self.sheet.rules["issuer"], self.left)

    def _notes(self) -> str:
        official = self.official
        made = ""
        if official.is_letter:
            made = "".join(
                self._centred(line, "letter_abstract", before=6) for line in abstract_lines(official) if line
            )
        words = URGENCY_MARKS.get(official.urgency)
        if words:
            made += self._boxed(words, width=self.sheet.urgency_boxes[official.urgency][0], colour=RED)
        for mark in marks(official):
            width = width_of(mark, size=self.sizes["mark"], bold=True) + 5
            made += self._boxed(mark, width=width)
        return made

    def _boxed(self, words: str, *, width: float, colour: str = "") -> str:
        side = max(0.0, (self.left - width) / 2)
        words_run = run(words, size=self.sizes["mark"], bold=True, colour=colour)
        gap = paragraph("", line=0.5)
        return gap + paragraph(words_run, align="center", left=side, right=side, borders=frame(colour or "auto"))

    def _centred(
        self,
        text: str,
        named: str,
        *,
        bold: bool = False,
        italic: bool = False,
        caps: bool = False,
        before: float = 0.0,
    ) -> str:
        caps = caps and not is_capitals(text)
        return paragraph(
            run(text, size=self.sizes[named], bold=bold, italic=italic, caps=caps), align="center", before=before
        )

    def _block(self, block: Block, *, keep: bool) -> str:
        if isinstance(block, PageBreak):
            return f'<w:p {nsdecls("w")}><w:r><w:br w:type="page"/></w:r></w:p>'
        if isinstance(block, Table):
            return self._table(block)
        text = self.sheet.text
        runs = self._runs(block)
        after, line = text["paragraph_spacing"], text["line_spacing"]
        if block.kind in {"authority", "enacting", "division", "division_title", "centre"}:
            return paragraph(runs, align="center", after=after, line=line, keep=keep or block.kind != "centre")
        if block.kind == "quote":
            sides = text["indent"]
            return paragraph(runs, align="both", left=sides, right=sides, after=after, line=line, keep=keep)
        is_kept = keep or block.kind == "section"
        return paragraph(runs, align="both", first=text["indent"], after=after, line=line, keep=is_kept)

    def _runs(self, block: Paragraph) -> str:
        caps = block.kind == "division_title" and not is_capitals(block.text)
        return self._spans(as_printed(block.kind, block.spans), self.sizes["body"], caps=caps)

    def _spans(self, spans: Spans, size: float, *, bold: bool = False, caps: bool = False) -> str:
        return "".join(
            run(span.text, size=size, bold=span.bold or bold, italic=span.italic, underline=span.underline, caps=caps)
            for span in spans
        )

    def _table(self, shown: Table) -> str:
        size = letter_size(shown, self.sizes["table"], is_turned=self.is_turned)
        sides = shown.alignments or ("",) * len(shown.rows[0])
        rows = []
        for number, row in enumerate(shown.rows):
            is_head = shown.has_head and number == 0 and len(shown.rows) > 1
            rows.append(
                [
                    paragraph(self._spans(cell, size, bold=is_head), align="center" if is_head else side or "both")
                    for cell, side in zip(row, sides, strict=True)
                ]
            )
        heads = int(shown.has_head and len(shown.rows) > 1)
        room = room_in_letters(size, self.sizes["table"], is_turned=self.is_turned)
        columns = [width * self.width for width in column_widths(shown, room)]
        return table(columns, rows, bordered=True, heads=heads)


# --- the package -----------------------------------------------------------------------------------------------------


def _prepare(document: Document, official: Official, edition: Sheet, moment: dt.datetime) -> None:
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(edition.sizes["body"])
    fonts_of_normal = normal.element.rPr.rFonts
    for script in ("cs", "eastAsia"):
        fonts_of_normal.set(f"{{{fonts_of_normal.nsmap['w']}}}{script}", FONT)
    facts = document.core_properties
    facts.title, facts.author, facts.comments = clean(official.title)[:250], one_line(clean(official.issuer))[:250], ""
    facts.language, facts.last_modified_by = "vi-VN", ""
    facts.created = facts.modified = moment.astimezone(dt.UTC).replace(tzinfo=None)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(edition.margins["top"]), Mm(edition.margins["bottom"])
    section.left_margin, section.right_margin = Mm(edition.margins["left"]), Mm(edition.margins["right"])
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _number_pages(section, edition)
    if official.contact.strip():
        words_run = run(one_line(official.contact), size=edition.sizes["contact"])
        _fill(section.first_page_footer, paragraph(words_run, align="center", borders=border("top")))


def _number_pages(section: Section, edition: Sheet) -> None:
    place = section.header if edition.page_number["where"] == "top" else section.footer
    size = edition.page_number["size"]
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("2", size=size)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    _fill(place, paragraph(field, align=edition.page_number["align"]))


def _fill(part: object, xml: str) -> None:
    element = part._element  # type: ignore[attr-defined]  # noqa: SLF001 - python-docx has no other way to its XML
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(xml))


def _count_from_one(section: Section) -> None:
    properties = section._sectPr  # noqa: SLF001 - python-docx has no setting for the numbers of pages
    for old in properties.findall(f"{{{properties.nsmap['w']}}}pgNumType"):
        properties.remove(old)
    number = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    for columns in properties.findall(f"{{{properties.nsmap['w']}}}cols"):
        columns.addprevious(number)


def _forget_the_first_foot(section: Section) -> None:
    """An appendix has no address at its foot."""
    section.first_page_footer.is_linked_to_previous = False


def _append(document: Document, made: Iterable[str]) -> None:
    body = document.element.body
    end = body.find(f"{{{body.nsmap['w']}}}sectPr")
    for xml in made:
        end.addprevious(parse_xml(xml))


def _packed(document: Document) -> bytes:
    """Save with fixed dates in the archive, so that the same document is the same bytes."""
    raw, target = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, source.read(name))
    return target.getvalue()
