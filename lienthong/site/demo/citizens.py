"""The demo's citizens: their accounts, the drafts that they fill in from home, the papers that they photograph."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from lienthong.files.operations import receive
from lienthong.kernel.clock import local_date
from lienthong.kernel.typesetting import typeset
from lienthong.online.claims import Identified
from lienthong.online.models import Citizen, Filling
from lienthong.online.operations import open_account
from lienthong.online.operations.filling import Said, begin, keep, save_contact
from lienthong.online.operations.filling_files import add_file
from lienthong.online.operations.national import link
from lienthong.online.standing import Standing
from lienthong.procedures.queries import published
from lienthong.site.demo.content import citizens_file, invented_names
from lienthong.site.demo.filling import Filler

ISSUER = "https://dinh-danh.example"
"""The national sign-in of the demo: an address that nobody can have."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, and what they type of themselves and of the enterprise they act for."""

    account: Citizen
    who: dict[str, str]
    firm: dict[str, str]


def open_accounts(*, at: dt.datetime) -> dict[str, Person]:
    """Open the accounts of the data, marked as invented; one of them has proved who they are."""
    people = {}
    for entry in citizens_file()["accounts"]:
        who = dict(entry["who"])
        phone, email = entry.get("phone", ""), entry.get("email", "")
        account = open_account(
            phone=phone, email="" if phone else email, name=who["name"], is_demo=True, at=at
        )  # fmt: skip
        if "number" in entry:
            link(account, _identified(entry), at=at)
            account.refresh_from_db()
        people[entry["key"]] = Person(account, {"phone": phone, **who}, dict(entry.get("firm", {})))
    return people


def _identified(entry: dict[str, Any]) -> Identified:
    birth = "-".join(reversed(entry["who"]["birth"].split("/")))
    return Identified(ISSUER, f"demo-{entry['key']}", entry["number"], entry["who"]["name"], birth)


class Writer:
    """Fills drafts in for the people of the demo; ``rng`` is its own, so that the rest of the demo stays as it is."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.names: Iterator[str] = invented_names(rng)

    def draft(self, person: Person, entry: dict[str, Any], at: dt.datetime) -> Filling | None:
        """Begin a draft and fill in the form: half of it where it stays a draft. None before the procedure held."""
        version = published(entry["procedure"], local_date(at))
        if version is None:
            return None
        filling = begin(person.account, version, at=at)
        acting = entry.get("acting", "self")
        firm = acting == Filling.Acting.ENTERPRISE
        who = {"a": person.firm, "m": person.who} if firm else {"a": person.who}
        filling.acting = acting
        values = self._values(filling, person, entry, at)
        if entry["goes"] == "draft":
            values = dict(list(values.items())[: len(values) // 2])
        return keep(filling, Said(values=values, who=who, acting=acting, writer="demo"), at=at)

    def complete(self, filling: Filling, person: Person, *, at: dt.datetime) -> Filling:
        """Photograph every paper that is missing, and say how the applicant is reached."""
        for paper in Standing(filling, at).papers:
            if paper.is_missing:
                self._send(filling, paper.key, paper.name, at)
        phone, email = person.who.get("phone", ""), person.account.email
        return save_contact(
            filling, phone=phone, email=email, return_way="counter", return_address="", at=at
        )  # fmt: skip

    def key(self) -> uuid.UUID:
        """Return the key of a form that is sent once."""
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def _values(self, filling: Filling, person: Person, entry: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
        standing = Standing(filling, at)
        commune = person.who["commune_code"]
        filler = Filler(self.rng, self.names, commune=commune, context=standing.context)
        values: dict[str, Any] = filler.fill(standing.definition.form.fields) | dict(entry.get("values", {}))
        myself = {
            "name": person.who["name"], "birth": person.who["birth"], "id_kind": "cmnd",
            "id_number": person.who["paper_number"], "phone": person.who.get("phone", ""),
            "residence": {"commune": commune, "street": person.who["street"]},
        }  # fmt: skip
        own = [one for one in standing.definition.form.fields if one.kind.name == "person" and one.key in values]
        for one in own[:1]:
            values[one.key] = {part: myself[part] for part in one.options["parts"] if part in myself}
        return values

    def _send(self, filling: Filling, paper: str, name: str, at: dt.datetime) -> None:
        lines = [f"Của: {filling.citizen}", f"Chụp ngày {local_date(at):%d/%m/%Y}, dùng cho {filling.version.name}"]
        pdf = photograph(name, lines)
        file = receive([pdf], name=f"{paper}.pdf", actor=None, account=filling.citizen.user, at=at)
        add_file(filling, paper, file, at=at)


def photograph(name: str, lines: list[str]) -> bytes:
    """Return an invented picture of a paper."""
    return typeset(settings.BASE_DIR / "data" / "demo" / "photo.typ", {"name": name, "lines": lines})
