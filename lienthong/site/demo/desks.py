"""The one-stop desks of the demo: their units and people, who handles which sector, under which codes cases go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lienthong.cases.models import Case
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.operations import give_code
from lienthong.procedures.models import Sector
from lienthong.procedures.operations import set_competence
from lienthong.site.demo.content import cases_file
from lienthong.site.demo.province import FOUNDED, Division, Founder, symbol_of


@dataclass(slots=True)
class Desk:
    """A counter: its unit, its officers, the communes of its area by their codes."""

    unit: Unit
    officers: list[Actor]
    communes: list[str]


@dataclass(slots=True)
class Counters:
    """Every desk by the key of its office, and everybody who may hold a case, by post and by unit."""

    desks: dict[str, Desk] = field(default_factory=dict)
    by_post: dict[int, Actor] = field(default_factory=dict)
    by_unit: dict[int, list[Actor]] = field(default_factory=lambda: defaultdict(list))

    def know(self, people: Iterable[Actor]) -> None:
        """Remember people by their posts and units; leaders and heads stand before the others of their unit."""
        for person in people:
            self.by_post[person.post.pk] = person
            self.by_unit[person.post.unit_id].append(person)
        for staff in self.by_unit.values():
            staff.sort(key=lambda one: (one.post.role not in ("leader", "division_head", "one_stop_officer"),
                                        one.post.order))  # fmt: skip

    def holder_of(self, case: Case) -> Actor:
        """Return who acts on a case now."""
        if case.holder_post_id is not None:
            return self.by_post[case.holder_post_id]
        assert case.holder_unit_id is not None  # noqa: S101 - an open case lies before somebody
        return self.by_unit[case.holder_unit_id][0]


def found_desks(founder: Founder) -> Counters:
    """Found the desks, appoint their officers, say who handles which sector."""
    counters, province = Counters(), founder.province
    for entry in cases_file()["desks"]:
        counters.desks[entry["office"]] = _desk(founder, entry)
    for entry in cases_file()["handlers"]:
        for key in entry["offices"]:
            _handle(founder, key, entry)
    for sector, key in cases_file()["province_handlers"].items():
        _set(founder, province.offices["ubnd"].unit, sector, province.offices[key].unit, None)
    counters.know(province.people)
    return counters


def _desk(founder: Founder, entry: dict[str, Any]) -> Desk:
    office = founder.province.offices[entry["office"]].unit
    short = office.short_name.removeprefix("UBND ")
    names = {"name": f"Bộ phận Tiếp nhận và Trả kết quả {short}", "short": f"Một cửa {short}", "symbol": "MC"}
    unit = founder.unit("one_stop", names, office)
    give_code(office, kind="case", code=entry["code"], valid_from=FOUNDED, actor=None, at=founder.at)
    officers = [
        founder.person(f"{entry['office']}.motcua{number}", unit, "Cán bộ một cửa", "one_stop_officer", order=70)
        for number in range(1, entry["officers"] + 1)
    ]
    own = office.codes.filter(kind="gso").values_list("code", flat=True)
    below = Unit.objects.filter(parent=office, codes__kind="gso").values_list("codes__code", flat=True)
    everywhere = Unit.objects.filter(kind="commune", codes__kind="gso").values_list("codes__code", flat=True)
    communes = list(below.order_by("codes__code")) if office.kind == "district" else list(own)
    return Desk(unit, officers, communes or list(everywhere.order_by("codes__code")))


def _handle(founder: Founder, key: str, entry: dict[str, Any]) -> None:
    office = founder.province.offices[key]
    if "title" in entry:
        person = founder.person(f"{key}.{entry['username']}", office.unit, entry["title"], "specialist", order=55)
        for sector in entry["sectors"]:
            _set(founder, office.unit, sector, office.unit, person)
        return
    name, short = entry["division"]
    division = office.divisions.get(short) or _division(founder, key, name, short)
    for sector in entry["sectors"]:
        _set(founder, office.unit, sector, division.unit, division.specialists[0])


def _division(founder: Founder, key: str, name: str, short: str) -> Division:
    office = founder.province.offices[key]
    number = len(office.divisions) + 1
    unit = founder.unit("division", {"name": name, "short": short, "symbol": symbol_of(short)}, office.unit)
    head = founder.person(f"{key}.truong{number}", unit, "Trưởng phòng", "division_head", order=20)
    specialist = founder.person(f"{key}.chuyenvien{number}a", unit, "Chuyên viên", "specialist", order=50)
    office.divisions[short] = Division(unit, head, [specialist], office)
    return office.divisions[short]


def _set(founder: Founder, agency: Unit, sector: str, unit: Unit, person: Actor | None) -> None:
    row = Sector.objects.get(key=sector)
    post = person.post if person else None
    set_competence(agency, row, unit=unit, post=post, valid_from=FOUNDED, actor=None, at=founder.at)
