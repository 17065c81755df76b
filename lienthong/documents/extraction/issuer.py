"""The issuer and its superior: the left column of the heading, else who decides, else symbol and place together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lienthong.documents.extraction import dates, lexicon, naming
from lienthong.documents.extraction.page import Cell, Page
from lienthong.documents.extraction.proposal import Proposal, propose
from lienthong.documents.extraction.skeleton import alike, skeleton
from lienthong.documents.extraction.symbol import SymbolLine

_UNFINISHED = re.compile(r"(?:\bva|[-–,]|\bcua|\bcac|\bthuoc|\btinh|\bhuyen|\bthanh pho|\bnhan|\bquan ly|\bxa hoi va)$")
_CONTINUES = re.compile(
    r"^(?:t[il1]nh(?! (?:uy|doan)\b)|thanh ph[o06]|tp\b|huyen(?! uy)|quan(?! (?:ly|su)\b)|thi xa|xa(?! hoi)"
    r"|phuong|thi tran|dac khu|va|viet nam|khu vuc|nha nuoc|truc thuoc|thuoc|cap)\b"
)
_DECIDES = re.compile(
    r"^[^\w\n]*(?:(?:bo truong|giam doc|chu tich|cuc truong|tong cuc truong|chanh thanh tra|thong doc|chanh van"
    r" phong|truong ban"
    r"|hieu truong|truong phong|tong giam doc|vien truong)[ \t]+)?(?P<body>(?:uy ban nhan dan|ubnd|hoi dong nhan"
    r" dan|bo|so|tong cuc|cuc|"
    r"chi cuc|thanh tra|ngan hang|van phong|thu tuong|chinh phu|ban(?! hanh)|trung tam|truong"
    r"|phong)\b[^\n|]{0,100})$",
    re.MULTILINE,
)
_COUNCIL = re.compile(
    r"^(?:u[a-z8]n[a-z]|[a-z]bnd|ubn[a-z)]{0,2}|u8nd)\s*(?=t[il1]nh|huyen|thanh ph|thi xa|quan |xa |phuong)"
)
_MISREAD_I = re.compile(r"(?<=[A-ZĐÀ-Ỹ])[l|1!](?=[A-ZĐÀ-Ỹ]|\b)")
_STAMP = re.compile(r"^\W*(?:hoa toc|thuong khan|khan|tuyet mat|toi mat|mat)\W*$")
_NUMBER_LINE = re.compile(r"^S\S{0,2}\s*[:.;]?\s*\d|\d\s*/|/\s*[A-ZĐ]{2}")
_JOINED = re.compile(
    r"\s+[-–]\s+(?=(?:BỘ|SỞ|ỦY BAN|UBND|NGÂN HÀNG|THANH TRA|TÒA ÁN|TOÀ ÁN|CÔNG AN|VIỆN KIỂM SÁT|HỘI|LIÊN ĐOÀN"
    r"|TỈNH ĐOÀN|MẶT TRẬN)\b)"
)
_UNION = re.compile(r"L[TN]$")
_HAVE_BRANCHES = ("ngan hang", "tap doan", "tong cong ty", "cong ty", "quy ")
_NOISE = re.compile(r"(?<!\S)[^\w\s]+(?!\S)|(?<!\S)[_—–\-=~]+|[_—=~]+(?!\S)")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued the document, and whose body it is."""

    issuer: Proposal | None
    superior: Proposal | None


@dataclass(frozen=True, slots=True)
class _Printed:
    text: str
    start: int
    end: int


def find(page: Page, cells: list[Cell], line: SymbolLine | None) -> Issuer:
    """Propose the issuer and its superior; ``cells`` are those of the heading above the number and the title."""
    printed = _bodies(cells)
    if line and _UNION.search(line.groups[0]) and len(printed) > 1:
        return _joint(page, printed)
    department = _lost_department(page, line, printed)
    if department:
        return department
    if printed and not _is_cut_off(printed[-1].text):
        return _from_heading(page, printed)
    decides = _from_deciding_line(page)
    if decides:
        return Issuer(decides, None)
    return Issuer(_from_symbol(page, line, printed), None)


def _bodies(cells: list[Cell]) -> list[_Printed]:
    """Join the lines of the left column into names of bodies."""
    bodies: list[_Printed] = []
    for cell in _apart(cells):
        text = re.sub(r"\s+", " ", _NOISE.sub(" ", cell.text)).strip(" .,;:-_'*")
        if not _is_capitals(text) or _NUMBER_LINE.search(text) or _STAMP.match(cell.plain):
            continue
        text = _spaced(_without_dust(_MISREAD_I.sub("I", text)))
        plain = skeleton(text)
        if bodies and _continues(bodies[-1].text, plain):
            bodies[-1] = _Printed(f"{bodies[-1].text} {text}", bodies[-1].start, cell.end)
        elif _has_head(plain):
            bodies.append(_Printed(text, cell.start, cell.end))
    return bodies


def _apart(cells: list[Cell]) -> list[Cell]:
    """Cut a line that names bodies which issue together ("SỞ TÀI CHÍNH - SỞ NỘI VỤ")."""
    parted: list[Cell] = []
    for cell in cells:
        start = 0
        for gap in _JOINED.finditer(cell.text):
            parted.append(Cell(cell.text[start : gap.start()], cell.start + start, cell.start + gap.start()))
            start = gap.end()
        parted.append(Cell(cell.text[start:], cell.start + start, cell.end))
    return parted


def _without_dust(text: str) -> str:
    """Return a name without the one or two signs that the scanner read before it ("1 UBND TỈNH …")."""
    dust = re.match(r"\S{1,2}\s+(?=\S{2})", text)
    cleaned = text[dust.end() :] if dust else text
    return cleaned if _has_head(skeleton(cleaned)) and not _has_head(skeleton(text)) else text


def _spaced(text: str) -> str:
    """Return a known name whose spaces or a letter were lost ("SỞYTẾ", "SG Y TẾ") as it should be."""
    plain = skeleton(text)
    if plain.count(" ") < 2 and plain.replace(" ", "") in lexicon.compact_names():
        return lexicon.compact_names()[plain.replace(" ", "")]
    council = _COUNCIL.match(plain)
    if council:
        return f"UBND {text[council.end() :]}"
    if _has_head(plain) or _CONTINUES.match(plain):
        return text
    near = [name for known, name in lexicon.compact_names().items() if alike(plain.replace(" ", ""), known, 0.2)]
    return near[0] if len(near) == 1 else text


def _joint(page: Page, printed: list[_Printed]) -> Issuer:
    """Propose the bodies that issue together, and the council above departments that do."""
    names = [naming.body_name(body.text.strip(" -–"), page) for body in printed]
    superior = None
    if len(printed) > 2 and skeleton(names[0]).startswith(("uy ban nhan dan", "ubnd")) and _wants_place(names[1]):
        above = (printed[0].start, printed[0].end)
        short = names[0].replace("Ủy ban nhân dân", "UBND")
        superior = propose(page.text, short, above, 0.9, "Dòng trên tên các cơ quan liên tịch")
        names = [*names[1:-1], _with_place(names[-1], names[0], printed[0].text)]
        printed = printed[1:]
    span = (printed[0].start, printed[-1].end)
    issuer = propose(page.text, " - ".join(names), span, 0.85, "Tên các cơ quan liên tịch ở đầu văn bản")
    return Issuer(issuer, superior)


def _lost_department(page: Page, line: SymbolLine | None, printed: list[_Printed]) -> Issuer | None:
    """Propose the department that the symbol names where the heading has kept only its superior's line."""
    if line is None or len(printed) != 1 or not skeleton(printed[0].text).startswith(("ubnd", "uy ban nhan dan")):
        return None
    place = naming.full_place(printed[0].text)
    group = next((group for group in line.groups if group[:1] == "S" and group[1:] in lexicon.sectors()), None)
    if group is None or place is None or "UBND" in line.groups:
        return None
    span = (printed[0].start, printed[0].end)
    name = f"Sở {lexicon.sectors()[group[1:]]} {place}"
    issuer = propose(page.text, name, (line.start, line.end), 0.75, "Chữ viết tắt trong ký hiệu")
    return Issuer(issuer, propose(page.text, f"UBND {place}", span, 0.85, "Dòng cơ quan chủ quản ở đầu văn bản"))


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 2 and sum(letter.isupper() for letter in letters) * 10 >= len(letters) * 8


def _has_head(plain: str) -> bool:
    return any(plain == head or plain.startswith(head + " ") for head in lexicon.heads())


def _continues(before: str, plain: str) -> bool:
    """Tell whether a line goes on with the name of the line above."""
    joined = f"{skeleton(before)} {plain}"
    if (
        joined in lexicon.central()
        or _completes(skeleton(before), plain)
        or skeleton(before) == "chu tich"
        or _UNFINISHED.search(skeleton(before))
        or _CONTINUES.match(plain)
    ):
        return True
    place = naming.full_place(before)
    return not _has_head(plain) and not (place and skeleton(place.split(" ", 1)[1]) in lexicon.provinces())


def _completes(before: str, plain: str) -> bool:
    """Tell whether a line ends the known name that the line above began ("SỞ TÀI NGUYÊN VÀ MÔI" and "TRƯỜNG")."""
    above, joined = before.replace(" ", ""), f"{before}{plain}".replace(" ", "")
    return any(joined.startswith(known) and len(above) < len(known) for known in lexicon.compact_names())


def _is_cut_off(printed: str) -> bool:
    """Tell whether only "ỦY BAN NHÂN DÂN" is left, without the place."""
    return skeleton(printed) in {"uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd"}


def _from_heading(page: Page, printed: list[_Printed]) -> Issuer:
    above = printed[-2] if len(printed) > 1 else None
    own = printed[-1]
    name = naming.body_name(own.text, page)
    superior = naming.body_name(above.text, page) if above else None
    if superior:
        name = _with_place(name, superior, above.text if above else "")
    elif _wants_place(name):
        name = _with_place(name, _place_of_heading(page) or "", "")
    central = lexicon.central().get(skeleton(name))
    issuer = propose(
        page.text, name, (own.start, own.end), 0.97 if central or superior else 0.9, "Tên cơ quan ở đầu văn bản"
    )
    if above is None or superior is None:
        return Issuer(issuer, None)
    short = superior.replace("Ủy ban nhân dân", "UBND")
    return Issuer(issuer, propose(page.text, short, (above.start, above.end), 0.93, "Dòng trên tên cơ quan ban hành"))


def _with_place(name: str, superior: str, printed: str) -> str:
    """Add the place of the superior to a name that leaves it out ("Sở Y tế" under "UBND tỉnh Kiên Giang")."""
    plain = skeleton(name)
    place = naming.full_place(superior) or naming.full_place(printed)
    if plain in {"van phong", "thanh tra so"}:
        return f"{name.removesuffix(' Sở').removesuffix(' sở')} {superior}"
    if plain.startswith("chi nhanh ") and skeleton(superior).startswith(_HAVE_BRANCHES):
        return f"{superior} - {name}"
    if superior.startswith(("Tỉnh ủy", "Thành ủy", "Huyện ủy")) and _wants_place(name):
        return f"{name} {superior}"
    if place and (level := re.search(r" (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)$", plain)):
        return f"{name[: level.start()]} {place}"
    if place is None or naming.full_place(name) or not _wants_place(name):
        return _province_made_full(name)
    if skeleton(place.split(" ", 1)[1].removeprefix("phố ")) in plain:
        return _province_made_full(name)
    return f"{name} {place}"


def _wants_place(name: str) -> bool:
    plain = skeleton(name)
    if plain in lexicon.central():
        return False
    return any(plain.startswith(head) for head in lexicon.takes_place()) and naming.full_place(name) is None


def _province_made_full(name: str) -> str:
    """Write "Sở Y tế Kiên Giang" as "Sở Y tế tỉnh Kiên Giang"."""
    if naming.full_place(name) or not skeleton(name).startswith(("so ", "ban dan toc", "thanh tra ")):
        return name
    words = name.split()
    for count in (5, 4, 3, 2, 1):
        known = lexicon.provinces().get(skeleton(" ".join(words[-count:]))) if len(words) > count else None
        if known:
            return " ".join([*words[:-count], known])
    return name


def _place_of_heading(page: Page) -> str | None:
    place = dates.place_in_heading(page)
    if place is None:
        return None
    return lexicon.seats().get(skeleton(place)) or naming.province(place)


def _from_deciding_line(page: Page) -> Proposal | None:
    """Propose the body that decides: the line of capitals above "Căn cứ" ("GIÁM ĐỐC SỞ Y TẾ TỈNH …")."""
    for match in _DECIDES.finditer(page.plain, page.after_motto, page.body + 200):
        text = page.text[match.start("body") : match.end("body")].strip(" .,;:|")
        if not _is_capitals(page.text[match.start() : match.end()]) or _is_cut_off(text):
            continue
        name = naming.body_name(text, page)
        if _wants_place(name):
            name = _with_place(name, _place_of_heading(page) or "", "")
        return propose(page.text, name, match.span("body"), 0.85, "Dòng thẩm quyền ban hành")
    return None


def _from_symbol(page: Page, line: SymbolLine | None, printed: list[_Printed]) -> Proposal | None:
    """Propose the body that the letters of the symbol name, with the place before the date."""
    if line is None:
        return None
    for group in (line.groups[0], *reversed(line.groups)):
        body = lexicon.central_by_abbreviation().get(group)
        if body and group != "CT":
            return propose(page.text, body.name, (line.start, line.end), 0.8, "Chữ viết tắt trong ký hiệu")
        name = _local_of(group)
        place = _place_of_heading(page) or _place_in_body(page, name)
        if name and place:
            span = (printed[-1].start, printed[-1].end) if printed else (line.start, line.end)
            return propose(page.text, f"{name} {place}", span, 0.7, "Chữ viết tắt trong ký hiệu và địa danh")
    return None


def _local_of(group: str) -> str | None:
    if group in lexicon.local_bodies() and group not in lexicon.type_abbreviations():
        return lexicon.local_bodies()[group]
    if group.startswith("S") and group[1:] in lexicon.sectors():
        return f"Sở {lexicon.sectors()[group[1:]]}"
    return None


def _place_in_body(page: Page, name: str | None) -> str | None:
    """Return the place after the same kind of body in the text ("UBND tỉnh Bình Thuận")."""
    if name is None:
        return None
    match = re.search(
        r"(?:uy ban nhan dan|ubnd|hdnd) (?:tinh|thanh pho) [^\n,;.:()]{3,40}", page.plain[: page.body + 20_000]
    )
    if match is None:
        return None
    words = page.text[match.start() : match.end()].split()
    for count in range(min(len(words), 5), 0, -1):
        for start in range(len(words) - count + 1):
            known = lexicon.provinces().get(skeleton(" ".join(words[start : start + count])))
            if known:
                return known
    return None
