"""A task is found by those to whom it is given, from the moment it is given, and by nobody else."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.organisation.actor import Actor
from lienthong.search.queries import find
from lienthong.tasks.operations import pass_on
from lienthong.tasks.tests.conftest import Give
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def finds(actor: Actor) -> bool:
    return bool(find(actor, "vùng lõm").hits)


def test_who_gets_it_passed_on_finds_it(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give(title="Rà soát các vùng lõm sóng")
    assert finds(cast.division_head)
    assert not finds(cast.specialist)
    pass_on(task, to=cast.specialist.post, actor=cast.division_head, at=at)
    assert finds(cast.specialist)
    assert not finds(cast.outsider)
