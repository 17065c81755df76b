"""What happens to a case that somebody handed in from home, told by the data of the demo."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations.resulting import attach_result
from lienthong.cases.operations.writing import step_of
from lienthong.files.operations import receive
from lienthong.kernel.clock import local_date
from lienthong.online.operations import own
from lienthong.online.operations.submitting import submit_filling
from lienthong.payments import gateways
from lienthong.payments.operations import sandbox
from lienthong.payments.operations.asking import ask
from lienthong.site.demo.cases import Town, collect, move_on
from lienthong.site.demo.citizens import Person, Writer, open_accounts, photograph
from lienthong.site.demo.content import citizens_file
from lienthong.site.demo.days import Life
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Phase

BANK = "sandbox"
ENDS = ("owes", "digital", "paper")
"""Stories that come as far as the result."""


@dataclass(frozen=True, slots=True)
class Story:
    """One case from home: the town it happens in, who hands it in, what the data tell of it."""

    town: Town
    writer: Writer
    person: Person
    entry: dict[str, Any]

    @property
    def rng(self) -> random.Random:
        """Chance of its own."""
        return self.writer.rng


def begin_online(town: Town) -> int:
    """Open the accounts and let every story begin on its day before the present; returns how many there are."""
    rng = random.Random(63)  # noqa: S311 - invented data, the same every time
    writer = Writer(rng)
    mine = Town(town.days, town.counters, writer.names, rng, {})
    entries = citizens_file()["stories"]
    people: dict[str, Person] = {}
    first = working_day(town, max(one["days_ago"] for one in entries))
    town.days.begin(_opening(people), town.days.day_start(first), rng=rng)
    for number, entry in enumerate(entries):
        start = town.days.day_start(working_day(town, entry["days_ago"]))
        at = start + dt.timedelta(minutes=95 + 7 * number)
        town.days.begin(_told(mine, writer, people, entry), at, rng=rng)
    return len(entries)


def _opening(people: dict[str, Person]) -> Life:
    at = yield 0
    people.update(open_accounts(at=at))


def _told(town: Town, writer: Writer, people: dict[str, Person], entry: dict[str, Any]) -> Life:
    at = yield 0
    yield from story_life(Story(town, writer, people[entry["account"]], entry), at)


def working_day(town: Town, ago: int) -> dt.date:
    """Return the working day so many before the day of the present."""
    day = local_date(town.days.until)
    for _ in range(ago):
        day -= dt.timedelta(days=1)
        while not town.days.calendar.is_working_day(day):
            day -= dt.timedelta(days=1)
    return day


def story_life(story: Story, at: dt.datetime) -> Life:
    """Fill in a draft, hand it in, and live the case as far as the story goes."""
    filling = story.writer.draft(story.person, story.entry, at)
    goes = story.entry["goes"]
    if filling is None or goes == "draft":
        return
    at = yield 0.2
    case = submit_filling(story.writer.complete(filling, story.person, at=at), at=at)
    if goes == "new":
        return
    at = yield 0.6
    case = operations.act(case, "accept", actor=story.town.counters.holder_of(case), at=at)
    yield from _goes_on(story, case)


def _goes_on(story: Story, case: Case) -> Life:
    goes = story.entry["goes"]
    if story.entry.get("talk"):
        yield from _talk(story, case)
    elif goes == "withdrawn":
        at = yield 3
        operations.withdraw(case, reason=story.entry["reason"], actor=None, at=at)
    elif goes == "supplement":
        yield from _asked(story, case)
    elif goes in ENDS:
        yield from _to_the_end(story, case)


def _talk(story: Story, case: Case) -> Life:
    """Write to each other; each side opens what the other wrote, but for the last."""
    name = story.person.who["name"]
    for turn in citizens_file()["talks"]:
        at = yield 1
        operations.read_messages(case, actor=None, at=at)
        own.talk(case, text=turn["says"], key=story.writer.key(), files=[], author=name, at=at)
        if "answer" in turn:
            at = yield 2
            holder = story.town.counters.holder_of(case)
            operations.read_messages(case, actor=holder, at=at)
            operations.write_message(case, text=turn["answer"], key=story.writer.key(), actor=holder, at=at)


def _asked(story: Story, case: Case) -> Life:
    """Bring a case to the step that may ask for more, and let it ask."""
    while True:
        at = yield 1
        holder = story.town.counters.holder_of(case)
        operations.take(case, actor=holder, at=at)
        case.refresh_from_db()
        if step_of(case).move(Action.REQUEST_SUPPLEMENT) is not None:
            break
        case = move_on(story.town, case, holder, at)
    paper = case.papers.filter(key__in=("dat", "ban_ve")).order_by("-order" if "vẽ" in story.entry["ask"] else "order")
    operations.request_supplement(case, papers={paper[0].key: story.entry["ask"]}, actor=holder, at=at)


def _to_the_end(story: Story, case: Case) -> Life:
    """Bring a case to its result; hand it over where nothing is owed any more."""
    yield from _paid(story, case)
    while step_of(case).phase != Phase.RESULT:
        at = yield 1.2
        case.refresh_from_db()
        holder = story.town.counters.holder_of(case)
        operations.take(case, actor=holder, at=at)
        case = move_on(story.town, case, holder, at)
    if story.entry["goes"] == "owes":
        return
    at = yield 1
    holder = story.town.counters.holder_of(case)
    operations.take(case, actor=holder, at=at)
    case.refresh_from_db()
    if story.entry["goes"] == "digital":
        _scan(case, holder, at)
    collect(case, holder, "", at)
    at = yield 0.5
    operations.hand_over(case, receiver=case.applicant.name, actor=holder, at=at)
    yield from _afterwards(story, case)


def _scan(case: Case, holder: Any, at: dt.datetime) -> None:
    row = case.results.get()
    pdf = photograph(row.name, [f"Số: {row.symbol}", f"Cấp cho: {case.applicant.name}", f"Người ký: {row.signer}"])
    attach_result(row, receive([pdf], name="ket-qua.pdf", actor=holder, at=at), actor=holder, at=at)


def _afterwards(story: Story, case: Case) -> Life:
    """Rate, or complain and be answered by the leader of the agency."""
    at = yield 3
    if level := story.entry.get("stars"):
        operations.rate(case, level=level, at=at)
    if text := story.entry.get("complaint"):
        name = story.person.who["name"]
        row = operations.complain(case, text=text, key=story.writer.key(), author=name, at=at)
        at = yield 9
        leader = story.town.counters.by_unit[row.agency_id][0]
        operations.answer_complaint(row, text=story.entry["answer"], actor=leader, at=at)


def _paid(story: Story, case: Case) -> Life:
    """Pay the fee: at the desk, through the bank of the demo at once, or so that the bank says so only the next day."""
    how = story.entry["paid"]
    at = yield 0.3
    if how == "none":
        return
    if how == "desk" or gateways.named(BANK) is None:
        desk = story.town.counters.by_unit[case.receiving_unit_id][0]
        collect(case, desk, "", at)
        return
    payment = own.pay(case, gateway=BANK, key=story.writer.key(), at=at)
    gateway = gateways.named(BANK)
    assert gateway is not None  # noqa: S101 - asked above
    if how == "late":
        at = yield 2
        ask(payment.pk, at=at)
        at = yield 8
    query = gateway.address(payment, back="/", notify="").partition("?")[2]
    sandbox.press(sandbox.open_order(query.encode(), at=at), "pay", at=at)
