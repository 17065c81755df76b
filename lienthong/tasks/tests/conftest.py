"""What every test of tasks starts from."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from lienthong.calendars.models import PROVINCE, CalendarVersion, WorkCalendar
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item, assign
from tests.cast import AT, Cast

DOCUMENT = Subject("paper", 1)
FRIDAY = dt.date(2014, 3, 14)
Give = Callable[..., Task]


@pytest.fixture(autouse=True)
def _calendar(request: pytest.FixtureRequest) -> None:
    """The common calendar: the office week, no holidays."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        if not WorkCalendar.objects.filter(unit=None, valid_to=None).exists():
            row = WorkCalendar.objects.create(name=PROVINCE, valid_from=dt.date(2000, 1, 1))
            version = CalendarVersion.objects.create(calendar=row, number=1, drafted_at=AT, published_at=AT)
            WorkCalendar.objects.filter(pk=row.pk).update(current=version)


@pytest.fixture
def give(cast: Cast, at: dt.datetime) -> Give:
    """Assign one task: by default the department's leader to the division of information technology, due on Friday."""

    def give_one(
        *,
        by: Actor | None = None,
        to: Unit | None = None,
        person: Post | None = None,
        due: Due | None = None,
        title: str = "Tham mưu văn bản triển khai",
        co_workers: tuple[Unit | Post, ...] = (),
        informed: tuple[Unit | Post, ...] = (),
        when: dt.datetime = at,
        about: Subject = DOCUMENT,
    ) -> Task:
        item = Item(
            title,
            to or cast.cntt,
            due or Due.on(FRIDAY),
            lead_post=person,
            co_workers=co_workers,
            informed=informed,
        )
        return assign(about, [item], key=uuid.uuid4(), actor=by or cast.leader, at=when)[0]

    return give_one
