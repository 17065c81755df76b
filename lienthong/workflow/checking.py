"""Whether a flow can be lived through: every step is reached, every step can end, the limits fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from lienthong.calendars.limits import Limit, LimitUnit
from lienthong.kernel.faults import Fault
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import ENDS, End, Flow, Move, Phase, Step

HOURS = {
    LimitUnit.WORKING_HOUR: Fraction(1),
    LimitUnit.WORKING_DAY: Fraction(8),
    LimitUnit.HOUR: Fraction(1, 3),
    LimitUnit.DAY: Fraction(8),
    LimitUnit.WEEK: Fraction(40),
    LimitUnit.MONTH: Fraction(22 * 8),
    LimitUnit.YEAR: Fraction(250 * 8),
}
SAME_DAY = Fraction(8)
BACKWARD = (Action.SEND_BACK,)


def faults_of(flow: Flow, *, roles: Collection[str] = (), whole: Limit | None = None) -> Iterator[Fault]:
    """Yield what is wrong in a flow as a whole; the path begins with the number of the step."""
    yield from _beginning(flow)
    for number, (key, step) in enumerate(flow.steps.items()):
        if roles and step.role and step.role not in roles:
            allowed = ", ".join(sorted(roles))
            yield Fault((number, "role"), f"Không có vai trò “{step.role}”. Chọn một trong: {allowed}.")
        yield from _moves(flow, key, step, number)
    yield from _reach(flow)
    yield from _fits(flow, whole)


def _beginning(flow: Flow) -> Iterator[Fault]:
    intakes = [number for number, step in enumerate(flow.steps.values()) if step.phase == Phase.INTAKE]
    if not flow.steps:
        yield Fault((), "Quy trình chưa có bước nào.")
    elif not intakes:
        yield Fault((0, "phase"), 'Cần một bước tiếp nhận: ghi phase = "intake" ở bước đầu.')
    for number in intakes[1:]:
        yield Fault((number, "phase"), "Chỉ có một bước tiếp nhận (intake); bước này ghi work hoặc result.")
    if flow.steps and not any(step.phase == Phase.RESULT for step in flow.steps.values()):
        yield Fault((len(flow.steps) - 1, "phase"), 'Cần một bước trả kết quả: ghi phase = "result" ở bước cuối.')


def _moves(flow: Flow, key: str, step: Step, number: int) -> Iterator[Fault]:
    if not step.moves:
        yield Fault(
            (number, "moves"), f"Bước “{step.name}” chưa có thao tác nào, hồ sơ sẽ kẹt lại. Thêm [[steps.moves]]."
        )
    for place, move in enumerate(step.moves):
        at = (number, "moves", place)
        if move.to and move.to not in flow.steps and move.to not in ENDS:
            yield Fault((*at, "to"), f"Không có bước “{move.to}”. Các bước: {', '.join(flow.steps)}.")
            continue
        yield from _sense(flow, key, step, move, at)


def _sense(flow: Flow, key: str, step: Step, move: Move, at: tuple[str | int, ...]) -> Iterator[Fault]:
    """Yield what is wrong with one move that leads somewhere."""
    if (move.action == Action.ACCEPT) != (step.phase == Phase.INTAKE) and move.action == Action.ACCEPT:
        yield Fault((*at, "action"), 'Chỉ tiếp nhận (accept) ở bước tiếp nhận (phase = "intake").')
    if move.action == Action.HAND_OVER and (step.phase != Phase.RESULT or move.to != End.HANDED_OVER):
        yield Fault((*at, "action"), 'Trả kết quả (hand_over) chỉ ở bước phase = "result" và to = "handed_over".')
    if move.to == End.HANDED_OVER and move.action != Action.HAND_OVER:
        yield Fault((*at, "to"), "Chỉ thao tác hand_over kết thúc bằng handed_over.")
    if move.to == End.WITHDRAWN:
        yield Fault((*at, "to"), "Rút hồ sơ là việc của người nộp, lúc nào cũng được; không ghi vào quy trình.")
    if move.to not in flow.steps:
        return
    back = flow.order(move.to) < flow.order(key)
    if move.action == Action.SEND_BACK and not back:
        yield Fault((*at, "to"), "Trả lại (send_back) chỉ về một bước đứng trước.")
    if move.action != Action.SEND_BACK and back:
        yield Fault((*at, "to"), "Đi ngược quy trình thì dùng send_back, để người trước biết lý do.")
    if move.action.nature.leaves and move.to == key:
        yield Fault((*at, "to"), f"Thao tác “{move.label}” phải sang bước khác.")


def _reach(flow: Flow) -> Iterator[Fault]:
    if not any(step.phase == Phase.INTAKE for step in flow.steps.values()):
        return
    reached = _closure(flow, flow.start.key)
    ends = {key for key in flow.steps if any(move.to in ENDS for move in flow.steps[key].moves)}
    for number, (key, step) in enumerate(flow.steps.items()):
        if key not in reached:
            yield Fault(
                (number, "key"), f"Không bước nào dẫn tới “{step.name}”. Thêm thao tác dẫn tới, hoặc bỏ bước này."
            )
        elif ends.isdisjoint(_closure(flow, key)):
            yield Fault((number, "moves"), f"Từ bước “{step.name}” không đi tới kết thúc nào.")
    handed = any(move.to == End.HANDED_OVER for key in reached for move in flow.steps[key].moves)
    if flow.steps and not handed:
        yield Fault((len(flow.steps) - 1, "moves"), "Không có đường nào tới trả kết quả (hand_over → handed_over).")


def _closure(flow: Flow, start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for move in flow.steps[waiting.pop()].moves:
            if move.to in flow.steps and move.to not in seen:
                seen.add(move.to)
                waiting.append(move.to)
    return seen


def _fits(flow: Flow, whole: Limit | None) -> Iterator[Fault]:
    if whole is None or not flow.steps:
        return
    allowed, taken = hours_of(whole), longest(flow)
    if taken > allowed:
        yield Fault(
            (len(flow.steps) - 1, "limit"),
            f"Cộng thời hạn các bước được {_said(taken)} giờ làm việc, nhiều hơn thời hạn của thủ tục ({whole}, "
            f"tức {_said(allowed)} giờ làm việc).",
        )


def longest(flow: Flow) -> Fraction:
    """Return the working hours of the longest way forward, by the limits of its steps (8 hours a day)."""
    total: dict[str, Fraction] = {}
    for key in reversed(list(flow.steps)):
        step = flow.steps[key]
        onward = [
            total[move.to]
            for move in step.moves
            if move.to in total and move.action.nature.leaves and move.action not in BACKWARD
        ]
        own = hours_of(step.limit) if step.limit else Fraction(0)
        total[key] = own + max(onward, default=Fraction(0))
    return max(total.values(), default=Fraction(0))


def hours_of(limit: Limit) -> Fraction:
    """Return a limit in working hours, for comparing only: 8 a day, 22 days a month; the same day is 8."""
    return limit.amount * HOURS[limit.unit] or SAME_DAY


def _said(hours: Fraction) -> str:
    return f"{float(hours):g}".replace(".", ",")
