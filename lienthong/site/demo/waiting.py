"""The newest cases of the demo lie where somebody finds them: every role has something to do."""

from __future__ import annotations

import datetime as dt

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations.writing import step_of
from lienthong.kernel.clock import local_date
from lienthong.procedures.queries import published
from lienthong.site.demo.cases import Town, collect, move_on, reception_of
from lienthong.site.demo.content import cases_file
from lienthong.site.demo.days import Life
from lienthong.site.demo.desks import Desk
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Phase


def begin_waiting(town: Town) -> int:
    """Let the newest cases lie where somebody finds them at the present: whoever looks has something to do."""
    for entry in cases_file()["waiting"]:
        day = local_date(town.days.until)
        for _ in range(entry["days_ago"]):
            day = _working_day_before(town, day)
        at = town.days.opening(town.days.day_start(day) + dt.timedelta(minutes=entry["minutes"]))
        desk = town.counters.desks[entry["office"]]
        town.days.begin(waiting_life(town, desk, entry["procedure"], entry["at"]), at)
    return len(cases_file()["waiting"])


def _working_day_before(town: Town, day: dt.date) -> dt.date:
    day -= dt.timedelta(days=1)
    while not town.days.calendar.is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def waiting_life(town: Town, desk: Desk, code: str, where: str) -> Life:
    """Hand a case in and take it quickly to where it waits at the present.

    ``where``: new (not yet looked at), work (at its first step of work), supplement (asked for), sign, result.
    """
    at = yield 0
    version = published(code, local_date(at))
    assert version is not None  # noqa: S101 - data of the demo, tested
    officer = town.rng.choice(desk.officers)
    reception = reception_of(town, desk, version, officer, at)
    if where == "new":
        operations.submit(reception, actor=officer, at=at)
        return
    case = operations.receive(reception, actor=officer, at=at)
    collect(case, officer, "at_receipt", at)
    while not _is_at(case, where):
        at = yield 0.2
        holder = town.counters.holder_of(case)
        operations.take(case, actor=holder, at=at)
        case = move_on(town, case, holder, at)
    if where == "supplement":
        at = yield 0.2
        _ask_for_more(town, case, at)


def _ask_for_more(town: Town, case: Case, at: dt.datetime) -> None:
    paper, holder = case.papers.order_by("order").first(), town.counters.holder_of(case)
    asked = {paper.key: town.word("supplement")} if paper else {}
    operations.request_supplement(case, papers=asked, text="" if paper else "Bổ sung", actor=holder, at=at)


def _is_at(case: Case, where: str) -> bool:
    step = step_of(case)
    return {
        "supplement": step.move(Action.REQUEST_SUPPLEMENT) is not None,
        "work": step.phase == Phase.WORK,
        "sign": step.move(Action.SIGN) is not None,
        "result": step.phase == Phase.RESULT,
    }.get(where, False)
