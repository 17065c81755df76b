"""What happens to a case: handed in, from hand to hand, late or not, back to the applicant."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lienthong.applicants.models import Applicant
from lienthong.applicants.operations import enter
from lienthong.applicants.particulars import Particulars
from lienthong.calendars.limits import Limit
from lienthong.calendars.queries import working_calendar
from lienthong.cases import operations
from lienthong.cases.lookups import Known
from lienthong.cases.models import Case
from lienthong.cases.operations import Given, Reception
from lienthong.cases.operations.writing import step_of
from lienthong.fields.kind import Context
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.payments.models import Charge
from lienthong.payments.operations.desk import pay_at_desk
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.queries import published
from lienthong.site.demo.content import cases_file
from lienthong.site.demo.days import Days, Life
from lienthong.site.demo.desks import Counters, Desk
from lienthong.site.demo.filling import Filler
from lienthong.site.demo.opinions import may_rate
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Need, Phase

ONWARD = (Action.FORWARD, Action.PROPOSE, Action.SIGN)
HOURS_A_DAY = 8
BUSY_DAYS = 18
"""For so many days before the present more people come, so that every desk has cases in hand."""


@dataclass(slots=True)
class Town:
    """In which cases are lived: time, counters, the names of invented people, those who came before."""

    days: Days
    counters: Counters
    names: Iterator[str]
    rng: random.Random
    known: dict[str, list[Applicant]]
    opinions: random.Random = field(default_factory=lambda: random.Random(62))  # noqa: S311 - invented data

    def word(self, kind: str) -> str:
        """Return a sentence of one kind."""
        return str(self.rng.choice(cases_file()["words"][kind]))


def begin_cases(days: Days, counters: Counters, names: Iterator[str], *, since: dt.date) -> tuple[Town, int]:
    """Let people come to every desk on every working day; returns their town and how many come."""
    rng = random.Random(61)  # noqa: S311 - invented data, the same every time
    town = Town(days, counters, names, rng, {})
    come = 0
    for offset in range((local_date(days.until) - since).days + 1):
        day = since + dt.timedelta(days=offset)
        if not days.calendar.is_working_day(day):
            continue
        for entry in cases_file()["rhythms"]:
            for office in entry["offices"]:
                share = entry["a_day"] * (2.5 if (local_date(days.until) - day).days < BUSY_DAYS else 1)
                if rng.random() < share and published(entry["procedure"], day) is not None:
                    at = days.opening(days.day_start(day) + dt.timedelta(minutes=rng.randrange(5, 500)))
                    days.begin(case_life(town, counters.desks[office], entry["procedure"]), at)
                    come += 1
    return town, come


def case_life(town: Town, desk: Desk, code: str) -> Life:
    """Hand a case in and live it to its end, or to the present."""
    at = yield 0
    version = published(code, local_date(at))
    if version is None:
        return
    officer = town.rng.choice(desk.officers)
    reception = reception_of(town, desk, version, officer, at)
    if town.rng.random() < 0.06:
        case = operations.submit(reception, actor=officer, at=at)
        at = yield town.rng.uniform(0.5, 3)
        if town.rng.random() < 0.4:
            operations.act(case, "decline", reason=town.word("decline"), actor=officer, at=at)
            return
        case = operations.act(case, "accept", actor=officer, at=at)
    else:
        case = operations.receive(reception, actor=officer, at=at)
    collect(case, officer, "at_receipt", at)
    yield from _worked_on(town, case, officer)


def reception_of(town: Town, desk: Desk, version: ProcedureVersion, officer: Actor, at: dt.datetime) -> Reception:
    """Return what somebody of the desk's communes hands in."""
    definition, rng = version.definition, town.rng
    commune = rng.choice(desk.communes)
    applicant = _applicant(town, definition.subjects[0], commune, officer, at)
    facts = {"channel": "counter", "subject": applicant.kind, "case_kind": ""}
    context = Context(local_date(at), facts, Known())
    raw = Filler(rng, town.names, commune=commune, context=context).fill(definition.form.fields)
    values = definition.form.check(raw, context=context, whole=False).values
    papers = {one.key: Given(one.originals, one.copies) for one in definition.papers_for(values, facts) if one.required}
    return Reception(
        version, applicant, desk.unit, uuid.UUID(int=rng.getrandbits(128), version=4), values=raw,
        papers={key: given if given.is_something else Given(1) for key, given in papers.items()},
        channel="post" if rng.random() < 0.04 else "counter",
    )  # fmt: skip


def _applicant(town: Town, kind: str, commune: str, officer: Actor, at: dt.datetime) -> Applicant:
    rng, before = town.rng, town.known.setdefault(f"{kind}{commune}", [])
    if before and rng.random() < 0.3:
        return rng.choice(before)
    is_company = kind != "citizen"
    name = f"{rng.choice(cases_file()['texts']['company'])} {len(before) + 1}" if is_company else next(town.names)
    paper = {} if is_company else {"paper_kind": "cmnd", "paper_number": f"26{rng.randrange(10**7):07}"}
    said = Particulars(
        kind, name, phone=f"09{rng.randrange(10**8):08}", commune_code=commune,
        street=rng.choice(cases_file()["texts"]["street"]), **paper,
    )  # fmt: skip
    before.append(enter(said, actor=officer, at=at))
    return before[-1]


def _worked_on(town: Town, case: Case, officer: Actor) -> Life:
    """Take a case through its flow; each step within its limit mostly, sometimes past it."""
    rng, troubles = town.rng, _troubles(town.rng)
    while True:
        step = step_of(case)
        haste = 0.12 if is_same_day(case) and "late" not in troubles else 1
        at = yield _waits(rng, step.limit, late="late" in troubles) * 0.3 * haste
        holder = town.counters.holder_of(case)
        operations.take(case, actor=holder, at=at)
        if step.phase == Phase.RESULT:
            break
        at = yield _waits(rng, step.limit, late="late" in troubles) * 0.7 * haste
        trouble = troubles & {action.value for action in (one.action for one in step.moves)}
        if trouble:
            troubles -= trouble
            ended = yield from _trouble(town, case, min(trouble), officer, at)
            if ended:
                return
            case.refresh_from_db()
            continue
        if "withdraw" in troubles:
            operations.withdraw(case, reason=town.word("withdraw"), actor=officer, at=at)
            return
        _apologise(town, case, holder, at)
        case = move_on(town, case, holder, at)
    at = yield rng.uniform(0.3, 14)
    collect(case, officer, "", at)
    operations.hand_over(case, receiver=case.applicant.name, actor=town.counters.holder_of(case), at=at)
    may_rate(town.days, town.opinions, case, at)


def is_same_day(case: Case) -> bool:
    """Tell whether a case is to be done on the day on which it came."""
    return case.due_at is not None and local_date(case.due_at) == local_date(case.submitted_at)


def _troubles(rng: random.Random) -> set[str]:
    shares = {"late": 0.08, "request_supplement": 0.08, "decline": 0.02, "send_back": 0.04, "suspend": 0.1,
              "withdraw": 0.01}  # fmt: skip
    return {name for name, share in shares.items() if rng.random() < share}


def _waits(rng: random.Random, limit: Limit | None, *, late: bool) -> float:
    """Return the working hours that a step takes: a part of its limit, or more than all of it."""
    if limit is None or not limit.amount:
        return rng.uniform(0.2, 1.5)
    a_unit = 1 if "hour" in limit.unit.value else HOURS_A_DAY
    share = rng.uniform(1.1, 1.9) if late and rng.random() < 0.5 else rng.uniform(0.15, 0.85)
    return float(limit.amount) * a_unit * share


def _trouble(town: Town, case: Case, what: str, officer: Actor, at: dt.datetime) -> Any:
    """Do what holds a case up; whether it ended by it."""
    holder = town.counters.holder_of(case)
    if what == "request_supplement":
        paper = case.papers.order_by("order").first()
        papers = {paper.key: town.word("supplement")} if paper else {}
        operations.request_supplement(case, papers=papers, text="" if paper else "Bổ sung", actor=holder, at=at)
        at = yield town.rng.uniform(6, 40)
        given = {paper.key: Given(max(paper.originals, 1))} if paper else {}
        operations.supply(case, papers=given, text="" if paper else "Đã bổ sung", actor=officer, at=at)
    elif what == "suspend":
        operations.suspend(case, kind="payment", reason=town.word("suspend"), actor=holder, at=at)
        at = yield town.rng.uniform(8, 30)
        operations.resume(case, actor=holder, at=at)
    elif what == "send_back":
        move = step_of(case).move(Action.SEND_BACK)
        assert move is not None  # noqa: S101 - the caller looked
        operations.act(case, "send_back", to=move.to, reason=town.word("send_back"), actor=holder, at=at)
    else:
        operations.act(case, "decline", reason=town.word("decline"), actor=holder, at=at)
        return True
    return False


def _apologise(town: Town, case: Case, holder: Actor, at: dt.datetime) -> None:
    """Apologise where a case will hardly be done in time, mostly."""
    promised = case.promised_at
    if (
        promised is None
        or is_same_day(case)
        or not at < promised < at + dt.timedelta(hours=20)
        or town.rng.random() < 0.3
    ):
        return
    if step_of(case).phase != Phase.WORK or case.version.definition.flow.order(case.step) > 1:
        return
    day = local_date(promised) + dt.timedelta(days=3)
    while not working_calendar(case.receiving_agency, day).hours_on(day):
        day += dt.timedelta(days=1)
    try:
        operations.apologise(case, reason=town.word("apology"), until=day, actor=holder, at=at)
    except Refusal:
        return  # said once already


def move_on(town: Town, case: Case, holder: Actor, at: dt.datetime) -> Case:
    """Move a case to its next step, with the result that the step asks for."""
    move = next(one for one in step_of(case).moves if one.action in ONWARD)
    facts = {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}
    results = case.version.definition.results_for(case.values, facts)
    if Need.RESULT in move.needs:
        operations.write_result(case, results[0].key, actor=holder, at=at)
    elif Need.SIGNED_RESULT in move.needs:
        symbol = f"{town.rng.randint(1, 900)}/{at.year}"
        signer = holder.officer.full_name
        elsewhere = bool(results[0].document_type)
        operations.write_result(
            case, results[0].key, symbol=symbol, signer=signer, elsewhere=elsewhere, actor=holder, at=at
        )
    return operations.act(case, move.action, to=move.to, actor=holder, at=at)


def collect(case: Case, officer: Actor, due: str, at: dt.datetime) -> None:
    """Take the money that is due, or all that is left."""
    rows = Charge.objects.of(case.subject).owed().select_related("unit", "agency").order_by("pk")
    charges = [one for one in rows if due in ("", one.due)]
    if charges:
        pay_at_desk(charges, payer=case.applicant.name, key=f"demo:{case.pk}:{due}", actor=officer, at=at)
