"""People are told in the transaction of the deed, and the notice goes when the matter is settled."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from lienthong.kernel.subjects import Subject
from lienthong.notifications.models import Delivery, Notice
from lienthong.notifications.operations import choose, clear, mark_all_read, mark_read, tell
from lienthong.notifications.queries import notices, unread_count
from lienthong.notifications.tests.conftest import PAPER
from tests.cast import AT, Cast


def test_everybody_is_told_once_in_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    posts = [actor.post for actor in cast.actors().values()]
    with django_assert_num_queries(1):
        tell([*posts, posts[0].pk], about=PAPER, text="Giao việc", at=AT, kind="paper.given")
    assert Notice.objects.count() == len(posts)
    assert Delivery.objects.count() == len(posts)
    assert unread_count(cast.specialist) == 1


def test_what_is_rolled_back_was_never_told(cast: Cast) -> None:
    with transaction.atomic():
        tell([cast.specialist.post], about=PAPER, text="Giao việc", at=AT, kind="paper.given")
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_nobody_to_tell_is_no_query(django_assert_num_queries: DjangoAssertNumQueries, db: None) -> None:
    with django_assert_num_queries(0):
        tell([], about=PAPER, text="Giao việc", at=AT, kind="paper.given")


def test_each_officer_chooses_what_comes_by_e_mail(cast: Cast) -> None:
    choose(cast.specialist, by_email=["paper.answered"], sms=True, quiet=True, digest=True)
    for kind in ("paper.given", "paper.answered"):
        tell([cast.specialist.post, cast.clerk.post], about=PAPER, text=kind, at=AT, kind=kind)
    told = Delivery.objects.order_by("pk").values_list("officer_id", "text")
    assert sorted(told) == sorted(
        [(cast.clerk.officer.pk, "paper.given"), (cast.specialist.officer.pk, "paper.answered")]
    )


def test_an_undeclared_kind_stays_in_the_app(cast: Cast) -> None:
    tell([cast.specialist.post], about=PAPER, text="x", at=AT, kind="unheard.of")
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 0)


def test_urgent_matters_go_to_the_telephone_too(cast: Cast) -> None:
    cast.specialist.officer.phone = "0900000000"
    cast.specialist.officer.save(update_fields=["phone"])
    tell([cast.specialist.post], about=PAPER, text="Quá hạn", at=AT, kind="paper.late")
    assert sorted(Delivery.objects.values_list("channel", "urgent")) == [("email", True), ("sms", True)]
    choose(cast.specialist, by_email=[], sms=False, quiet=True, digest=True)
    tell([cast.specialist.post], about=PAPER, text="Quá hạn", at=AT, kind="paper.late")
    assert Delivery.objects.count() == 2


def test_a_settled_matter_takes_its_notices_and_unsent_letters_away(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for kind in ("paper.given", "paper.late"):
        tell([cast.specialist.post, cast.clerk.post], about=PAPER, text="Giao", at=AT, kind=kind)
    tell([cast.specialist.post], about=Subject("paper", 6), text="Khác", at=AT, kind="paper.given")
    with django_assert_num_queries(1):
        clear(PAPER, ["paper.given"], at=AT)
    assert unread_count(cast.specialist) == 2
    clear(PAPER, at=AT, posts=[cast.specialist.post])
    assert (unread_count(cast.specialist), unread_count(cast.clerk)) == (1, 1)
    clear(PAPER, at=AT)
    assert Delivery.objects.filter(state="cancelled").count() == 4
    assert Delivery.objects.filter(state="waiting").count() == 1


def test_reading_is_ones_own(cast: Cast) -> None:
    tell([cast.specialist.post, cast.clerk.post], about=PAPER, text="Giao", at=AT, kind="paper.given")
    theirs = Notice.objects.get(post=cast.clerk.post)
    assert mark_read(cast.specialist, at=AT, notice=theirs.pk) == 0
    assert mark_read(cast.specialist, at=AT, about=PAPER) == 1
    assert (unread_count(cast.specialist), unread_count(cast.clerk)) == (0, 1)


def test_what_came_after_the_list_was_shown_stays_new(cast: Cast) -> None:
    tell([cast.clerk.post], about=PAPER, text="Một", at=AT, kind="paper.given")
    shown = notices(cast.clerk, at=AT).newest
    tell([cast.clerk.post], about=PAPER, text="Hai", at=AT, kind="paper.given")
    assert mark_all_read(cast.clerk, at=AT, until=shown) == 1
    assert unread_count(cast.clerk) == 1


def test_notices_are_grouped_by_day_with_one_query_for_what_they_are_about(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in (40, 5, 1, 0):
        for pk in range(4):
            at = AT - dt.timedelta(days=days)
            tell([cast.clerk.post], about=Subject("paper", pk), text="Giao", at=at, kind="paper.given")
    with django_assert_num_queries(1):
        page = notices(cast.clerk, at=AT)
    assert [group.title for group in page.groups] == ["Hôm nay", "Hôm qua", "Bảy ngày qua", "Cũ hơn"]
    with django_assert_num_queries(1):
        assert unread_count(cast.clerk) == 16
