"""Text from before Unicode: TCVN3 (the ".Vn" fonts) and VNI, read as if it were Latin-1, back to Unicode.

"Céng hßa x· héi" (TCVN3) and "Coäng hoøa xaõ hoäi" (VNI) are found by statistics: how many of
the words that bear marks become Vietnamese syllables when converted, and how many were before.
True Unicode is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lienthong.kernel import vietnamese

SAMPLE = 20_000
"""How many characters, with words that bear marks, are judged; the rest of a long text follows their verdict."""

_PLAIN_VIETNAMESE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_LATIN1_MARK = re.compile("[\u00a1-\u00ff]")
_TOKEN = re.compile("[A-Za-z\u00a1-\u00ff]+")

_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
)
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}  # fmt: skip
_VNI_LETTERS = {
    "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ",
}  # fmt: skip
_VNI_PAIR = re.compile("([aeouyôöAEOUYÔÖ])([øùûõïêèéúüëâàáåãäØÙÛÕÏÊÈÉÚÜËÂÀÁÅÃÄ])|([ñìíæóòôöîÑÌÍÆÓÒÔÖÎ])")


def repair(text: str) -> tuple[str, str | None]:
    """Return the text in Unicode and the name of the old encoding found ("TCVN3", "VNI"), or it unchanged and None."""
    judged = _sample(text)
    if judged is None:
        return text, None
    before = _likeness(judged)
    converters: dict[str, Callable[[str], str]] = {"TCVN3": _from_tcvn3, "VNI": _from_vni}
    likeness = {name: _likeness(convert(judged)) for name, convert in converters.items()}
    best = max(likeness, key=lambda name: likeness[name])
    if likeness[best] < 0.75 or likeness[best] < before + 0.25:
        return text, None
    return converters[best](text), best


def _sample(text: str) -> str | None:
    """Return marked words to judge by, or None where the text is plain ASCII or already Unicode."""
    marks = _LATIN1_MARK.search(text)
    if marks is None:
        return None
    part = text[max(0, marks.start() - 100) : marks.start() + SAMPLE]
    if len(_PLAIN_VIETNAMESE.findall(part)) * 20 > len(_LATIN1_MARK.findall(part)):
        return None
    tokens = [token for token in _TOKEN.findall(part) if _LATIN1_MARK.search(token)]
    return " ".join(tokens) if tokens else None


def _likeness(sample: str) -> float:
    """Return the share of the words of the sample that are Vietnamese syllables."""
    tokens = sample.split()
    return sum(vietnamese.is_syllable(token) for token in tokens) / len(tokens)


def _from_tcvn3(text: str) -> str:
    """Convert; the capitals of the ".VnTimeH" fonts have the codes of small letters: plain letters near by decide."""
    return "".join(map(_phrase_from_tcvn3, re.split(r"([\n\t:/.;()\d]+)", text)))


def _phrase_from_tcvn3(line: str) -> str:
    pieces: list[str] = []
    words = list(_TOKEN.finditer(line))
    told = [_told_capitals(word[0]) for word in words]
    end = 0
    for place, word in enumerate(words):
        near = [*told[place:], *reversed(told[:place])]
        in_capitals = next((said for said in near if said is not None), False)
        converted = word[0].translate(_TCVN3)
        pieces += [line[end : word.start()], converted.upper() if in_capitals else converted]
        end = word.end()
    return "".join([*pieces, line[end:]])


def _told_capitals(word: str) -> bool | None:
    """Tell whether a word is in capitals by its plain letters; None where it has one capital or none to tell by."""
    plain = [letter for letter in word if letter.isascii()]
    in_capitals = all(letter.isupper() for letter in plain)
    return in_capitals if len(plain) > 1 or not in_capitals else None


def _from_vni(text: str) -> str:
    return vietnamese.nfc(_VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    base, mark, alone = match[1], match[2], match[3]
    letter = alone or base
    plain = _VNI_LETTERS.get(letter.lower(), letter.lower())
    converted = vietnamese.nfc(plain + (_VNI_MARKS[mark.lower()] if mark else ""))
    return converted.upper() if letter.isupper() else converted
