"""The closed vocabulary of what can be done to a case. Flows are data; these words are code, and few.

Each action has its Vietnamese word, says whether a reason is asked for, what it does to the clock, and whether it
leaves the step. A flow may change the label and ask for more, never for less.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """Thao tác: one thing that may be done at a step."""

    ACCEPT = "accept"
    DECLINE = "decline"
    FORWARD = "forward"
    PROPOSE = "propose"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLY = "supply"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    SIGN = "sign"
    SEND_BACK = "send_back"
    CONSULT = "consult"
    ANSWER = "answer"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"

    @property
    def nature(self) -> Nature:
        """What the action is by nature."""
        return NATURES[self]


class Reason(StrEnum):
    """Whether whoever acts must say why."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Clock(StrEnum):
    """What an action does to the legal clock of the case."""

    NONE = "none"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Nature:
    """What an action is wherever it stands.

    ``leaves``: the case goes on to another step or ends. ``implied_by``: the action that makes this one possible, so
    that no flow writes it. ``outside``: the applicant or time itself does it, at any step.
    """

    label: str
    reason: Reason = Reason.OPTIONAL
    clock: Clock = Clock.NONE
    leaves: bool = True
    implied_by: Action | None = None
    outside: bool = False


NATURES = {
    Action.ACCEPT: Nature("Tiếp nhận", Reason.NONE),
    Action.DECLINE: Nature("Từ chối", Reason.REQUIRED),
    Action.FORWARD: Nature("Chuyển bước tiếp theo"),
    Action.PROPOSE: Nature("Trình"),
    Action.REQUEST_SUPPLEMENT: Nature("Yêu cầu bổ sung", Reason.REQUIRED, Clock.PAUSE, leaves=False),
    Action.SUPPLY: Nature(
        "Nhận bổ sung", clock=Clock.RESUME, leaves=False, implied_by=Action.REQUEST_SUPPLEMENT, outside=True
    ),
    Action.EXTEND: Nature("Gia hạn", Reason.REQUIRED, leaves=False),
    Action.SUSPEND: Nature("Tạm dừng", Reason.REQUIRED, Clock.PAUSE, leaves=False),
    Action.RESUME: Nature("Tiếp tục", clock=Clock.RESUME, leaves=False, implied_by=Action.SUSPEND),
    Action.SIGN: Nature("Ký duyệt"),
    Action.SEND_BACK: Nature("Trả lại bước trước", Reason.REQUIRED),
    Action.CONSULT: Nature("Lấy ý kiến", Reason.REQUIRED, leaves=False),
    Action.ANSWER: Nature("Trả lời ý kiến", leaves=False, implied_by=Action.CONSULT, outside=True),
    Action.HAND_OVER: Nature("Trả kết quả"),
    Action.WITHDRAW: Nature("Rút hồ sơ", Reason.REQUIRED, outside=True),
    Action.LAPSE: Nature("Hết hạn bổ sung", Reason.NONE, implied_by=Action.REQUEST_SUPPLEMENT, outside=True),
}
