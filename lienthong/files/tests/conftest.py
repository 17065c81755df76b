"""A data directory of each test's own, and somebody to send files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from lienthong.identity.models import User
from lienthong.kernel import subjects
from lienthong.kernel.subjects import Described, Subject, SubjectKind
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, Unit
from lienthong.organisation.queries import actor_for

AT = dt.datetime(2014, 1, 22, 2, 0, tzinfo=dt.UTC)
DAY = dt.date(2014, 1, 22)


@pytest.fixture(autouse=True)
def data_directory(settings: Settings, tmp_path: Path) -> Path:
    """Bytes go to a directory that only this test has."""
    settings.DATA_DIR = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "lienthong.files.storage.DurableFileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return tmp_path


def _actor(unit: Unit, name: str) -> Actor:
    user = User.objects.create(username=name)
    officer = Officer.objects.create(user=user, full_name=name, sort_name=name)
    post = Post.objects.create(
        officer=officer, unit=unit, title="Văn thư", role="clerk", valid_from=dt.date(2010, 1, 1)
    )
    return actor_for(post, on=DAY)


@pytest.fixture
def unit(db: None) -> Unit:
    """A department."""
    return Unit.objects.create(
        kind=Unit.Kind.DEPARTMENT, name="Sở Thông tin và Truyền thông", short_name="Sở TTTT",
        is_agency=True, valid_from=dt.date(2008, 1, 1),
    )  # fmt: skip


@pytest.fixture
def clerk(unit: Unit) -> Actor:
    """Who sends files."""
    return _actor(unit, "Lan")


@pytest.fixture
def colleague(unit: Unit) -> Actor:
    """Who sees the record but did not send the file."""
    return _actor(unit, "Minh")


@pytest.fixture
def stranger(unit: Unit) -> Actor:
    """Who sees nothing."""
    return _actor(unit, "Hùng")


@pytest.fixture
def record_of_colleague(colleague: Actor, clerk: Actor) -> Iterator[Subject]:
    """A record that the clerk and the colleague see."""
    seen = {colleague.post.pk, clerk.post.pk}
    kind = SubjectKind(
        kind="sample",
        name="bản ghi",
        describe=lambda pks: {pk: Described(f"Bản ghi {pk}", "/") for pk in pks},
        is_visible=lambda actor, _: actor.post.pk in seen,
    )
    declared: dict[str, Any] = subjects._kinds
    declared["sample"] = kind
    yield Subject("sample", 1)
    del declared["sample"]
