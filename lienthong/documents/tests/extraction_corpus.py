"""Invented documents of every level of government, laid out and soiled as real ones are, with their right metadata.

Every name, number and event here is made up. ``render`` lays a letter out in one of several ways (stacked lines, two
columns on one line, a table with pipes, motto first); ``soil`` adds the scanner's noise from a seed.
"""

from __future__ import annotations

import random
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Letter:
    """An invented document and what should be read from it."""

    printed: tuple[str, ...]
    issuer: str
    symbol: str
    place: str
    date: str
    kind: str
    abstract: str
    block: tuple[str, ...]
    signer: str
    superior: str = ""
    body: str = "Kính gửi: Các cơ quan, đơn vị liên quan.\n\nĐề nghị các đơn vị triển khai thực hiện./."
    urgency: str = ""
    due: str = ""

    @property
    def posts(self) -> str:
        return "; ".join(self.block)


def _letters() -> list[Letter]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        rows = tomllib.load(file)["letter"]
    return [Letter(**{**row, "printed": tuple(row["printed"]), "block": tuple(row["block"])}) for row in rows]


LETTERS = _letters()
LAYOUTS = ("stacked", "columns", "pipes", "motto first", "wide")


def _date(letter: Letter) -> str:
    year, month, day = letter.date.split("-")
    month = month if int(month) < 3 or int(month) > 9 else str(int(month))
    return f"{letter.place}, ngày {day} tháng {month} năm {year}"


def _number(letter: Letter) -> str:
    return f"Số {letter.symbol}" if "-CV/" in letter.symbol else f"Số: {letter.symbol}"


MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def _heading(letter: Letter, layout: str, about: list[str]) -> list[str]:
    rows = list(letter.printed)
    if layout == "columns":
        rows += [""] * (2 - len(rows))
        return [
            f"{rows[0]} {MOTTO[0]}",
            f"{rows[1]} {MOTTO[1]}".strip(),
            *rows[2:],
            "",
            f"{_number(letter)} {_date(letter)}",
            *about,
        ]
    if layout == "pipes":
        left = [*rows, "-------"]
        return [
            *left[:1],
            f"{' ' * 20}|{MOTTO[0]}",
            *left[1:],
            f"{' ' * 20}{MOTTO[1]}",
            " | |",
            f"|{_number(letter)}        |{_date(letter)}          |",
            *about,
        ]
    if layout == "motto first":
        return [*MOTTO, "---------------", "", *rows, "-------", "", _number(letter), *about, "", _date(letter)]
    if layout == "wide":
        rows += [""] * (2 - len(rows))
        out = [f"{rows[0]:<45}{MOTTO[0]}", f"{rows[1]:<45}{MOTTO[1]}", "", f"{_number(letter):<45}{_date(letter)}"]
        return [*out, *(f"    {line}" for line in about)]
    return [*rows, "-------", *MOTTO, "---------------", "", _number(letter), "", _date(letter), "", *about]


def render(letter: Letter, layout: str, *, capitals: bool = False) -> str:
    """Lay a letter out."""
    abstract = letter.abstract.upper() if capitals and letter.kind != "Công văn" else letter.abstract
    lines = textwrap.wrap(abstract, 34 if letter.kind == "Công văn" else 70)
    about = lines if letter.kind == "Công văn" else []
    head = _heading(letter, layout, about)
    title = [] if letter.kind == "Công văn" else ["", letter.kind.upper(), *lines]
    stamp = ["", letter.urgency] if letter.urgency else []
    body = ["\n".join(textwrap.wrap(part, 80)) for part in letter.body.split("\n")]
    recipients = ["- Như trên;", "- Lãnh đạo cơ quan;", "- Lưu: VT, TH."]
    block = list(letter.block)
    if layout in {"columns", "wide"}:
        gap = " " if layout == "columns" else "          "
        left = ["Nơi nhận:", *recipients]
        left += [""] * (len(block) - len(left))
        foot = [f"{left[row]}{gap}{block[row] if row < len(block) else ''}".rstrip() for row in range(len(left))]
        foot += ["", letter.signer]
    elif layout == "pipes":
        foot = [
            f"|Nơi nhận:                   |{block[0]:<30}|",
            *(f"|- Như trên;                 |{line:<30}|" for line in block[1:]),
        ]
        foot += [
            "|- Lưu: VT.                  |                              |",
            f"|                            |{letter.signer:<30}|",
        ]
    else:
        foot = ["Nơi nhận:", *recipients, "", *block, "", "(Đã ký)", "", letter.signer]
    return "\n".join([*head, *stamp, *title, "", *body, "", *foot, ""])


_CONFUSED = {
    "ấ": "áâ", "ầ": "àâ", "ẩ": "âả", "ẫ": "âã", "ậ": "ạâ", "ế": "éê", "ề": "êè", "ể": "ê", "ệ": "ê", "ố": "óô",
    "ồ": "ôò", "ổ": "ô", "ộ": "ọô",
    "ớ": "ó", "ờ": "ò", "ứ": "ú", "ừ": "ù", "ử": "ừ", "ữ": "ừ", "ắ": "ă", "ằ": "ă", "ẻ": "é", "ỉ": "i",
    "ị": "i", "ọ": "o", "ỏ": "o",
    "Ấ": "Á", "Ế": "É", "Ề": "È", "Ố": "Ó", "Ồ": "Ò", "Ộ": "Ọ", "Ớ": "Ó", "Ờ": "Ò", "Ứ": "Ú", "Ậ": "Ạ",
    "Ị": "I", "Ụ": "U", "đ": "d", "Đ": "ĐÐ",
}  # fmt: skip
_MISREAD = {
    "l": "1I|",
    "i": "ìl1",
    "o": "0",
    "e": "c",
    "h": "b",
    "n": "u",
    "u": "n",
    "t": "f(",
    "c": "e",
    "d": "đ",
    ",": ".",
    "-": "—",
    "I": "l|",
    "O": "0",
}
_BANNER = "š&¿, Người ký: CÔNG THÔNG TIN ĐIỆN TỬ\nEmail: thongtin@vidu.vn\nThời gian ký: 28.04.2026 15:49:15 +07:00\n\n"


def soil(text: str, seed: int, share: float) -> str:
    """Soil a text as scanners do: marks lost, letters misread, rules and dust, lost spaces, a banner above."""
    chance = random.Random(seed)  # noqa: S311 - reproducible noise, not a secret
    text = "".join(_misread(letter, chance, share) for letter in text)
    if chance.random() < 0.4:
        text = text.replace("Số: ", chance.choice(["Số:", "Só: ", "Số ", "Sô: "]), 1)
    if chance.random() < 0.3:
        text = text.replace(" CỘNG", chance.choice([" _ CỘNG", " . CỌNG", " ˆ CỘNG"]), 1)
    if chance.random() < 0.3:
        text = text.replace("/", " /", 1)
    if chance.random() < 0.25:
        text = _BANNER + text
    lines = text.split("\n")
    for place in range(len(lines)):
        if lines[place] and chance.random() < share / 2:
            lines[place] = chance.choice(["_ ", ". ", "' "]) + lines[place]
    return "\n".join(lines)


def _misread(letter: str, chance: random.Random, share: float) -> str:
    """Return what the scanner makes of a letter: a lost mark often, another letter or a lost space now and then."""
    if letter in _CONFUSED and chance.random() < share:
        return chance.choice(_CONFUSED[letter])
    if letter in _MISREAD and chance.random() < share / 12:
        return chance.choice(_MISREAD[letter])
    if letter == " " and chance.random() < share / 15:
        return chance.choice(["", "  ", " . ", " ‘"])
    return letter
