"""The signature block: posts ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") and the name under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from lienthong.documents.extraction import lexicon
from lienthong.documents.extraction.page import Cell, Page, cut
from lienthong.documents.extraction.proposal import Proposal, propose
from lienthong.documents.extraction.skeleton import alike, distance, skeleton
from lienthong.kernel.vietnamese import canonical_tones, is_syllable

ZONE = 4_000
"""A signature block with its list of recipients is not longer."""

RECIPIENTS = re.compile(
    r"(?:^|[\n|])[^\w\n]{0,6}(?:(?:n[ou0][il1]|m[ou0][il1]|[ou0][il1]|an)\s{1,2}n[hb][aă]?[anm]{1,2}\s*[:.;,]"
    r"|n[o0][il1] n[hb]an\s*[:.]"
    r"|luu\s?[:;,.]?\s?vt\b)"
)
_ANNEX = re.compile(r"\n[^\w\n]{0,6}(?:phu luc|danh sach|bieu mau|mau so|de cuong)\b")
_BANNER_NAME = re.compile(r"ng[uo]{1,2}[il] ky\s*:\s*(?P<name>[^\n]{4,40})")
_PREFIX = re.compile(r"^\W*(?P<prefix>t/m|t/l|k/t|tm|tuq|tl|kt|k[il1l]|q)(?:\s*[.,:]\s*|\s+(?=\w))")
_LOST_PREFIX = re.compile(r"^(?:\W{1,3}t|\w?\W+t|[a-z0-9]t)\s*[.,]\s*")
_RANKS = re.compile(
    r"^(?:(?:gs|pgs|ts|ths|bs|bsck\w*|cki{1,2}|ds|ks|luat su|nha giao|thieu ta|trung ta|thuong ta|dai ta|dai"
    r" tuong|thieu tuong|trung tuong"
    r"|thuong tuong|thieu uy|trung uy|thuong uy|dai uy)[. ]+)+"
)
_HIGHLAND = frozenset({"Y", "H'", "K'", "Ksor", "Rơ", "Rcom", "Siu", "Nay", "Kpă", "Điểu", "Ê", "Rah", "Rmah", "Ama"})
_DEPUTY = re.compile(r"\bBTCN,[^\n;]{0,20}?\bPCN\s+(?P<name>\w+(?: \w+){1,4})(?=[,;])")
_SIGNED = re.compile(r"\W*\(?\s*(?:đã ký|da ky|đã kí)\W*$", re.IGNORECASE)
_GLUED = re.compile(r"^\W*k\W?[a-z1]\W{0,2}(?=\w)")
_BEFORE_NAME = re.compile(r"[.;:)\]]\s*[\"'“”]?\s{1,3}$")


@dataclass(frozen=True, slots=True)
class _Line:
    prefix: str
    title: str
    start: int
    end: int
    is_collective: bool

    @property
    def text(self) -> str:
        dot = "" if "/" in self.prefix else "."
        return f"{self.prefix}{dot} {self.title}" if self.prefix else self.title


def find(page: Page) -> tuple[Proposal | None, Proposal | None]:
    """Propose the signer and the posts."""
    start, end = _zone(page)
    cells = cut(page.text[start:end], start)
    lines = _title_lines(cells)
    if not lines and end < page.end:  # an annex that stands before the signature
        start, end = end, page.end
        cells = cut(page.text[start:end], start)
        lines = _title_lines(cells)
    posts = _posts(page, lines)
    after = lines[0].start if lines else _recipients(page, start, end)
    if after is None:
        cells = [cell for cell in cells if not cell.text.isupper()]
    cells = [cell for cell in cells if not any(line.end == cell.end for line in lines if line.start == cell.start)]
    name = _name(page, cells, after=max(start, end - 300) if after is None else after)
    return name or _from_banner(page) or _named_deputy(page, start, end), posts


def _zone(page: Page) -> tuple[int, int]:
    """Return where the signature block can stand."""
    found = list(RECIPIENTS.finditer(page.plain, page.after_motto, page.end))
    body = page.body if page.body < page.end else page.after_motto
    place = found[-1].start() if found else max(body, page.end - ZONE // 2)
    if found and page.end - found[0].start() < ZONE * 2:
        place = found[0].start()
    annex = _ANNEX.search(page.plain, place, min(page.end, place + ZONE))
    above = page.after_motto if found and page.body >= place else body
    return max(above, place - 500), annex.start() if annex else min(page.end, place + ZONE)


def _recipients(page: Page, start: int, end: int) -> int | None:
    match = RECIPIENTS.search(page.plain, start, end)
    return match.start() if match else None


def _title_lines(cells: list[Cell]) -> list[_Line]:
    lines: list[_Line] = []
    for cell in cells:
        line = _title_line(cell)
        if line and (not lines or line.start - lines[-1].end < 500) and len(lines) < 4:
            lines.append(line)
    return lines


def _title_line(cell: Cell) -> _Line | None:
    """Read the post at the end of a cell: alone, or behind a recipient whose line it shares."""
    tail = _capital_tail(cell.text)
    for start in tail:
        plain = skeleton(cell.text[start:]).rstrip(" .,;:*'\"`^~-")
        match = _PREFIX.match(plain)
        prefix = match["prefix"].upper() if match else ""
        rest = plain[match.end() :] if match else plain
        lost = (_LOST_PREFIX.match(plain) or _GLUED.match(plain)) if match is None else None
        if lost and plain[lost.end() :] in lexicon.posts() and not plain[lost.end() :].startswith("pho "):
            prefix, rest = "KT", plain[lost.end() :]
        title = _title(rest, cell.text[start:], prefix)
        if title:
            prefix = "KT" if prefix in {"KI", "KL", "K1"} else prefix
            prefix = "" if title[0].startswith("PHÓ ") and prefix == "KT" and "KT" not in cell.text else prefix
            return _Line(prefix, title[0], cell.start + start, cell.end, title[1])
    return None


def _capital_tail(text: str) -> list[int]:
    """Return the places in a cell from which all words are in capitals, the first place first."""
    words = [(match.start(), match[0]) for match in re.finditer(r"\S+", text)]
    places: list[int] = []
    for start, word in reversed(words):
        letters = [letter for letter in word if letter.isalpha()]
        if letters and sum(letter.isupper() for letter in letters) * 3 < len(letters) * 2:
            break
        places.append(start)
    return [place for place in reversed(places) if text[place:].strip()]


def _title(rest: str, printed: str, prefix: str) -> tuple[str, bool] | None:
    """Return the post or collective that a skeleton names, and whether it is a collective."""
    rest = re.sub(r"[^a-z, ]", "", re.sub(r"\s+", " ", rest)).strip(" ,")
    if prefix in {"TM", "T/M"} or (not prefix and rest == "uy ban nhan dan"):
        for known, name in sorted(lexicon.collectives().items(), key=lambda item: -len(item[0])):
            if rest == known or alike(rest, known, 0.12) or rest.startswith(known + " "):
                tail = printed[-(len(rest) - len(known)) :].strip(" .,") if rest.startswith(known + " ") else ""
                return (f"{name} {tail}".strip(), True) if prefix else None
    if rest in lexicon.posts():
        return lexicon.posts()[rest], False
    close = _nearest_post(rest)
    if close:
        return close, False
    for known, name in sorted(lexicon.posts().items(), key=lambda item: -len(item[0])):
        if (
            len(known) > 7
            and rest.startswith(known + " ")
            and len(rest) - len(known) < 50
            and prefix in {"", "KT", "TL", "TUQ"}
        ):
            return f"{name} {printed.strip(' .,')[-(len(rest) - len(known) - 1) :].strip()}", False
    return None


def _nearest_post(rest: str) -> str | None:
    """Return the one post that a garbled line is nearest to, within a quarter of its letters."""
    limit = min(3, len(rest) // 4)
    near = [(distance(rest, known, limit), name) for known, name in lexicon.posts().items() if len(known) > 7]
    near = sorted(each for each in near if each[0] <= limit)
    return near[0][1] if near and (len(near) == 1 or near[0][0] < near[1][0]) else None


def _posts(page: Page, lines: list[_Line]) -> Proposal | None:
    """Propose the posts; the line that a scan lost is put back where the rules of signing leave one choice."""
    if not lines or all(line.is_collective for line in lines):
        return None
    lines = _consistent(lines)
    texts = [line.text for line in lines]
    last = lines[-1]
    above = _superior_post(last.title)
    sure = True
    if not last.prefix and above and (len(lines) == 1 or lines[-2].is_collective):
        texts.insert(len(texts) - 1, f"KT. {above}")
        sure = False
    elif not last.prefix and above and len(lines) > 1 and not lines[-2].prefix and lines[-2].title == above:
        texts[-2] = f"KT. {above}"
    elif last.prefix == "KT":
        texts.append(_deputy_post(last.title))
        sure = False
    span = (lines[0].start, last.end)
    return propose(page.text, "; ".join(texts), span, 0.9 if sure else 0.6, "Khối ký tên")


def _consistent(lines: list[_Line]) -> list[_Line]:
    """Read the line under "KT. BỘ TRƯỞNG" as the deputy that it must be."""
    consistent = lines[:1]
    for above, line in pairwise(lines):
        title = line.title
        if above.prefix == "KT" and not line.prefix and _superior_post(title) is None and not title.startswith("PHÓ "):
            title = _deputy_post(above.title)
        consistent.append(replace(line, title=title))
    return consistent


def _superior_post(title: str) -> str | None:
    if title.startswith("THỨ TRƯỞNG"):
        return "BỘ TRƯỞNG"
    if title == "PHÓ CHỦ NHIỆM":
        return "BỘ TRƯỞNG, CHỦ NHIỆM"
    if "BÍ THƯ" in title:
        return None
    base = title.removeprefix("PHÓ ").removesuffix(" THƯỜNG TRỰC").removesuffix(" PHỤ TRÁCH")
    return base if title.startswith("PHÓ ") and base in lexicon.posts().values() else None


def _deputy_post(title: str) -> str:
    if title == "BỘ TRƯỞNG, CHỦ NHIỆM":
        return "PHÓ CHỦ NHIỆM"
    return "THỨ TRƯỞNG" if title == "BỘ TRƯỞNG" else f"PHÓ {title}"


def _name(page: Page, cells: list[Cell], *, after: int) -> Proposal | None:
    """Propose the name: a line of its own first, else one that shares the line of the last recipient."""
    merged: Proposal | None = None
    for cell in cells:
        if cell.end <= after:
            continue
        for start in _name_starts(cell.text):
            name, sure = _person(cell.text[start:])
            if name is None:
                continue
            span = (cell.start + start, cell.end)
            if start == 0:
                return propose(page.text, name, span, 0.92 if sure else 0.6, "Họ tên dưới khối ký")
            if merged is None and _BEFORE_NAME.search(cell.text[:start]):
                merged = propose(page.text, name, span, 0.75 if sure else 0.5, "Họ tên cùng dòng với nơi nhận")
    return merged


def _name_starts(text: str) -> list[int]:
    """Return where in a cell a name of two to five words up to its end can start."""
    words = list(re.finditer(r"\S+", text))
    starts = [word.start() for word in words[-5:]]
    return ([0] if len(words) <= 8 else []) + [start for start in starts if start]


def _person(text: str) -> tuple[str | None, bool]:
    """Return the name of a person that a text is, and whether nothing had to be mended."""
    text = re.sub(r"\s+", " ", _SIGNED.sub("", text)).strip(" .,;:-–_'\"“”‘’`^~*|")
    ranks = _RANKS.match(skeleton(text))
    words = text[ranks.end() if ranks else 0 :].split(" ")
    if not 2 <= len(words) <= 5 or not (all(map(_is_name_word, words)) or _is_highland(words)):
        return None, False
    if all(len(word) > 1 and word.isupper() for word in words):
        if len(words) < 3 or _is_post(" ".join(words)):
            return None, False
        words = [word[:1] + word[1:].lower() for word in words]
    first = _family(words[0])
    if first is None or skeleton(" ".join(words)) in lexicon.provinces():
        return None, False
    mended = [first, *(_given(word, is_last=False) for word in words[1:-1]), _given(words[-1], is_last=True)]
    return " ".join(mended), mended == words


def _is_post(capitals: str) -> bool:
    """Tell whether capitals are a post, or one with what it heads ("TRƯỞNG PHÒNG CHÍNH SÁCH"), and not a name."""
    if skeleton(capitals) in lexicon.posts():
        return True
    said = canonical_tones(capitals)
    return any(said.startswith(canonical_tones(post) + " ") for post in lexicon.posts().values() if " " in post)


def _is_name_word(word: str) -> bool:
    return (
        word.isalpha()
        and word[0].isupper()
        and (word[1:].islower() or word.isupper())
        and (is_syllable(word) or skeleton(word) in _known_names())
    )


def _is_highland(words: list[str]) -> bool:
    """Tell whether a name is one of the Central Highlands, whose syllables are not Vietnamese ("Y Dun Niê Kđăm")."""
    return words[0] in _HIGHLAND and all(word[:1].isupper() and word.replace("'", "").isalpha() for word in words)


def _family(word: str) -> str | None:
    """Return a family name; one whose marks were lost is mended where only one has these letters."""
    if canonical_tones(word) in lexicon.family_names():
        return word
    same = [name for name in lexicon.family_names() if skeleton(name) == skeleton(word)]
    return same[0][:1].upper() + same[0][1:] if len(same) == 1 and len(word) > 3 else None


def _given(word: str, *, is_last: bool) -> str:
    """Return a given name: broken marks are mended, a last letter that was cut off is put back, where one name fits."""
    same = lexicon.given_names().get(skeleton(word), ())
    if same and not is_syllable(word):
        return same[0] if len(same) == 1 else word
    if same or not is_last or not word.endswith("n"):
        return word
    longer = [
        name
        for names in lexicon.given_names().values()
        for name in names
        if len(name) == len(word) + 1 and canonical_tones(name).startswith(canonical_tones(word))
    ]
    return longer[0] if len(longer) == 1 else word


@cache
def _known_names() -> frozenset[str]:
    return frozenset({*lexicon.given_names(), *(skeleton(name) for name in lexicon.family_names()), "dac"})


def _from_banner(page: Page) -> Proposal | None:
    """Propose the signer of the digital signature shown on the page, where it is a person."""
    match = _BANNER_NAME.search(page.plain[: page.end])
    if match is None:
        return None
    name, _ = _person(page.text[match.start("name") : match.end("name")])
    return propose(page.text, name, match.span("name"), 0.6, "Thông tin chữ ký số") if name else None


def _named_deputy(page: Page, start: int, end: int) -> Proposal | None:
    """Propose the one deputy whom the Government Office's list of recipients names: the one in charge, who signs."""
    found = [match for match in _DEPUTY.finditer(page.text, start, end) if _person(match["name"])[0]]
    if len({match["name"] for match in found}) != 1:
        return None
    return propose(
        page.text, found[0]["name"], found[0].span("name"), 0.45, "Phó Chủ nhiệm nêu ở nơi nhận; chữ ký không đọc được"
    )
