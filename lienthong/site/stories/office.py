"""The small office in which the stories play: one agency, a clerk, a leader, two divisions, invented people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import Book, StandingRule
from lienthong.documents.operations.registration import open_book
from lienthong.documents.operations.settings import keep_rule
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.operations import add_officer, appoint, found_unit
from lienthong.organisation.queries import actor_for

FOUNDED = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class SmallOffice:
    """Who works in it, and its book."""

    agency: Unit
    book: Book
    clerk: Actor
    leader: Actor
    heads: dict[int, Actor]


def found_small_office(*, at: dt.datetime) -> SmallOffice:
    """Found the office with standing rules for the usual types of documents."""
    on = local_date(at)
    agency = _unit("department", "Sở Liên Thông (minh họa)", "Sở minh họa", None, at=at)
    general = _unit("division", "Phòng Tổng hợp", "Phòng Tổng hợp", agency, at=at)
    technical = _unit("division", "Phòng Nghiệp vụ", "Phòng Nghiệp vụ", agency, at=at)
    clerk = _person("Vũ Thị Văn Thư", agency, "Văn thư", "clerk", on, at=at)
    leader = _person("Đoàn Minh Họa", agency, "Giám đốc", "leader", on, at=at)
    heads = {
        general.pk: _person("Tống Gia Hợp", general, "Trưởng phòng", "division_head", on, at=at),
        technical.pk: _person("Lưu Văn Vụ", technical, "Trưởng phòng", "division_head", on, at=at),
    }
    book = open_book(agency, name="Sổ văn bản đến", is_default=True, actor=None, at=at)
    for name, unit, working_days in (
        ("Quyết định", general, 10),
        ("Công văn", technical, 5),
        ("Kế hoạch", general, 15),
    ):
        rule = StandingRule(
            name=f"{name} giao {unit.short_name}",
            authority=leader.post,
            document_type=DocumentType.objects.in_force(on).get(name=name),
            lead_unit=unit,
            instruction=f"{unit.short_name} giải quyết theo chức năng.",
            working_days=working_days,
            valid_from=FOUNDED,
        )
        keep_rule(rule, actor=leader, at=at)
    return SmallOffice(agency, book, clerk, leader, heads)


def _unit(kind: str, name: str, short: str, parent: Unit | None, *, at: dt.datetime) -> Unit:
    return found_unit(
        kind=kind,
        name=name,
        short_name=short,
        parent=parent,
        is_agency=parent is None,
        symbol="SMH" if parent is None else "",
        valid_from=FOUNDED,
        actor=None,
        at=at,
    )


def _person(name: str, unit: Unit, title: str, role: str, on: dt.date, *, at: dt.datetime) -> Actor:
    officer = add_officer(full_name=name, actor=None, at=at)
    return actor_for(appoint(officer, unit=unit, title=title, role=role, valid_from=FOUNDED, actor=None, at=at), on=on)
