"""The ten national statuses of a case (``TrangThaiHoSo``), computed from facts. Pure.

The statuses and their words are those of the national public-service portal; the same in every province.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from lienthong.workflow.flow import End, Phase


class Status(IntEnum):
    """Trạng thái hồ sơ, with the national numbers."""

    NEW = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    IN_PROGRESS = 4
    SUPPLEMENT = 5
    PAYMENT = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9
    HANDED_OVER = 10


NAMES = {
    Status.NEW: "Mới đăng ký",
    Status.RECEIVED: "Được tiếp nhận",
    Status.NOT_RECEIVED: "Không được tiếp nhận",
    Status.IN_PROGRESS: "Đang xử lý",
    Status.SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    Status.PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.DONE: "Đã xử lý xong",
    Status.HANDED_OVER: "Đã trả kết quả",
}
RUNNING = (Status.RECEIVED, Status.IN_PROGRESS)
OPEN = (Status.NEW, *RUNNING, Status.SUPPLEMENT, Status.PAYMENT, Status.DONE)
ENDED = (Status.NOT_RECEIVED, Status.WITHDRAWN, Status.STOPPED, Status.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known: whether it was received, where it stands, whether it waits for the applicant, how it ended.

    ``moved``: somebody took a step after the reception.
    """

    phase: Phase
    received: bool = False
    moved: bool = False
    awaits_supplement: bool = False
    awaits_payment: bool = False
    end: End | None = None


def status(facts: Facts) -> Status:
    """Return the one national status of a case."""
    if facts.end is not None:
        return _ended(facts)
    if facts.awaits_supplement:
        return Status.SUPPLEMENT
    if facts.awaits_payment:
        return Status.PAYMENT
    if not facts.received:
        return Status.NEW
    if facts.phase == Phase.RESULT:
        return Status.DONE
    return Status.IN_PROGRESS if facts.moved else Status.RECEIVED


def _ended(facts: Facts) -> Status:
    if facts.end == End.DECLINED:
        return Status.STOPPED if facts.received else Status.NOT_RECEIVED
    return {End.STOPPED: Status.STOPPED, End.WITHDRAWN: Status.WITHDRAWN, End.HANDED_OVER: Status.HANDED_OVER}[
        End(str(facts.end))
    ]
