"""The same thing done to several cases: each in its own transaction, each with its own answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lienthong.cases.models import Case
from lienthong.cases.operations import writing
from lienthong.cases.operations.stepping import act, name_officer, take
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Move

MOST = 100
ONWARD = "onward"
TOGETHER = {
    ONWARD: (Action.FORWARD, Action.PROPOSE),
    "accept": (Action.ACCEPT,),
    "forward": (Action.FORWARD,),
    "propose": (Action.PROPOSE,),
    "sign": (Action.SIGN,),
}
"""What may be done to many at once (forwarded or proposed, whichever the step has, is "onward").

A return or a refusal has a reason of its own for each case.
"""
NOT_SEEN = "Không có hồ sơ này, hoặc bạn không được xem."


@dataclass(frozen=True, slots=True)
class Outcome:
    """Kết quả với một hồ sơ: what came of one case; ``problem`` is empty where it was done."""

    pk: int
    code: str
    problem: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return not self.problem


def act_on_all(
    keys: Sequence[int], action: str, *, note: str = "", actor: Actor, at: dt.datetime
) -> list[Outcome]:  # fmt: skip
    """Lead several cases on by the same action, each to where its own flow says; the report keeps the order asked.

    Refuses as a whole only what is never done to many at once, and too many. Of each case whatever ``act`` refuses
    stands in its outcome, and so does a step from which the action leads to several places.
    """
    if action not in TOGETHER:
        raise Refusal("Chỉ tiếp nhận, chuyển, trình, ký duyệt nhiều hồ sơ một lần; việc khác làm ở từng hồ sơ.")

    def one(case: Case) -> None:
        way = _only_way(case, TOGETHER[action])
        act(case, way.action, to=way.to, step=case.step, reason=note, actor=actor, at=at)

    return each(keys, one, actor=actor)


def _only_way(case: Case, actions: Sequence[Action]) -> Move:
    ways = [move for move in writing.step_of(case).moves if move.action in actions]
    if not ways:
        raise Refusal(f"Đang ở bước “{writing.step_of(case).name}”, không có thao tác này.")
    if len(ways) > 1:
        raise Refusal("Bước này chuyển được tới nhiều nơi. Mở hồ sơ để chọn.")
    return ways[0]


def take_all(keys: Sequence[int], *, actor: Actor, at: dt.datetime) -> list[Outcome]:
    """Take several cases in hand."""
    return each(keys, lambda case: take(case, actor=actor, at=at), actor=actor)


def name_officer_for_all(
    keys: Sequence[int], post: Post, *, note: str = "", actor: Actor, at: dt.datetime
) -> list[Outcome]:  # fmt: skip
    """Give several cases of a unit to one of its officers."""
    return each(keys, lambda case: name_officer(case, post, note=note, actor=actor, at=at), actor=actor)


def each(keys: Sequence[int], verb: Callable[[Case], object], *, actor: Actor) -> list[Outcome]:
    """Do something to each of the cases that the actor may see, in its own transaction; nothing undoes the others."""
    wanted = list(dict.fromkeys(keys))
    if not wanted or len(wanted) > MOST:
        raise Refusal(f"Chọn từ 1 đến {MOST} hồ sơ.", field="cases")
    rows = Case.objects.visible_to(actor).filter(pk__in=wanted).select_related("version__procedure__sector")
    seen = {case.pk: case for case in rows.defer("version__text", "values")}
    return [_outcome(pk, seen.get(pk), verb) for pk in wanted]


def _outcome(pk: int, case: Case | None, verb: Callable[[Case], object]) -> Outcome:
    if case is None:
        return Outcome(pk, "", NOT_SEEN)
    try:
        verb(case)
    except Refusal as refused:
        return Outcome(pk, case.code, str(refused))
    return Outcome(pk, case.code)
