"""The head of a paper as it follows from names alone: pure, no rows.

NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 2 and 4: above stands the agency directly above (its usual words shortened),
below the agency that issues, written out; the place is the administrative unit where the agency has its seat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

COMMITTEE = "Ủy ban nhân dân"
_LEVELS = ("tỉnh", "thành phố", "huyện", "thị xã", "quận", "xã", "phường", "thị trấn", "đặc khu")
_COMMITTEE_OF = re.compile(
    rf"^(?:ủy|uỷ) ban nhân dân\s+(?P<level>{'|'.join(_LEVELS)})\s+(?P<place>.+)$", re.IGNORECASE | re.UNICODE
)
_OFFICE_OF_COMMITTEE = re.compile(r"^văn phòng\s+(?:ủy|uỷ) ban nhân dân\b", re.IGNORECASE | re.UNICODE)
_KEEPS_LEVEL = ("hồ chí minh",)  # units named after a person or a number keep the whole name
CAPITAL = "Hà Nội"
_CHAIRMAN = re.compile(r"^(?:(?:KT|Q)\s*\.\s*|QUYỀN\s+)?CHỦ TỊCH\b")
COLLECTIVES = frozenset({"province_committee", "district", "commune"})
WITHOUT_SUPERIOR = COLLECTIVES | {"central"}


@dataclass(frozen=True, slots=True)
class HeadLines:
    """The head of a paper: who stands above, who issues (each perhaps on several lines), where, and the foot."""

    superior: str
    issuer: str
    place: str
    contact: str = ""

    @property
    def issuer_in_line(self) -> str:
        """Who issues, on one line."""
        return " ".join(self.issuer.split())


def default_head(*, kind: str, name: str, parent_name: str, place: str, in_person: bool = False) -> HeadLines:
    """Return the head that follows from the name of a unit and of the one above it.

    ``in_person``: the head of a people's committee acts by the authority of the post, not for the committee.
    """
    if in_person:
        return HeadLines("", f"CHỦ TỊCH\n{issuer_lines(name)}", place)
    superior = "" if kind in WITHOUT_SUPERIOR else superior_line(parent_name)
    issuer = "VĂN PHÒNG" if kind == "office" and superior and _OFFICE_OF_COMMITTEE.match(name) else issuer_lines(name)
    return HeadLines(superior, issuer, place)


def signs_in_person(kind: str, block: Sequence[str]) -> bool:
    """Tell whether a paper of a unit is its chairman's own: signed by or for the chairman, not for the committee.

    Without "TM." the authority is the post's, and the post stands in the head (NĐ 30/2020/NĐ-CP, Điều 13; the head as
    real decisions have it). TL. and TUQ. sign under the head of the committee, as its offices do.
    """
    return kind in COLLECTIVES and bool(block) and bool(_CHAIRMAN.match(block[0].strip().upper()))


def issuer_lines(name: str) -> str:
    """Return a name as the issuer prints it: capitals, the people's committee's place on a line of its own."""
    found = _COMMITTEE_OF.match(name.strip())
    if found:
        return f"ỦY BAN NHÂN DÂN\n{found['level']} {found['place']}".upper()
    return name.strip().upper()


def superior_line(name: str) -> str:
    """Return the name of the unit above as printed: capitals, the usual words shortened."""
    return re.sub(r"^(ỦY|UỶ) BAN NHÂN DÂN\b", "UBND", name.strip().upper())


def place_in(name: str) -> str:
    """Return the place in the name of a people's committee ("… huyện Tuy Phong" → "Tuy Phong"), else nothing."""
    found = _COMMITTEE_OF.match(name.strip())
    if not found:
        return ""
    level, place = found["level"].lower(), found["place"].strip()
    if place[:1].isdigit() or place.lower() in _KEEPS_LEVEL:
        return f"{level[:1].upper()}{level[1:]} {place}"
    return place
