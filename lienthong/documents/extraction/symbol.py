"""The symbol: "139/QĐ-UBND", "01/2011/TT-BNV", "275/STTTT-CNTT", "12-CV/TU"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from lienthong.documents.extraction import dates, lexicon
from lienthong.documents.extraction.page import Page
from lienthong.documents.extraction.proposal import Proposal, propose
from lienthong.documents.extraction.skeleton import skeleton

_LABEL = re.compile(
    r"(?:(?<![^\W_])S[oôốồổỗộóòỏõọơớáàâaả0ó6ö]z?(?=[\s.:;,]|\d|[^\w\s]|[A-Z|l])"
    r"|^[ \t]*(?:Luật|LUẬT|Nghị quyết|Pháp lệnh|Lệnh)[ ]số(?=\s?:))[ \t]{0,3}[.:;,]?[ \t]{0,3}",
    re.MULTILINE,
)
_GROUP = r"(?:[A-ZĐÐƯÔÊÂĂ&]+[a-zđ]?[A-ZĐÐƯÔ&0-9]{0,8}|[A-ZĐ][a-zđ][A-ZĐ]+)(?![^\W_])"
_LOST_HYPHEN = r"(?:QĐ|NQ|CT|TB|KH|NĐ|TT|BC|TTr|GM|HD)[ ](?:UBND|TTg|HĐND|CP|[BS][A-ZĐ]{2,6})(?!\w)"
_BODY = re.compile(rf"/[ \t]{{0,2}}(?P<body>{_LOST_HYPHEN}|{_GROUP}(?:[ \t]?[-–—−][ \t]?{_GROUP}){{0,4}})")
_PARTY = re.compile(
    r"(?P<number>\d{1,5})[ \t]{0,2}[-–—][ \t]{0,2}(?P<type>[A-ZĐ][A-Za-zĐđ]{0,3})[ \t]{0,2}/[ \t]{0,2}"
    rf"(?P<body>{_GROUP}(?:[-–—]{_GROUP})*)"
)
_BARE = re.compile(r"^[^\w\n]*(?P<number>\d{1,5}[A-Z]?)[ \t]{0,2}(?=/)", re.MULTILINE)
_YEAR = re.compile(r"^(?P<number>.*?)[ \t]{0,2}/[ \t]{0,2}(?P<year>(?:19|20)\d\d)[ \t]{0,2}$")
_LOOKALIKES = str.maketrans("OoÔôlI|!ị", "000011111")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of the document by another one in the same file."""

    number: str
    day: dt.date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SymbolLine:
    """The line of the number as found: where, the number (None where it cannot be read), the year, the letters."""

    start: int
    end: int
    number: str | None
    year: str | None
    letters: str
    is_clean: bool
    party_type: str | None = None

    @property
    def symbol(self) -> str | None:
        if self.number is None:
            return None
        if self.party_type:
            return f"{self.number}-{self.party_type}/{self.letters}"
        return "/".join(part for part in (self.number, self.year, self.letters) if part)

    @property
    def groups(self) -> list[str]:
        """The parts of the letters: the type or the agency first; a Party symbol has its type first."""
        return [*([self.party_type] if self.party_type else []), *self.letters.split("-")]


def find(page: Page) -> SymbolLine | None:
    """Find the line of the number in the heading."""
    until = max(page.body, page.after_motto + 600) if page.body < 200 else page.body
    for label in _LABEL.finditer(page.text, 0, until):
        line_end = page.text.find("\n", label.end())
        line_end = min(line_end if line_end >= 0 else len(page.text), label.end() + 60)
        found = _party(page, label.end(), line_end, label.start()) or _common(
            page, label.end(), line_end, label.start()
        )
        if found and (":" in label[0] or not _is_quoted(page, label.start())):
            return found
    for match in _BARE.finditer(page.text, 0, until):
        found = _common(page, match.start("number"), match.start("number") + 40, match.start("number"))
        if found and _known(found.letters):
            return found
    return None


def rough_span(page: Page) -> tuple[int, int] | None:
    """Return where the line of a number stands that cannot be read as a symbol ("Số: |4 ‡7GM-TB"), up to the date."""
    for label in _LABEL.finditer(page.text, 0, page.body):
        line_start = page.text.rfind("\n", 0, label.start()) + 1
        line_end = page.text.find("\n", label.end())
        rest = page.text[label.end() : line_end]
        if line_start == label.start() and re.match(r"[^\n]{0,14}[A-ZĐ]{2}", rest):
            date = dates.span_in_heading(page)
            return label.start(), date[0] if date and label.end() < date[0] < line_end else line_end
    return None


def proposal(page: Page, line: SymbolLine | None) -> Proposal | None:
    """Propose the symbol; where its number cannot be read, as the same file cites it elsewhere."""
    if line is None:
        return None
    if line.symbol is None:
        found = cited(page, line)
        how = "Số viết tay không đọc được; văn bản kèm theo dẫn số này"
        return (
            propose(page.text, f"{found.number}/{line.letters}", (found.start, found.end), 0.6, how) if found else None
        )
    confidence = (0.97 if _known(line.letters) else 0.85) if line.is_clean else 0.55
    return propose(page.text, line.symbol, (line.start, line.end), confidence, "Dòng số, ký hiệu")


def _party(page: Page, start: int, end: int, label: int) -> SymbolLine | None:
    match = _PARTY.match(page.text, start, end)
    if match is None:
        return None
    kind = _mend_group(match["type"], first=True)
    return SymbolLine(label, match.end(), match["number"], None, _mend(match["body"]), is_clean=True, party_type=kind)


def _common(page: Page, start: int, end: int, label: int) -> SymbolLine | None:
    for match in _BODY.finditer(page.text, start, end):
        raw = page.text[start : match.start()]
        if len(raw) > 24 or (len(match["body"]) < 2 and not _known(match["body"])):
            continue
        dated = _YEAR.match(raw)
        number, is_clean = _number(dated["number"] if dated else raw)
        letters = _mend(match["body"])
        return SymbolLine(label, match.end(), number, dated["year"] if dated else None, letters, is_clean)
    return None


def _number(raw: str) -> tuple[str | None, bool]:
    """Return the number and whether every digit was clear; None where it cannot be read for certain."""
    squeezed = re.sub(r"[ \t]", "", raw.strip(" \t.,:;_-–—"))
    if re.fullmatch(r"\d{1,6}[A-Za-zĐđ]?", squeezed):
        return squeezed, True
    mended = squeezed.translate(_LOOKALIKES)
    if re.fullmatch(r"\d{1,6}", mended) and sum(letter.isdigit() for letter in squeezed) * 2 >= len(squeezed):
        return mended, False
    return None, False


def _mend(letters: str) -> str:
    """Return the letters of a symbol with plain hyphens, no spaces, and marks as in the known abbreviations."""
    letters = _with_hyphen(re.sub(r"[ \t]?[-–—−][ \t]?", "-", letters.replace("Ð", "Đ")).replace(" ", "-"))
    first, *rest = letters.split("-")
    return "-".join([_mend_group(first, first=True), *(_mend_group(group, first=False) for group in rest)])


def _with_hyphen(letters: str) -> str:
    """Return letters whose hyphen a scan lost ("SCTQLTM", "QĐUBND") with it, where a known abbreviation opens them."""
    agencies = lexicon.agency_abbreviations()
    if "-" in letters or letters in agencies or letters in lexicon.type_abbreviations() or len(letters) > 12:
        return letters
    for place in range(len(letters) - 2, 1, -1):
        start, rest = letters[:place], letters[place:]
        if (place > 2 and start in agencies) or (start in lexicon.type_abbreviations() and rest in agencies):
            return f"{start}-{rest}"
    return letters


def _mend_group(group: str, *, first: bool) -> str:
    known = {*(lexicon.type_abbreviations() if first else ()), *lexicon.agency_abbreviations()}
    if group in known:
        return group
    single = re.sub(r"(Đ)\1+", r"\1", group)
    same = {word for word in known if skeleton(word) == skeleton(single)}
    exact_case = {word for word in same if len(word) == len(single) and word.upper() == word} or same
    return single if single in known or not exact_case or len(group) < 2 else min(exact_case)


def _known(letters: str) -> bool:
    groups = letters.split("-")
    abbreviations = {*lexicon.type_abbreviations(), *lexicon.agency_abbreviations()}
    return groups[0] in abbreviations or (len(groups) > 1 and groups[1] in abbreviations)


def _is_quoted(page: Page, place: int) -> bool:
    """Tell whether "số" here continues a sentence that cites another document."""
    before = page.plain[max(0, place - 20) : place].rstrip(" ")
    return bool(re.search(r"(?:dinh|tu|van|thi|trinh|bao|hoach|dien|luat|quyet|ban)$", before)) and not before.endswith(
        "\n"
    )


def cited(page: Page, line: SymbolLine) -> Cited | None:
    """Find the same letters cited with a date in this document's month, by what follows in the same file."""
    month = dates.month_in_heading(page)
    if month is None:
        return None
    letters = r"[ \t]?-[ \t]?".join(re.escape(group) for group in line.letters.split("-"))
    number = re.escape(line.number) if line.number else r"\d{1,6}[A-Z]?"
    pattern = re.compile(rf"(?<!\d)({number})/{letters},?\s+ngày\s+(\d{{1,2}})\s?/\s?(\d{{1,2}})\s?/\s?(\d{{4}})")
    found = {
        Cited(match[1], day, match.start(), match.end())
        for match in pattern.finditer(page.text, page.end)
        if (day := dates.read(match[2], match[3], match[4])) and (day.year, day.month) == month
    }
    return min(found, key=lambda each: each.start) if len({(each.number, each.day) for each in found}) == 1 else None
