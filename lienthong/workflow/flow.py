"""Flows: steps in the hands of places, and the moves between them. Frozen values; ``reading.read`` makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lienthong.calendars.limits import Limit
from lienthong.workflow.actions import Action, Clock, Reason
from lienthong.workflow.places import Place


class Phase(StrEnum):
    """Giai đoạn: before it is received, while it is worked on, when the result waits to be handed over."""

    INTAKE = "intake"
    WORK = "work"
    RESULT = "result"


class Need(StrEnum):
    """What must be there before a move: see ``NEEDS`` for the words."""

    PAPERS = "papers"
    PAID = "paid"
    RESULT = "result"
    SIGNED_RESULT = "signed_result"


NEEDS = {
    Need.PAPERS: "đủ giấy tờ bắt buộc",
    Need.PAID: "đã nộp phí, lệ phí đến lượt",
    Need.RESULT: "đã có dự thảo kết quả",
    Need.SIGNED_RESULT: "kết quả đã ký, có số",
}


class End(StrEnum):
    """Kết thúc: the four ends of a case."""

    DECLINED = "declined"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    HANDED_OVER = "handed_over"


ENDS = {
    End.DECLINED: "Từ chối",
    End.STOPPED: "Dừng xử lý",
    End.WITHDRAWN: "Rút hồ sơ",
    End.HANDED_OVER: "Đã trả kết quả",
}


@dataclass(frozen=True, slots=True)
class Move:
    """Thao tác của bước: an action, where it leads (a step or an end), what it asks for, what it does to the clock."""

    action: Action
    to: str
    label: str
    reason: Reason
    clock: Clock
    needs: tuple[Need, ...] = ()

    @property
    def end(self) -> End | None:
        """The end to which it leads, or none."""
        return End(self.to) if self.to in ENDS else None


@dataclass(frozen=True, slots=True)
class Step:
    """Bước: what is done, where, by which role, within which limit, and what may follow."""

    key: str
    name: str
    phase: Phase
    place: Place
    role: str
    limit: Limit | None
    moves: tuple[Move, ...]
    note: str = ""

    def move(self, action: Action, to: str = "") -> Move | None:
        """Return the move of an action (to one step, where it has several); None when it is not allowed here."""
        return next((one for one in self.moves if one.action == action and to in ("", one.to)), None)


@dataclass(frozen=True, slots=True)
class Flow:
    """Quy trình: the steps by their keys in the order of the file."""

    steps: Mapping[str, Step] = field(default_factory=dict)

    @property
    def start(self) -> Step:
        """The step in which a case arrives."""
        return next(step for step in self.steps.values() if step.phase == Phase.INTAKE)

    def step(self, key: str) -> Step:
        """Return a step; an unknown key is a bug and raises ``KeyError``."""
        return self.steps[key]

    def order(self, key: str) -> int:
        """Return the place of a step in the file, from 0."""
        return list(self.steps).index(key)
