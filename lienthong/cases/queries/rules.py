"""The rules of reception in words: what holds today, what comes, what was; and what a new one would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lienthong.cases import entered
from lienthong.cases.cut_offs import cut_off_of_file
from lienthong.cases.models import Case, ReceptionRule
from lienthong.cases.queries.desks import open_desks
from lienthong.cases.reception import Desks, desk_rule_of_file
from lienthong.organisation.models import Unit

Kind = ReceptionRule.Kind
GROUND = (Unit.Kind.COMMUNE, Unit.Kind.DISTRICT)
AGENCIES = (Unit.Kind.PROVINCE_COMMITTEE, Unit.Kind.DEPARTMENT, *GROUND)
NAMED = 4
NOTHING = "Chưa có quy tắc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a rule says of a channel on a day, since when, by what, and who said it ("" where nobody did)."""

    desks: str = ""
    hour: dt.time | None = None
    since: dt.date | None = None
    source: str = ""
    verified: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A channel with its two rules of the day, in words."""

    channel: str
    desks: Said
    desks_words: str
    hour: Said
    hour_words: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a new rule would change for a channel: in words, before and after."""

    channel: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effect:
    """A desk for which something changes: whose cases it takes in besides, and whose no more."""

    desk: Unit
    gains: str
    loses: str


def rule_said(kind: str, channel: str, on: dt.date) -> Said:
    """Return what holds for a channel on a day: what was entered, else what the file says."""
    row = entered.rule_for(kind, channel, on)
    if row is not None:
        return Said(
            desks=row.desks, hour=row.hour, since=row.valid_from, source=row.source, verified=row.is_verified,
            origin="nhập trên màn hình",
        )  # fmt: skip
    if kind == Kind.DESKS:
        rule = desk_rule_of_file(on, channel)
        if rule is None:
            return Said()
        return Said(desks=rule.desks, since=rule.valid_from, source=rule.source, verified=rule.verified, origin="tệp")
    found = cut_off_of_file(on, channel)
    if found is None:
        return Said()
    return Said(hour=found.hour, since=found.valid_from, source=found.source, verified=found.verified, origin="tệp")


def words_of(kind: str, said: Said) -> str:
    """Return a rule in plain words."""
    if kind == Kind.DESKS:
        return str(ReceptionRule.Desks(said.desks).label) if said.desks else NOTHING
    if said.hour is None:
        return "Không có giờ cuối riêng: theo giờ làm việc"
    return f"Nộp từ {said.hour:%H:%M} trở đi tính vào lần mở cửa kế tiếp"


def today_lines(on: dt.date) -> list[Line]:
    """Return every channel with what holds for it on a day."""
    found = []
    for channel, label in Case.Channel.choices:
        desks, hour = rule_said(Kind.DESKS, channel, on), rule_said(Kind.HOUR, channel, on)
        found.append(Line(str(label), desks, words_of(Kind.DESKS, desks), hour, words_of(Kind.HOUR, hour)))
    return found


def changes_of(kind: str, channels: Collection[str], new: Said, on: dt.date) -> list[Change]:
    """Return what a rule would change from a day on, channel by channel."""
    after = words_of(kind, new)
    labels = dict(Case.Channel.choices)
    return [
        Change(str(labels[one]), words_of(kind, rule_said(kind, one, on)), after)
        for one in Case.Channel.values
        if one in channels
    ]


def effects_of(channels: Collection[str], desks: str, on: dt.date) -> list[Effect]:
    """Return for which desks a rule would change something from a day on, and what (two queries)."""
    befores = {rule_said(Kind.DESKS, one, on).desks for one in channels} - {"", desks}
    if not befores or not desks:
        return []
    rows = list(open_desks(on).select_related("parent__parent__parent").order_by("parent__order", "order", "name"))
    agencies = list(Unit.objects.existing(on).filter(kind__in=AGENCIES, is_external=False).order_by("order", "name"))
    found = []
    for desk in rows:
        served = {rule: {one.pk for one in agencies if serves(desk, one, Desks(rule))} for rule in {*befores, desks}}
        before = set().union(*(served[rule] for rule in befores))
        least = set.intersection(*(served[rule] for rule in befores))
        gains = _named([one for one in agencies if one.pk in served[desks] - least], len(agencies))
        loses = _named([one for one in agencies if one.pk in before - served[desks]], len(agencies))
        if gains or loses:
            found.append(Effect(desk, gains, loses))
    return found


def serves(desk: Unit, competent: Unit, rule: Desks) -> bool:
    """Tell whether a rule lets a desk take in what an agency decides, as ``desks_for`` does in the database."""
    if rule == Desks.PROVINCE or desk.parent_id == competent.pk:
        return True
    home = desk.parent
    if rule == Desks.COMPETENT or home is None or home.kind not in GROUND:
        return False
    top = competent.parent_id if competent.kind == Unit.Kind.DEPARTMENT else competent.pk
    return top in (home.parent_id, home.parent.parent_id if home.parent else None)


def _named(agencies: Sequence[Unit], of: int) -> str:
    if not agencies:
        return ""
    if len(agencies) >= of - 1 and of > NAMED:
        return "mọi cơ quan khác trong tỉnh"
    names = ", ".join(one.short_name for one in agencies[:NAMED])
    rest = len(agencies) - NAMED
    return f"{names} và {rest} cơ quan khác" if rest > 0 else names
