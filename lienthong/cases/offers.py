"""What an officer may do with a case now: the moves of its step, and what stands beside any flow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from lienthong.cases import policies
from lienthong.cases.models import Case
from lienthong.cases.operations.stepping import LEAVING
from lienthong.cases.operations.writing import step_of
from lienthong.cases.places import DECIDING
from lienthong.cases.queries.needs import NO_RESULT, unmet
from lienthong.organisation.actor import Actor
from lienthong.workflow.actions import Action, Reason
from lienthong.workflow.flow import Move, Phase

PAGES = {
    Action.REQUEST_SUPPLEMENT: "cases:supplement",
    Action.SUSPEND: "cases:suspension",
    Action.EXTEND: "cases:extension",
    Action.HAND_OVER: "cases:hand_over",
    Action.CONSULT: "cases:consult",
}
ICONS = {
    "accept": "circle-check",
    "forward": "send",
    "propose": "send",
    "sign": "signature",
    "send_back": "arrow-back",
    "decline": "ban",
    "request_supplement": "file-plus",
    "suspend": "player-pause",
    "extend": "calendar-due",
    "consult": "message-question",
    "hand_over": "checks",
}
MAKING = ("draft", "result")
"""What makes a result."""
MAIN = ("accept", "propose", "forward", "sign", "hand_over")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do: its words, its page; ``is_quick``: done from the record itself, with a note at most.

    ``missing`` says what must be there first.
    """

    key: str
    label: str
    icon: str
    url: str
    to: str = ""
    is_main: bool = False
    is_quick: bool = False
    missing: tuple[str, ...] = ()


def offers(actor: Actor, case: Case, at: dt.datetime) -> list[Offer]:
    """Return what the actor may do with a case, the likely things first (a query for each need of a move).

    Where a move waits for a result, making one is the likely thing: it stands before the move.
    """
    found = [*_moves(actor, case), *_beside(actor, case, at)]
    if any(NO_RESULT in one.missing for one in found):
        maker = next((one for one in found if one.key in MAKING), None)
        if maker is not None:
            found = [replace(maker, is_main=True), *(one for one in found if one is not maker)]
    return sorted(found, key=lambda one: not one.is_main)


def _moves(actor: Actor, case: Case) -> Iterator[Offer]:
    if not policies.can_act(actor, case) or case.paused_at is not None or case.status == Case.Status.SUPPLEMENT:
        return
    for move in step_of(case).moves:
        action = move.action.value
        if action in LEAVING:
            yield _leaving(case, move)
        elif move.action in PAGES:
            url = reverse(PAGES[move.action], args=[case.pk])
            missing = tuple(unmet(case, move))
            yield Offer(action, move.label, ICONS.get(action, "edit"), url, is_main=action in MAIN, missing=missing)


def _leaving(case: Case, move: Move) -> Offer:
    action = move.action.value
    url = f"{reverse('cases:move', args=[case.pk, action])}?to={move.to}"
    quick = move.reason != Reason.REQUIRED
    return Offer(
        f"{action}-{move.to}", move.label, ICONS.get(action, "send"), url, move.to, is_main=action in MAIN,
        is_quick=quick, missing=tuple(unmet(case, move)),
    )  # fmt: skip


def _beside(actor: Actor, case: Case, at: dt.datetime) -> Iterator[Offer]:
    def page(name: str) -> str:
        return reverse(f"cases:{name}", args=[case.pk])

    if policies.can_supply(actor, case):
        yield Offer("supply", "Nhận bổ sung", "file-import", page("supply"), is_main=True)
    if policies.can_act(actor, case):
        yield from _in_hand(case, at)
    if step_is_work(case) and policies.can_act(actor, case) and case.paused_at is None:
        yield Offer("pass_on", "Chuyển đúng thẩm quyền", "route", page("pass_on"))
    if policies.can_assign(actor, case):
        yield Offer("officer", "Phân công", "user-plus", page("officer"))
    if policies.can_correct(actor, case):
        yield Offer("correct", "Sửa người nộp, liên hệ", "user-edit", page("correct"))
    if policies.can_withdraw(actor, case):
        yield Offer("withdraw", "Rút hồ sơ", "arrow-back-up", page("withdraw"))


def step_is_work(case: Case) -> bool:
    """Tell whether a case that was received is being worked on by an agency that another might stand in for."""
    known = case.received_at is not None and step_of(case).phase == Phase.WORK
    return known and case.version.definition.competence.level in DECIDING


def _in_hand(case: Case, at: dt.datetime) -> Iterator[Offer]:
    if case.paused_at is not None and case.status != Case.Status.SUPPLEMENT:
        yield Offer(
            "resume", "Tiếp tục", "player-play", reverse("cases:resumption", args=[case.pk]), is_main=True,
        )  # fmt: skip
    if step_of(case).phase == Phase.WORK and case.version.definition.results:
        if any(one.document_type for one in case.version.definition.results):
            yield Offer("draft", "Soạn văn bản kết quả", "file-pencil", reverse("cases:result_draft", args=[case.pk]))
        yield Offer("result", "Ghi kết quả", "certificate", reverse("cases:result", args=[case.pk]))
    if case.promised_at is not None and case.promised_at > at and case.finished_at is None:
        yield Offer("apology", "Xin lỗi, hẹn lại", "calendar-due", reverse("cases:apology", args=[case.pk]))
