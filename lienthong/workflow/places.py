"""Where a step is done: a part of an agency, said by rule and never by name.

``receiving.desk`` is the one-stop desk that took the case in; ``competent.division`` the part of the deciding agency
that handles the procedure's sector; ``department:xay-dung.leader`` the leaders of the department of another sector.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lienthong.kernel.faults import Fault, Faults


class Agency(StrEnum):
    """Which agency: the one that received, the one that decides, or one found from the area of the case."""

    RECEIVING = "receiving"
    COMPETENT = "competent"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    DEPARTMENT = "department"


class Part(StrEnum):
    """Which part of the agency."""

    DESK = "desk"
    DIVISION = "division"
    LEADER = "leader"
    CLERK = "clerk"


AGENCIES = {
    Agency.RECEIVING: "nơi tiếp nhận",
    Agency.COMPETENT: "cơ quan giải quyết",
    Agency.COMMUNE: "UBND cấp xã",
    Agency.DISTRICT: "UBND cấp huyện",
    Agency.PROVINCE: "UBND tỉnh",
    Agency.DEPARTMENT: "sở, ban, ngành",
}
PARTS = {
    Part.DESK: "Bộ phận Một cửa",
    Part.DIVISION: "Bộ phận chuyên môn",
    Part.LEADER: "Lãnh đạo",
    Part.CLERK: "Văn thư",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Nơi xử lý: an agency by rule, and a part of it; ``sector`` where another sector than the procedure's is meant."""

    agency: Agency
    part: Part
    sector: str = ""

    def __str__(self) -> str:
        sector = f":{self.sector}" if self.sector else ""
        return f"{self.agency}{sector}.{self.part}"

    @property
    def label(self) -> str:
        """The place in Vietnamese: "Bộ phận Một cửa, nơi tiếp nhận"."""
        return f"{PARTS[self.part]}, {AGENCIES[self.agency]}"


def read(text: object) -> Place:
    """Read a place; raises ``Faults`` that say what is allowed."""
    agency, dot, part = str(text).partition(".")
    agency, colon, sector = agency.partition(":")
    known = {one.value for one in Agency}
    if not isinstance(text, str) or not dot or agency not in known or part not in {one.value for one in Part}:
        raise _not_a_place(text)
    if colon and (agency != Agency.DEPARTMENT or not sector):
        raise Faults([Fault((), f"“{text}”: chỉ viết lĩnh vực sau dấu hai chấm với department, ví dụ "
                                "department:xay-dung.division.")])  # fmt: skip
    return Place(Agency(agency), Part(part), sector)


def _not_a_place(text: object) -> Faults:
    agencies, parts = ", ".join(one.value for one in Agency), ", ".join(one.value for one in Part)
    return Faults(
        [Fault((), f"“{text}” không phải là nơi xử lý. Viết <cơ quan>.<bộ phận>, cơ quan là một trong {agencies}; "
                   f"bộ phận là một trong {parts}. Ví dụ: receiving.desk.")]
    )  # fmt: skip
