"""1 July 2025 for tests: the district is no more, a new commune (invented) stands where the old one was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.tests.test_stories import a_house, on
from lienthong.kernel.clock import at_local
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.operations import (
    add_officer,
    appoint,
    close_unit,
    end_post,
    found_unit,
    give_code,
    succeed,
)
from lienthong.organisation.queries import actors_of
from lienthong.procedures.models import Sector
from lienthong.procedures.operations import set_competence
from tests.cast import Cast

DAY = dt.date(2025, 7, 1)
MORNING = at_local(DAY, dt.time(9, 0))
PAPER = "Nghị quyết thử về sắp xếp đơn vị hành chính"
NEW_CODE = "22960"


@dataclass(frozen=True, slots=True)
class Two:
    """What stands after the day: two new communes of which one has the old ground, its desk and its people."""

    commune: Unit
    other: Unit
    works: Unit
    desk: Unit
    leader: Actor
    desk_officer: Actor
    works_specialist: Actor
    other_leader: Actor


def abolish(cast: Cast, *, at: dt.datetime, desk_is_named: bool = True) -> Two:
    """End the district and its commune on the day; what they did goes to two new communes by the ground."""
    commune, works, desk = _commune(cast, "Tuy Phong Mới", at)
    other, *_ = _commune(cast, "Liên Hương Mới", at)
    give_code(commune, kind="gso", code=NEW_CODE, valid_from=DAY, actor=None, at=at)
    give_code(commune, kind="edoc", code="H11.90", valid_from=DAY, actor=None, at=at)
    set_competence(
        commune, Sector.objects.get(key="xay-dung"), unit=works, post=None, valid_from=DAY, actor=None, at=at
    )
    _succeed("split", [cast.district], [commune, other], at)
    _succeed("merge", [cast.commune], [commune], at)
    if desk_is_named:
        _succeed("merge", [cast.commune_desk], [desk], at)
    for unit in (cast.commune, cast.district):
        _end(unit, at)
    leader = _person("Đinh Công Minh", commune, "Chủ tịch", "leader", at)
    officer = _person("Nông Thị Thu", desk, "Cán bộ một cửa", "one_stop_officer", at)
    beyond = _person("Châu Văn Long", other, "Chủ tịch", "leader", at)
    moved = appoint(
        cast.works_specialist.officer, unit=works, title="Chuyên viên", role="specialist", valid_from=DAY, actor=None,
        at=at,
    )  # fmt: skip
    return Two(commune, other, works, desk, leader, officer, actors_of(moved.officer_id, on=DAY)[0], beyond)


def at_the_district(cast: Cast, at: str = "23/06/2025") -> Case:
    """Receive a building permit at the commune before the day, and let it go on to the district."""
    case = a_house(cast, on(at))
    operations.act(case, "forward", actor=cast.commune_leader, at=on(at, "14:00"))
    case.refresh_from_db()
    return case


def _commune(cast: Cast, name: str, at: dt.datetime) -> tuple[Unit, Unit, Unit]:
    commune = _unit("commune", f"Ủy ban nhân dân xã {name}", f"UBND xã {name}", cast.ubnd, at, is_agency=True)
    works = _unit("division", f"Phòng Kinh tế xã {name}", "Phòng Kinh tế", commune, at)
    desk = _unit("one_stop", f"Trung tâm Phục vụ hành chính công xã {name}", f"Một cửa {name}", commune, at)
    return commune, works, desk


def _unit(kind: str, name: str, short: str, parent: Unit, at: dt.datetime, *, is_agency: bool = False) -> Unit:
    return found_unit(
        kind=kind, name=name, short_name=short, parent=parent, is_agency=is_agency, symbol="UB", order=200,
        valid_from=DAY, actor=None, at=at,
    )  # fmt: skip


def _succeed(kind: str, gone: list[Unit], heirs: list[Unit], at: dt.datetime) -> None:
    succeed(kind=kind, predecessors=gone, successors=heirs, on=DAY, source=PAPER, actor=None, at=at)


def _end(unit: Unit, at: dt.datetime) -> None:
    for part in unit.children.filter(valid_to=None):
        _end(part, at)
    for post in Post.objects.filter(unit=unit, valid_to=None):
        end_post(post, on=DAY, actor=None, at=at)
    close_unit(unit, on=DAY, source=PAPER, actor=None, at=at)


def _person(name: str, unit: Unit, title: str, role: str, at: dt.datetime) -> Actor:
    officer = add_officer(full_name=name, actor=None, at=at)
    appoint(officer, unit=unit, title=title, role=role, valid_from=DAY, actor=None, at=at)
    return actors_of(officer.pk, on=DAY)[0]
