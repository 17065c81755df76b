"""From the raw steps of a procedure's file to a flow, with every fault said at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from lienthong.calendars.limits import Limit, parse_limit
from lienthong.kernel.faults import Fault, Faults
from lienthong.kernel.refusal import Refusal
from lienthong.workflow import checking, places
from lienthong.workflow.actions import Action, Clock, Reason
from lienthong.workflow.flow import ENDS, Flow, Move, Need, Phase, Step
from lienthong.workflow.places import Agency, Part, Place

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
STEP_KEYS = {"key", "name", "phase", "place", "role", "limit", "note", "moves"}
MOVE_KEYS = {"action", "to", "label", "reason", "needs", "clock"}
NOWHERE = Place(Agency.RECEIVING, Part.DESK)
Word = TypeVar("Word", bound=StrEnum)


def read(raw: Sequence[Mapping[str, Any]], *, roles: Collection[str] = (), whole: Limit | None = None) -> Flow:
    """Read the steps of a flow; raises ``Faults`` with the path of each into ``raw``.

    ``roles``, where given, are the codes that a step may name; ``whole`` is the shortest limit of the procedure, into
    which the limits of the steps must fit.
    """
    faults: list[Fault] = []
    steps: dict[str, Step] = {}
    for number, entry in enumerate(raw):
        step = _step(entry, faults, (number,))
        if step.key in steps:
            faults.append(Fault((number, "key"), f"Bước “{step.key}” đã có ở trên. Đặt mã khác."))
        steps.setdefault(step.key or f"?{number}", step)
    flow = Flow(steps)
    faults += checking.faults_of(flow, roles=roles, whole=whole)
    if faults:
        raise Faults(sorted(faults, key=lambda fault: [str(part).zfill(4) for part in fault.path]))
    return flow


def _step(entry: Mapping[str, Any], faults: list[Fault], at: tuple[str | int, ...]) -> Step:
    _unknown(entry, STEP_KEYS, faults, at)
    key = _key(entry, faults, at)
    raw_moves = entry.get("moves", [])
    if not isinstance(raw_moves, list) or not all(isinstance(one, Mapping) for one in raw_moves):
        faults.append(Fault((*at, "moves"), "Thao tác của bước phải là các mục [[steps.moves]]."))
        raw_moves = []
    return Step(
        key=key,
        name=_text(entry, "name", faults, at),
        phase=_word(Phase, entry.get("phase", Phase.WORK), faults, (*at, "phase")) or Phase.WORK,
        place=_place(entry.get("place"), faults, (*at, "place")),
        role=_text(entry, "role", faults, at),
        limit=limit_of(entry.get("limit"), faults, (*at, "limit")),
        moves=tuple(_move(one, key, faults, (*at, "moves", number)) for number, one in enumerate(raw_moves)),
        note=str(entry.get("note", "")),
    )


def _move(entry: Mapping[str, Any], key: str, faults: list[Fault], at: tuple[str | int, ...]) -> Move:
    _unknown(entry, MOVE_KEYS, faults, at)
    action = _word(Action, entry.get("action"), faults, (*at, "action")) or Action.FORWARD
    nature = action.nature
    reason = _word(Reason, entry.get("reason", nature.reason), faults, (*at, "reason")) or nature.reason
    if nature.reason == Reason.REQUIRED and reason != Reason.REQUIRED:
        faults.append(Fault((*at, "reason"), f"Thao tác “{nature.label}” luôn phải nêu lý do; bỏ dòng này."))
    if nature.implied_by or nature.outside:
        faults.append(Fault((*at, "action"), f"“{action}” tự có khi cần, không ghi vào quy trình. Bỏ thao tác này."))
    to = entry.get("to", key if not nature.leaves else "")
    if not isinstance(to, str) or not to:
        faults.append(Fault((*at, "to"), f"Ghi bước tiếp theo (to), hoặc một kết thúc: {', '.join(ENDS)}."))
        to = ""
    if not nature.leaves and to != key:
        faults.append(Fault((*at, "to"), f"Thao tác “{nature.label}” giữ hồ sơ ở bước này; bỏ dòng to."))
    return Move(
        action=action,
        to=to,
        label=str(entry.get("label", nature.label)),
        reason=reason,
        clock=_clock(entry.get("clock", nature.clock), action, faults, (*at, "clock")),
        needs=tuple(_needs(entry.get("needs", []), faults, (*at, "needs"))),
    )


def _clock(value: object, action: Action, faults: list[Fault], at: tuple[str | int, ...]) -> Clock:
    clock = _word(Clock, value, faults, at) or action.nature.clock
    if clock != action.nature.clock and action != Action.CONSULT:
        faults.append(Fault(at, "Chỉ thao tác lấy ý kiến (consult) được ghi clock, khi luật cho dừng tính hạn."))
    return clock


def _needs(value: object, faults: list[Fault], at: tuple[str | int, ...]) -> Iterable[Need]:
    if not isinstance(value, list):
        faults.append(Fault(at, f'Viết danh sách, ví dụ needs = ["papers"]; các từ: {", ".join(Need)}.'))
        return
    for number, one in enumerate(value):
        need = _word(Need, one, faults, (*at, number))
        if need:
            yield need


def _key(entry: Mapping[str, Any], faults: list[Fault], at: tuple[str | int, ...]) -> str:
    key = entry.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key) or key in ENDS:
        faults.append(
            Fault((*at, "key"), "Mã bước (key) gồm chữ thường không dấu, số, gạch dưới; không trùng tên kết thúc.")
        )
        return ""
    return key


def _text(entry: Mapping[str, Any], name: str, faults: list[Fault], at: tuple[str | int, ...]) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        words = {"name": "tên bước (name)", "role": "vai trò người làm (role)"}
        faults.append(Fault((*at, name), f"Ghi {words[name]}."))
        return ""
    return value.strip()


def _place(value: object, faults: list[Fault], at: tuple[str | int, ...]) -> Place:
    if value is None:
        faults.append(Fault(at, "Ghi nơi xử lý (place), ví dụ receiving.desk."))
        return NOWHERE
    try:
        return places.read(value)
    except Faults as found:
        faults += [fault.under(*at) for fault in found.faults]
        return NOWHERE


def limit_of(value: object, faults: list[Fault], at: tuple[str | int, ...]) -> Limit | None:
    """Read a limit as people write it; nothing, or "không quy định", is none."""
    if value is None or value == "không quy định":
        return None
    try:
        return parse_limit(str(value))
    except Refusal as refusal:
        faults.append(Fault(at, f"“{value}”: {refusal.message}"))
        return None


def _word(kind: type[Word], value: object, faults: list[Fault], at: tuple[str | int, ...]) -> Word | None:
    try:
        return kind(str(value))
    except ValueError:
        allowed = ", ".join(one.value for one in kind)
        faults.append(Fault(at, f"Không có từ “{value}” ở đây. Chọn một trong: {allowed}."))
        return None


def _unknown(entry: Mapping[str, Any], known: Collection[str], faults: list[Fault], at: tuple[str | int, ...]) -> None:
    allowed = ", ".join(sorted(known))
    faults += [
        Fault((*at, name), f"Không có mục “{name}” ở đây. Các mục: {allowed}.") for name in entry if name not in known
    ]
