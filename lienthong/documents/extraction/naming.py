"""How names of bodies are written: "SỞ THÔNG TIN VÀ TRUYÈN THÔNG" becomes "Sở Thông tin và Truyền thông".

First the lexicons (which also mend what the scanner read wrong), then how the same letters stand in the body of the
document, then the rule: the word after the kind of body with a capital, the names of places with capitals.
"""

from __future__ import annotations

import re

from lienthong.documents.extraction import lexicon
from lienthong.documents.extraction.page import Page
from lienthong.documents.extraction.skeleton import alike, skeleton
from lienthong.kernel.vietnamese import is_syllable

_KINDS = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "huyen": "huyện", "quan": "quận", "thi xa": "thị xã",
    "xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "dac khu": "đặc khu",
}  # fmt: skip
_PLACE = re.compile(
    r"\s+(?P<kind>t[il1]nh(?! (?:uy|doan)\b)|thanh ph[o06](?=\w)|thanh ph[o06]|tp|huyen(?! uy)|quan(?! (?:uy|ly"
    r"|su|he|tri|nhan|doi|khu)\b)|thi xa|xa(?! hoi)|phu[o06]ng|thi tran|dac khu)(?:[. ]"
    r"|(?<=pho))\s*(?P<name>[a-z0-9'\-][\w'\- ]*)$"
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = {"ubnd": "ủy ban nhân dân", "hdnd": "hội đồng nhân dân", "mttq": "mặt trận tổ quốc", "bhxh": "bảo hiểm xã hội"}


def full_place(printed: str) -> str | None:
    """Return "tỉnh Kiên Giang" from the place at the end of a printed name ("… TỈNH KIÊN GIANG"), None without one."""
    match = _PLACE.search(" " + skeleton(printed))
    if match is None:
        return None
    kind = _KINDS[re.sub(r"[01]", lambda digit: "oi"[int(digit[0])], match["kind"])]
    name = printed[match.start("name") - 1 : match.end("name") - 1]
    known = province(name)
    if known and kind in {"tỉnh", "thành phố"}:
        return f"{kind} {known.split(' ', 1)[1].removeprefix('phố ')}" if kind == "tỉnh" else known
    return f"{kind} {_capitals(name)}"


def province(name: str) -> str | None:
    """Return the full name of a province from its bare, perhaps garbled, name."""
    plain = re.sub(r"\s*-\s*", " - ", re.sub(r"\s+", " ", skeleton(name).strip(" .,-_")))
    if plain in lexicon.provinces():
        return lexicon.provinces()[plain]
    close = [full for known, full in lexicon.provinces().items() if len(known) > 5 and alike(plain, known, 0.13)]
    return close[0] if len(close) == 1 else None


def body_name(printed: str, page: Page) -> str:
    """Return the name of a body as it is written in a sentence."""
    printed = re.sub(r"\s+", " ", printed).strip()
    if len(joint := re.split(r"\s+[-–]\s+(?=BỘ |ỦY BAN |NGÂN HÀNG |THANH TRA |TÒA ÁN )", printed)) > 1:
        return " - ".join(body_name(name, page) for name in joint)
    plain = skeleton(printed)
    for known, body in lexicon.central().items():
        same_kind = known.split(" ")[0] == plain.split(" ")[0]
        if plain == known or (len(known) > 8 and same_kind and alike(plain, known, 0.1)):
            return body.name
    place = full_place(printed)
    rest = printed[: _PLACE.search(" " + plain).start()].strip() if place and _PLACE.search(" " + plain) else printed  # type: ignore[union-attr]  # the place was found by the same pattern
    name = _spelled(rest, page)
    return f"{name} {place}" if place else name


def _spelled(printed: str, page: Page) -> str:
    """Write a name without its place."""
    words = printed.split(" ")
    if skeleton(words[0]) in _SHORT:
        words[:1] = _SHORT[skeleton(words[0])].split(" ")
        printed = " ".join(words)
    plain = skeleton(printed)
    head = next((head for head in lexicon.heads() if plain == head or plain.startswith(head + " ")), None)
    if head is None:
        return echoed(printed, page) or _sentence(printed)
    rest = printed[len(head) :].strip()
    start = _SHORT.get(head, lexicon.head_spelling()[head])
    start = start[:1].upper() + start[1:]
    return f"{start} {_rest(rest, page)}".strip()


def _rest(rest: str, page: Page) -> str:
    plain = skeleton(rest)
    if not plain:
        return ""
    known, _, tail = rest.partition(" ")
    if known.upper() in lexicon.sectors() and rest.isupper():
        return f"{lexicon.sectors()[known.upper()]} {_place_or_words(tail)}".strip()
    for known, name in lexicon.sector_names().items():
        if plain == known or (len(known) > 4 and alike(plain, known, 0.12)):
            return name
        if plain.startswith(known + " "):
            tail = rest[len(known) :].strip()
            return f"{name} {_place_or_words(tail)}"
    return echoed(rest, page) or _after_and(_sentence(rest))


def _after_and(rest: str) -> str:
    """Leave the "và" that joins a second name to the first small ("… Quốc hội và Hội đồng nhân dân")."""
    if not skeleton(rest).startswith("va "):
        return rest
    return f"và {with_proper_names(rest[3:4].upper() + rest[4:])}"


def _place_or_words(tail: str) -> str:
    known = province(tail)
    return known or _capitals(tail)


def echoed(printed: str, page: Page) -> str | None:
    """Return how the same words stand in the body in small letters, if they do."""
    words = re.findall(r"\w+", skeleton(printed))
    if len(words) < 2:
        return None
    pattern = r"[\s,\-–]{1,4}".join(re.escape(word) for word in words)
    for match in re.finditer(rf"\b{pattern}\b", page.plain[page.body : page.body + 60_000]):
        found = page.text[page.body + match.start() : page.body + match.end()]
        if not found.isupper() and sum(letter.isupper() for letter in found) <= len(words) and found[:1].isupper():
            return re.sub(r"\s+", " ", found)
    return None


def _sentence(printed: str) -> str:
    """Write capitals as a name: small letters, a capital first, proper names as the lexicon has them."""
    text = _WORD.sub(lambda word: _small(word[0]), printed) if printed.isupper() else printed
    text = text[:1].upper() + text[1:]
    return with_proper_names(text)


def _small(word: str) -> str:
    """Write a word of capitals small, but leave abbreviations ("THPT", "UBND") as they are."""
    return word if len(word) < 7 and not is_syllable(word) else word.lower()


def with_proper_names(text: str) -> str:
    """Give the proper names of the lexicon that stand in a text of small letters their capitals."""
    plain = skeleton(text)
    for known, name in lexicon.proper_names().items():
        for match in re.finditer(rf"(?<!\w){re.escape(known)}(?!\w)", plain) if known in plain else ():
            if text[match.start() : match.end()].lower() == name.lower():
                text = text[: match.start()] + name + text[match.end() :]
    return text


def _capitals(name: str) -> str:
    """Write a place's name: every word with a capital."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())
