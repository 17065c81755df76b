"""The morning digest."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from lienthong.kernel.clock import at_local
from lienthong.notifications import digest
from lienthong.notifications.digest import DigestLine
from lienthong.notifications.models import Delivery, Digest
from lienthong.notifications.operations import choose, deliver_due, write_digests
from lienthong.organisation.models import Post
from tests.cast import MONDAY, Cast

SEVEN = at_local(MONDAY, dt.time(7, 0))


@pytest.fixture
def work(cast: Cast) -> None:
    """The specialist has two tasks, the clerk one."""
    mine = {cast.specialist.post.pk: 2, cast.clerk.post.pk: 1}

    def lines(post: Post, _at: dt.datetime) -> list[DigestLine]:
        return [DigestLine(f"Việc {n}", f"/tasks/{n}/", is_late=n == 0) for n in range(mine.get(post.pk, 0))]

    digest.declare("Phải làm hôm nay", lines)
    digest.declare("Chờ người khác", lambda _post, _at: [])


def test_whoever_has_something_to_do_gets_one_letter(cast: Cast, work: None) -> None:
    assert write_digests(at=SEVEN) == 2
    assert deliver_due(clock=lambda: SEVEN) == 2
    letter = next(letter for letter in mail.outbox if letter.to == ["specialist@example.com"])
    assert letter.subject == "Việc của bạn, thứ Hai 10/03/2014"
    assert "[QUÁ HẠN] Việc 0" in letter.body
    assert "Chờ người khác" not in letter.body


def test_it_comes_once_a_day(cast: Cast, work: None) -> None:
    assert [write_digests(at=SEVEN + dt.timedelta(minutes=5 * n)) for n in range(4)] == [2, 0, 0, 0]
    assert write_digests(at=SEVEN + dt.timedelta(days=1)) == 2
    assert Digest.objects.count() == 2


@pytest.mark.parametrize(
    ("day", "time", "count"),
    [(0, "06:59", 0), (0, "07:00", 2), (0, "11:00", 2), (0, "11:31", 0), (0, "23:00", 0), (5, "07:00", 0)],
)
def test_it_comes_on_the_morning_of_working_days(cast: Cast, work: None, day: int, time: str, count: int) -> None:
    at = at_local(MONDAY + dt.timedelta(days=day), dt.time.fromisoformat(time))
    assert write_digests(at=at) == count


def test_whoever_does_not_want_it_does_not_get_it(cast: Cast, work: None) -> None:
    choose(cast.specialist, by_email=[], sms=True, quiet=True, digest=False)
    choose(cast.clerk, by_email=[], sms=True, quiet=True, digest=True)
    assert write_digests(at=SEVEN) == 1
    assert Delivery.objects.get().address == "clerk@example.com"
