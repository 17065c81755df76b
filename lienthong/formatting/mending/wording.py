"""How words are mended: from a text to the text as the decree has it; what is right stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lienthong.kernel.vietnamese import nfc

Wording = Callable[[str], str]
_PREFIX = re.compile(r"^(\s*)(T/M|K/T|T/L|TM|KT|TL|TUQ)(?:[:/,]\s*|\s*\.\s*|\s+)(?=\S)")
_SYMBOL = re.compile(r"(?P<room>\s*)số\s*[:.]?(?P<gap>[\s.…_]*)(?P<number>\d*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)


def symbol(text: str) -> str:
    """Mend "Số 5 / QĐ – UBND" to "Số: 05/QĐ-UBND"."""
    match = _SYMBOL.fullmatch(text)
    if match is None:
        return text
    number, gap = match["number"], match["gap"]
    rest = re.sub(r"\s*([/–—-])\s*", lambda sign: "-" if sign[1] in "–—" else sign[1], match["rest"])
    rest = rest if number else match["rest"].replace("–", "-").replace("—", "-")
    rest = re.sub(r"(?<=/)\s+|\s+(?=-)|(?<=-)\s+", "", rest)
    is_short = len(number) == 1 and rest.startswith("/")
    return f"{match['room']}Số:{' ' if number or not gap else gap}{'0' * is_short}{number}{rest}"


def date(text: str) -> str:
    """Mend "ngày 5 tháng 2" to "ngày 05 tháng 02", "tháng 03" to "tháng 3"."""
    text = re.sub(r"(ngày\s+)([1-9])(?=\s+tháng)", r"\g<1>0\2", text)
    text = re.sub(r"(tháng\s+)([12])(?=\s+năm)", r"\g<1>0\2", text)
    return re.sub(r"(tháng\s+)0([3-9])(?=\s+năm)", r"\1\2", text)


def about(text: str) -> str:
    """Mend "v/v" and "Về việc" to "V/v"."""
    return re.sub(r"^(\s*)(?:v\s*/\s*v|về việc)\s*[:.]?\s*", r"\1V/v ", text, flags=re.IGNORECASE)


def addressees(text: str) -> str:
    """Mend "Kính gửi" to "Kính gửi:"."""
    return re.sub(
        r"^(\s*)kính gửi\s*[:;.,]?\s*", lambda match: f"{match[1]}Kính gửi: ", text, flags=re.IGNORECASE
    ).rstrip(" ")


def prefix(text: str) -> str:
    """Mend "KT" and "K/T" to "KT. "."""
    return _PREFIX.sub(lambda match: f"{match[1]}{match[2].replace('/', '')}. ", text)


def article(text: str) -> str:
    """Mend "Điều 1:" to "Điều 1."."""
    return re.sub(r"^(\s*Điều\s+\d+[a-zđ]?)\s*(?:[:.\-–]\s*|\s+)(?=\S)", r"\1. ", text)


def closing(text: str) -> str:
    """Mend the end of the last sentence to "./."."""
    bare = re.sub(r"[\s./;,:]+$", "", text)
    return f"{bare}./." if bare else text


def strip_end(text: str) -> str:
    """Take a stop from the end."""
    return re.sub(r"[\s.;]+$", "", text)


def end_with(text: str, sign: str) -> str:
    """Give an item its end."""
    bare = re.sub(r"[\s.;,]+$", "", text)
    return f"{bare}{sign}" if bare else text


def spaces(text: str) -> str:
    """Take double spaces from between words; room that is left to write in stays."""
    return re.sub(r"(?<=[^\s…_])(?<!\.\.)[ \u00a0]{2,}(?=[^\s…_/])(?!\.\.)", " ", text)


def marks(text: str) -> str:
    """Take the space before a mark."""
    return re.sub(r"(?<=\w) +(?=[,;:.](?:\s|$))", "", text)


WORDINGS: Mapping[str, Wording] = {
    "symbol": symbol,
    "date": date,
    "about": about,
    "addressees": addressees,
    "prefix": prefix,
    "article": article,
    "closing": closing,
    "strip_end": strip_end,
    "spaces": spaces,
    "marks": marks,
    "compose": nfc,
}
