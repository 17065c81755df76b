"""The units of the province, its people, their accounts."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lienthong.documents.models import Book
from lienthong.documents.operations.registration import open_book
from lienthong.identity.operations import mark_as_demo
from lienthong.identity.operations.accounts import open_account
from lienthong.kernel.clock import at_local
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.operations import add_officer, appoint, found_unit, give_code, grant_signing_authority
from lienthong.organisation.queries import actor_for
from lienthong.outgoing.models.book import Scope
from lienthong.outgoing.operations.books import open_outgoing_book
from lienthong.site.demo.content import invented_names, province_file

FOUNDED = dt.date(2011, 7, 1)
PASSWORD = "binh-thuan-2014"  # noqa: S105 - the demo's, printed in the banner; demo data are invented
SHOWN = (
    "stttt.vanthu", "stttt.lanhdao1", "stttt.truong2", "stttt.chuyenvien2a", "stttt.chuyenvien2b", "ubnd.vanthu",
    "ubnd.lanhdao1", "chanhvanphong", "phanthiet.lanhdao1", "tuyphong.vanthu", "syt.vanthu", "quantri",
    "phanthiet.motcua1", "phanthiet.chuyenvien3a", "xa22915.motcua1", "xa22915.tuphap",
)  # fmt: skip
"""The accounts that have a password, printed in the banner; the others are entered by the demo's switcher."""
DISTRICT_DIVISIONS = [["Phòng Văn hóa và Thông tin", "Phòng VHTT"], ["Văn phòng HĐND và UBND", "Văn phòng"]]


@dataclass(slots=True)
class Division:
    """A part of an office: its unit, its head, its specialists."""

    unit: Unit
    head: Actor
    specialists: list[Actor]
    office: Office


@dataclass(slots=True)
class Office:
    """An agency at work: its book, who keeps it, who leads, its divisions by short name, all other offices by key."""

    unit: Unit
    book: Book
    clerk: Actor
    leaders: list[Actor]
    neighbours: dict[str, Office]
    divisions: dict[str, Division] = field(default_factory=dict)


@dataclass(slots=True)
class Province:
    """Every office by its key, everybody in it, and their accounts."""

    offices: dict[str, Office] = field(default_factory=dict)
    accounts: list[dict[str, str]] = field(default_factory=list)
    people: list[Actor] = field(default_factory=list)


class Founder:
    """Founds the province; everything before its first document happens on the day before ``start``."""

    def __init__(self, rng: random.Random, *, start: dt.date) -> None:
        self.names: Iterator[str] = invented_names(rng)
        self.on = start
        self.at = at_local(start - dt.timedelta(days=1), dt.time(9))
        self.province = Province()
        self.order = 0

    def found(self) -> Province:
        """Found the committee, its office, departments, districts and some communes, with their people."""
        mark_as_demo(at=self.at)
        data = province_file()
        committee = data["committee"]
        top = self.unit("province_committee", committee, None, is_agency=True)
        give_code(top, kind="edoc", code=committee["code"], valid_from=FOUNDED, actor=None, at=self.at)
        give_code(top, kind="gso", code=committee["gso"], valid_from=FOUNDED, actor=None, at=self.at)
        office = self.unit("office", data["office"], top)
        self.staff(
            "ubnd", top, clerk_unit=office, leader_titles=("Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch"), form="tm"
        )
        head = self.person("chanhvanphong", office, "Chánh Văn phòng", "office_head")
        self.person("quantri", office, "Quản trị hệ thống", "administrator")
        self.divide("ubnd", office, data["office"]["divisions"])
        self.province.offices["ubnd"].leaders.append(head)
        for entry in data["departments"]:
            self.department(entry, top)
        for entry in data["districts"]:
            self.district(entry, top)
        return self.province

    def department(self, entry: dict[str, Any], top: Unit) -> None:
        """Found a department with its divisions."""
        unit = self.unit("department", entry, top, is_agency=True)
        self.staff(entry["key"], unit, leader_titles=("Giám đốc", "Phó Giám đốc"), form="own")
        self.divide(entry["key"], unit, entry["divisions"] or [["Văn phòng Sở", "Văn phòng Sở"]])

    def district(self, entry: dict[str, Any], top: Unit) -> None:
        """Found a district with its divisions and the communes that the data name."""
        unit = self.unit("district", entry, top, is_agency=True)
        give_code(unit, kind="gso", code=entry["gso"], valid_from=FOUNDED, actor=None, at=self.at)
        self.staff(entry["key"], unit, leader_titles=("Chủ tịch", "Phó Chủ tịch"), form="tm")
        self.divide(entry["key"], unit, DISTRICT_DIVISIONS)
        for name, short, code in entry["communes"]:
            commune = self.unit("commune", {"name": name, "short": short}, unit, is_agency=True)
            give_code(commune, kind="gso", code=code, valid_from=FOUNDED, actor=None, at=self.at)
            self.staff(f"xa{code}", commune, leader_titles=("Chủ tịch",), form="tm")

    def unit(self, kind: str, entry: dict[str, Any], parent: Unit | None, *, is_agency: bool = False) -> Unit:
        """Found one unit."""
        self.order += 1
        return found_unit(
            kind=kind,
            name=entry["name"],
            short_name=entry["short"],
            parent=parent,
            is_agency=is_agency,
            symbol=entry.get("symbol", "UBND" if is_agency else ""),
            order=self.order,
            valid_from=FOUNDED,
            actor=None,
            at=self.at,
        )

    def staff(
        self, key: str, unit: Unit, *, leader_titles: tuple[str, ...], form: str, clerk_unit: Unit | None = None
    ) -> None:
        """Appoint the leaders and the clerk of an agency, give them their signatures, and open its book."""
        leaders = []
        for rank, title in enumerate(leader_titles):
            leader = self.person(f"{key}.lanhdao{rank + 1}", unit, title, "leader", order=10 + rank)
            signs = form if rank == 0 else "kt"
            grant_signing_authority(leader.post, unit=unit, form=signs, valid_from=FOUNDED, actor=None, at=self.at)
            leaders.append(leader)
        clerk = self.person(f"{key}.vanthu", clerk_unit or unit, "Văn thư", "clerk", order=60)
        book = open_book(unit, name="Sổ văn bản đến", is_default=True, actor=None, at=self.at)
        self.open_outgoing_books(key, unit)
        self.province.offices[key] = Office(unit, book, clerk, leaders, self.province.offices)

    def open_outgoing_books(self, key: str, unit: Unit) -> None:
        """Open the books of what an agency sends: the province's decisions and the department's notices apart."""
        if key == "ubnd":
            open_outgoing_book(unit, name="Sổ quyết định", types=["quyet-dinh"], actor=None, at=self.at)
        open_outgoing_book(unit, name="Sổ văn bản đi", actor=None, at=self.at)
        if key == "stttt":
            open_outgoing_book(unit, name="Sổ văn bản nội bộ", scope=Scope.INTERNAL, actor=None, at=self.at)

    def divide(self, key: str, parent: Unit, divisions: list[list[str]]) -> None:
        """Found the divisions of an agency, each with a head and specialists."""
        for number, (name, short) in enumerate(divisions, 1):
            entry = {"name": name, "short": short, "symbol": symbol_of(short)}
            unit = self.unit("centre" if name.startswith("Trung tâm") else "division", entry, parent)
            title = {"Văn": "Chánh Văn phòng", "Thanh": "Chánh Thanh tra", "Trung": "Giám đốc Trung tâm"}
            head_title = title.get(name.split()[0], "Trưởng phòng")
            head = self.person(f"{key}.truong{number}", unit, head_title, "division_head", order=20)
            specialists = [
                self.person(f"{key}.chuyenvien{number}{letter}", unit, "Chuyên viên", "specialist", order=50)
                for letter in "ab"
            ]
            self.province.offices[key].divisions[short] = Division(unit, head, specialists, self.province.offices[key])

    def person(self, username: str, unit: Unit, title: str, role: str, *, order: int = 90) -> Actor:
        """Add one invented person with an account and a post."""
        name = next(self.names)
        email = f"{username}@example.com"
        password = PASSWORD if username in SHOWN else None
        user = open_account(username=username, email=email, password=password, full_name=name, is_demo=True)
        officer = add_officer(full_name=name, email=email, user=user, actor=None, at=self.at)
        post = appoint(
            officer, unit=unit, title=title, role=role, order=order, valid_from=FOUNDED, actor=None, at=self.at
        )
        self.province.accounts.append(
            {"username": username, "password": PASSWORD, "name": name, "title": title, "unit": unit.short_name}
        )
        person = actor_for(post, on=self.on)
        self.province.people.append(person)
        return person


def symbol_of(short: str) -> str:
    """Return what stands for a division in the symbol of a letter: CNTT, VP, TTr, TH."""
    known = {"Thanh tra Sở": "TTr", "Phòng Tổng hợp": "TH", "Phòng VH-XH": "VX", "Phòng HC-TC": "HCTC"}
    if short in known:
        return known[short]
    if short.startswith("Văn phòng"):
        return "VP"
    return short.removeprefix("Phòng ").replace("TT ", "TT").split("&")[0].replace("Tin học", "TH")
