"""Vietnamese text: one form for each letter, comparison without marks, one tone placement, alphabetical order.

Texts arrive composed and decomposed, with the tone on either vowel ("hòa", "hoà"), with and without marks. Everything
that compares, searches or sorts Vietnamese asks here. "y" and "i" are not merged: "lý" and "lí" stay two spellings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Grave, hook, tilde, acute, dot below: huyền, hỏi, ngã, sắc, nặng; in the order of dictionaries, after no tone."""

_WORD = re.compile(r"[^\W_]+")
_WORD_WITH_MARKS = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_D = str.maketrans("đĐ", "dD")
_LETTER_CODES = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
_TONE_OF = {mark: place for place, mark in enumerate(TONES, start=1)}

_MARKED = "ăâêôơư"
_LONGEST = len("nghiêng")
_INITIALS = "ngh|ng|nh|ch|gh|gi(?=[aăâeêoôơuư])|kh|ph|qu(?=[aăâeêioôơy])|th|tr|[bcdđghklmnprstvx]"
_SYLLABLE = re.compile(rf"({_INITIALS})?([aăâeêioôơuưy]{{1,3}})(ch|ng|nh|[cmnpt])?")
_RHYMES = frozenset(
    """
    a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oi oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oc om on ong op ot
    ô ôi ôc ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua ui uc um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uêu uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưi ưc ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905 - a word list reads better as words
)
_AFTER_QU = frozenset({"y", "yn", "ynh", "yt", "yên", "yêt", "yu", "ôc", "ơ", "ơn"})


def nfc(text: str) -> str:
    """Return the text with every letter composed (NFC)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the text in lower case without any mark: "Hoà Bình" and "HÒA BÌNH" become "hoa binh"; "đ" becomes "d"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.translate(_D).lower())
    return nfc("".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def canonical_tones(text: str) -> str:
    """Return the text composed and in lower case with one placement of tones: "hoà" becomes "hòa"; marks are kept.

    The result has as many characters as the composed lower-case text, so that places found in it hold there too.
    """
    lowered = nfc(nfc(text).lower())
    return lowered if lowered.isascii() else _WORD_WITH_MARKS.sub(lambda match: _place_tone(match[0]), lowered)


def sort_key(text: str) -> str:
    """Return a key whose byte order (``ORDER BY … COLLATE "C"``) is that of Vietnamese dictionaries.

    Syllable by syllable, first the letters (a ă â b c d đ e ê …), then the tone (ngang, huyền, hỏi, ngã, sắc, nặng);
    digits come before letters; case and punctuation do not count.
    """
    return " ".join(_syllable_key(word) for word in words(canonical_tones(text)))


def words(text: str) -> list[str]:
    """Return the words of the text (runs of letters and digits), composed, in their own case."""
    return _WORD.findall(nfc(text))


def is_syllable(word: str) -> bool:
    """Tell whether a word could be a Vietnamese syllable: a known initial, rhyme and tone."""
    return len(word) <= 2 * _LONGEST and _is_syllable(nfc(word).lower())


@lru_cache(maxsize=8_192)
def _is_syllable(word: str) -> bool:
    base, tone = split_tone(word)
    match = _SYLLABLE.fullmatch(base) if len(word) <= _LONGEST else None
    if match is None:
        return False
    initial, vowels, final = match[1] or "", match[2], match[3] or ""
    if final in {"c", "ch", "p", "t"} and tone not in {"\u0301", "\u0323"}:
        return False
    return vowels + final in _RHYMES or (initial == "qu" and vowels + final in _AFTER_QU)


def split_tone(word: str) -> tuple[str, str]:
    """Return the word without its tones, composed, and the tone marks it bore, in their order."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if mark in _TONE_OF)
    return nfc("".join(letter for letter in decomposed if letter not in _TONE_OF)), tones


def _place_tone(word: str) -> str:
    """Put the one tone of a lower-case Vietnamese syllable where the older, official spelling has it."""
    base, tone = split_tone(word)
    match = _SYLLABLE.fullmatch(base) if len(tone) == 1 else None
    if match is None:
        return word
    place = match.start(2) + _bearer(match[2], closed=bool(match[3]))
    placed = nfc(base[: place + 1] + tone + base[place + 1 :])
    return placed if len(placed) == len(word) else word


def _bearer(vowels: str, *, closed: bool) -> int:
    """Return which of the vowels of a rhyme bears the tone."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in _MARKED]
    if marked:
        return marked[-1]
    if len(vowels) == 2:
        return 1 if closed and vowels not in {"ia", "ua"} else 0
    return len(vowels) // 2


def _syllable_key(word: str) -> str:
    base, tones = split_tone(word)
    letters = "".join(_LETTER_CODES.get(letter) or _code_of_foreign(letter) for letter in base)
    return f"{letters}!{''.join(str(_TONE_OF[mark]) for mark in tones)}"


def _code_of_foreign(letter: str) -> str:
    """Return how a character outside the alphabet sorts: as its base letter, else as itself (digits before)."""
    base = fold(letter)
    if not base or base == letter:
        return letter
    return "".join(_LETTER_CODES.get(each, each) for each in base)
