"""The cast: invented people of a small province, made once for a test run by calling operations.

``cast.clerk`` and the others are actors; ``cast.clerk.officer.user`` is their account; ``login(client, actor)`` signs
in. Whoever a test must refuse is ``cast.outsider``: a specialist of another department, with no part in anything.
Names ending in ``_head``, ``_leader`` … say the role; ``cast.vp``, ``cast.stttt`` … are units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from lienthong.calendars.operations.seeding import seed
from lienthong.catalogue.operations import load_document_types
from lienthong.identity.operations.accounts import open_account
from lienthong.kernel.clock import at_local
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.operations import add_officer, appoint, found_unit, give_code, grant_signing_authority
from lienthong.organisation.queries import actor_for
from lienthong.organisation.queries.heritage import heritage_of
from lienthong.procedures.models import Sector
from lienthong.procedures.operations import load_procedures, set_competence
from lienthong.registers.operations import load_registers
from tests.kept_rows import keep

MONDAY = dt.date(2014, 3, 10)
FOUNDED = dt.date(2010, 1, 1)
AT = at_local(MONDAY, dt.time(10, 0))
COMMUNE_CODE = "22915"
PASSWORD = "mat-khau-thu-nghiem"
Login = Callable[[Client, Actor], Client]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and every unit of the test province."""

    ubnd: Unit
    vp: Unit
    stttt: Unit
    cntt: Unit
    bcvt: Unit
    soyte: Unit
    nvy: Unit
    district: Unit
    district_vhtt: Unit
    commune: Unit
    desk: Unit
    district_desk: Unit
    district_works: Unit
    commune_desk: Unit

    clerk: Actor
    leader: Actor
    deputy_leader: Actor
    division_head: Actor
    specialist: Actor
    second_specialist: Actor
    second_division_head: Actor
    one_stop_officer: Actor
    inspector: Actor
    editor: Actor
    administrator: Actor
    province_clerk: Actor
    province_leader: Actor
    province_deputy: Actor
    office_head: Actor
    office_specialist: Actor
    district_leader: Actor
    district_clerk: Actor
    district_specialist: Actor
    commune_leader: Actor
    commune_clerk: Actor
    district_desk_officer: Actor
    works_head: Actor
    works_specialist: Actor
    commune_desk_officer: Actor
    registrar: Actor
    health_leader: Actor
    health_clerk: Actor
    outsider: Actor

    def actors(self) -> dict[str, Actor]:
        """Return every actor by their name in the cast."""
        return {name: value for name in self.__slots__ if isinstance(value := getattr(self, name), Actor)}

    def units(self) -> dict[str, Unit]:
        """Return every unit by its name in the cast."""
        return {name: value for name in self.__slots__ if isinstance(value := getattr(self, name), Unit)}


UNITS: dict[str, tuple[str, str, str, str | None, bool, str, str]] = {
    # name in the cast: kind, full name, short name, parent, has a seal, symbol, exchange code
    "ubnd": ("province_committee", "Ủy ban nhân dân tỉnh Bình Thuận", "UBND tỉnh", None, True, "UBND", "H11"),
    "vp": ("office", "Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng", "ubnd", False, "VP", "H11.01"),
    "stttt": ("department", "Sở Thông tin và Truyền thông", "Sở TT&TT", "ubnd", True, "STTTT", "H11.14"),
    "cntt": ("division", "Phòng Công nghệ thông tin", "Phòng CNTT", "stttt", False, "CNTT", ""),
    "bcvt": ("division", "Phòng Bưu chính, Viễn thông", "Phòng BCVT", "stttt", False, "BCVT", ""),
    "soyte": ("department", "Sở Y tế", "Sở Y tế", "ubnd", True, "SYT", "H11.18"),
    "nvy": ("division", "Phòng Nghiệp vụ Y", "Phòng NVY", "soyte", False, "NVY", ""),
    "district": ("district", "Ủy ban nhân dân huyện Tuy Phong", "UBND huyện Tuy Phong", "ubnd", True, "UBND", "H11.30"),
    "district_vhtt": ("division", "Phòng Văn hóa và Thông tin huyện", "Phòng VHTT", "district", False, "VHTT", ""),
    "commune": ("commune", "Ủy ban nhân dân xã Chí Công", "UBND xã Chí Công", "district", True, "UBND", "H11.30.05"),
    "desk": ("one_stop", "Bộ phận Tiếp nhận và Trả kết quả Sở TT&TT", "Một cửa Sở TT&TT", "stttt", False, "MC", ""),
    "district_desk": ("one_stop", "Bộ phận Một cửa huyện Tuy Phong", "Một cửa Tuy Phong", "district", False, "MC", ""),
    "district_works": ("division", "Phòng Kinh tế và Hạ tầng huyện", "Phòng KT&HT", "district", False, "KTHT", ""),
    "commune_desk": ("one_stop", "Bộ phận Một cửa xã Chí Công", "Một cửa Chí Công", "commune", False, "MC", ""),
}

PEOPLE: dict[str, tuple[str, str, str, str, int]] = {
    # name in the cast: full name, unit, title, role, place on the paper
    "clerk": ("Đặng Thị Bích Lan", "stttt", "Văn thư", "clerk", 60),
    "leader": ("Nguyễn Hoàng Minh", "stttt", "Giám đốc", "leader", 10),
    "deputy_leader": ("Trần Thị Thu Hà", "stttt", "Phó Giám đốc", "leader", 20),
    "division_head": ("Lê Quang Huy", "cntt", "Trưởng phòng", "division_head", 10),
    "specialist": ("Phạm Ngọc Ánh", "cntt", "Chuyên viên", "specialist", 50),
    "second_specialist": ("Võ Đình Đức", "cntt", "Chuyên viên", "specialist", 51),
    "second_division_head": ("Huỳnh Văn Ơn", "bcvt", "Trưởng phòng", "division_head", 10),
    "one_stop_officer": ("Bùi Thị Ý Nhi", "desk", "Cán bộ tiếp nhận và trả kết quả", "one_stop_officer", 70),
    "inspector": ("Đỗ Mạnh Cường", "stttt", "Thanh tra viên", "inspector", 71),
    "editor": ("Hồ Thị Diễm Ái", "stttt", "Biên tập viên", "editor", 72),
    "administrator": ("Ngô Thanh Sơn", "vp", "Quản trị hệ thống", "administrator", 90),
    "province_clerk": ("Lý Thị Kim Oanh", "vp", "Trưởng phòng Hành chính", "clerk", 60),
    "province_leader": ("Dương Văn Thành", "ubnd", "Chủ tịch", "leader", 10),
    "province_deputy": ("Phan Thị Hồng Yến", "ubnd", "Phó Chủ tịch", "leader", 20),
    "office_head": ("Trịnh Xuân Bách", "vp", "Chánh Văn phòng", "office_head", 10),
    "office_specialist": ("Mai Thị Thùy Dương", "vp", "Chuyên viên", "specialist", 50),
    "district_leader": ("Châu Văn Tài", "district", "Chủ tịch", "leader", 10),
    "district_clerk": ("Tạ Thị Mỹ Hạnh", "district", "Văn thư", "clerk", 60),
    "district_specialist": ("Lương Gia Bảo", "district_vhtt", "Chuyên viên", "specialist", 50),
    "commune_leader": ("Đinh Công Tráng", "commune", "Chủ tịch", "leader", 10),
    "commune_clerk": ("Cao Thị Út", "commune", "Công chức Văn phòng - Thống kê", "clerk", 60),
    "district_desk_officer": ("Trương Thị Lệ", "district_desk", "Cán bộ một cửa", "one_stop_officer", 70),
    "works_head": ("Đào Văn Kiên", "district_works", "Trưởng phòng", "division_head", 10),
    "works_specialist": ("Hà Minh Tuấn", "district_works", "Chuyên viên", "specialist", 50),
    "commune_desk_officer": ("Nông Thị Xuân", "commune_desk", "Cán bộ một cửa", "one_stop_officer", 70),
    "registrar": ("Quách Văn Lợi", "commune", "Công chức Tư pháp - Hộ tịch", "specialist", 55),
    "health_leader": ("Vũ Đức Khang", "soyte", "Giám đốc", "leader", 10),
    "health_clerk": ("Tô Thị Hường", "soyte", "Văn thư", "clerk", 60),
    "outsider": ("Kiều Anh Vũ", "nvy", "Chuyên viên", "specialist", 50),
}

SIGNERS = {  # name in the cast: the unit signed for, the form
    "province_leader": ("ubnd", "tm"),
    "province_deputy": ("ubnd", "kt"),
    "leader": ("stttt", "own"),
    "deputy_leader": ("stttt", "kt"),
    "health_leader": ("soyte", "own"),
    "district_leader": ("district", "tm"),
    "commune_leader": ("commune", "tm"),
}

COMPETENCES = (  # the agency, the sector, the part that handles it, the officer
    ("commune", "ho-tich", "commune", "registrar"),
    ("commune", "chung-thuc", "commune", "registrar"),
    ("district", "xay-dung", "district_works", ""),
    ("district", "ho-kinh-doanh", "district_works", "works_specialist"),
    ("ubnd", "phat-thanh", "stttt", ""),
    ("stttt", "phat-thanh", "cntt", "specialist"),
)


def build() -> dict[str, int]:
    """Build the province and return the key of each unit and post by its name in the cast."""
    load_document_types()
    load_procedures(at=AT)
    load_registers(at=AT)
    seed(at=AT)
    units: dict[str, Unit] = {}
    for name, (kind, full, short, above, is_agency, symbol, code) in UNITS.items():
        units[name] = found_unit(
            kind=kind,
            name=full,
            short_name=short,
            parent=units[above] if above else None,
            is_agency=is_agency,
            symbol=symbol,
            order=len(units),
            valid_from=FOUNDED,
            actor=None,
            at=AT,
        )
        if code:
            give_code(units[name], kind="edoc", code=code, valid_from=FOUNDED, actor=None, at=AT)
    give_code(units["commune"], kind="gso", code=COMMUNE_CODE, valid_from=FOUNDED, actor=None, at=AT)
    posts: dict[str, Post] = {}
    for name, (full_name, unit, title, role, order) in PEOPLE.items():
        email = f"{name}@example.com"
        user = open_account(username=name, email=email, password=PASSWORD, full_name=full_name)
        officer = add_officer(full_name=full_name, email=email, user=user, actor=None, at=AT)
        posts[name] = appoint(
            officer, unit=units[unit], title=title, role=role, order=order, valid_from=FOUNDED, actor=None, at=AT
        )
    for name, (unit, form) in SIGNERS.items():
        grant_signing_authority(posts[name], unit=units[unit], form=form, valid_from=FOUNDED, actor=None, at=AT)
    for agency, sector, unit, post in COMPETENCES:
        set_competence(
            units[agency],
            Sector.objects.get(key=sector),
            unit=units[unit],
            post=posts[post] if post else None,
            valid_from=FOUNDED,
            actor=None,
            at=AT,
        )
    return {name: row.pk for name, row in (units | posts).items()}


_built: dict[str, int] = {}


@pytest.fixture(scope="session")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the cast once, before the first test that asks for it; each test's changes are rolled back over it.

    After a test that commits (``transactional_db``) every row is put back as it was.

    A database that was kept (``--reuse-db``) holds the cast of the run before, and is emptied first.
    """
    with django_db_blocker.unblock():
        if Unit.objects.exists():
            call_command("flush", interactive=False, verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
        _built.update(build())
        kept = keep()
    with pytest.MonkeyPatch.context() as patch:
        if kept is not None:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: kept.put_back())
        yield
    _built.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where a test emptied the tables (``transactional_db``) and nobody could put them back, make the cast anew.

    Before the test's own transaction: what is made inside that would be gone with it.
    """
    if _built and "cast" in getattr(item, "fixturenames", ()):
        with item.config.stash[blocking_manager_key].unblock():
            if not Unit.objects.exists():
                _built.update(build())


@pytest.fixture
def cast(db: None, province: None) -> Cast:
    """The cast."""
    units = Unit.objects.select_related("agency", "parent").in_bulk([_built[name] for name in UNITS])
    posts = Post.objects.select_related("officer__user", "unit__agency").in_bulk([_built[name] for name in PEOPLE])
    everything: dict[str, Any] = {name: units[_built[name]] for name in UNITS}
    heritage = heritage_of(list(posts.values()), MONDAY)
    everything |= {name: actor_for(posts[_built[name]], on=MONDAY, heritage=heritage) for name in PEOPLE}
    return Cast(**everything)


@pytest.fixture
def at() -> dt.datetime:
    """A Monday at ten in the morning."""
    return AT


@pytest.fixture
def on() -> dt.date:
    """The day of ``at``."""
    return MONDAY


@pytest.fixture
def login() -> Login:
    """Sign a client in as somebody of the cast, in their own post, or in the one for which they stand in."""

    def sign_in(client: Client, actor: Actor) -> Client:
        assert actor.officer.user is not None
        client.force_login(actor.officer.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        if actor.is_substitute:
            session = client.session
            session["acting_post"] = f"{actor.own_post.pk}:{actor.post.pk}"
            session.save()
        return client

    return sign_in
