"""A draft that lapses soon: its holder is told once, and no more when it is saved, handed in or thrown away."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.notifications.models import Delivery
from lienthong.online import keeping
from lienthong.online.models import Filling
from lienthong.online.operations import filling as operations
from lienthong.online.operations.filling import Said, lapse_all
from lienthong.online.operations.reminding import remind_all
from lienthong.online.tests.builders import a_citizen
from lienthong.online.tests.fillings import VALUES, a_filling
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def told() -> list[Delivery]:
    return list(Delivery.objects.filter(subject_kind="filling").order_by("pk"))


def test_its_holder_is_told_once_before_it_lapses(cast: Cast) -> None:
    a_filling(a_citizen(email="nam@example.com"))
    assert remind_all(at=AT + 24 * DAY) == 0
    assert remind_all(at=AT + 25 * DAY) == 1
    assert remind_all(at=AT + 26 * DAY) == 0
    sms, mail = told()
    assert (sms.channel, mail.channel) == ("sms", "email")
    assert "sắp bị xóa ngày 09/04/2014" in sms.text
    assert "/ho-so-cua-toi/soan/" in sms.text
    assert lapse_all(at=AT + 29 * DAY) == 0
    assert lapse_all(at=AT + 31 * DAY) == 1


def test_who_saves_again_is_told_again_in_time_and_not_of_the_old_day(cast: Cast) -> None:
    row = a_filling(a_citizen())
    remind_all(at=AT + 26 * DAY)
    operations.keep(row, Said(values=VALUES, writer="w"), at=AT + 27 * DAY)
    assert [one.state for one in told()] == ["cancelled"]
    assert remind_all(at=AT + 28 * DAY) == 0
    assert remind_all(at=AT + 52 * DAY) == 1
    assert [one.state for one in told()] == ["cancelled", "waiting"]


def test_what_is_thrown_away_or_past_its_day_is_not_told_of(cast: Cast) -> None:
    citizen = a_citizen()
    row = a_filling(citizen)
    remind_all(at=AT + 26 * DAY)
    operations.throw_away(Filling.objects.get(pk=row.pk))
    assert [one.state for one in told()] == ["cancelled"]
    a_filling(citizen)
    assert remind_all(at=AT + 40 * DAY) == 0  # only the job that throws away is left for it


def test_a_rule_without_reminding_and_a_wrong_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    a_filling(a_citizen())
    monkeypatch.setattr(
        "lienthong.online.operations.reminding.keeping_on",
        lambda _: keeping.Keeping(30, 1, 1, MONDAY, None, "", verified=False),
    )
    assert remind_all(at=AT + 26 * DAY) == 0
    raw = {
        "keep_days": 5,
        "remind_days": 5,
        "drafts": 1,
        "files": 1,
        "valid_from": MONDAY,
        "source": "",
        "verified": False,
    }
    with pytest.raises(ValueError, match="remind_days phải từ 0"):
        keeping.rule(raw)


def test_many_are_told_by_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    citizen = a_citizen()
    for _ in range(5):
        a_filling(citizen)
    with django_assert_max_num_queries(8):
        assert remind_all(at=AT + 26 * DAY) == 5
