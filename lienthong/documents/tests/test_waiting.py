"""Documents that wait unseen: each wait has a limit, whoever holds it is reminded, and the next level hears of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lienthong.calendars.models import Deadline
from lienthong.documents.limits import standards
from lienthong.documents.models import AgencyLimit, Book, IncomingDocument, Step, Wait
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.routing import file_away, forward, reopen, send_back, void
from lienthong.documents.operations.waiting import catch_up, follow_calendar, set_agency_limit, tell_of_late
from lienthong.documents.queries.waiting import late_for, levels_of
from lienthong.documents.tests.builders import AT, make_book, make_document
from lienthong.journal.queries import timeline
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.tasks.due import Due
from lienthong.tasks.operations import Item
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Login = Callable[[Client, Actor], Client]
MONDAY = dt.date(2014, 3, 10)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + dt.timedelta(days=days) for days in (1, 2, 3))


@pytest.fixture
def book(cast: Cast) -> Book:
    return make_book(cast)


@pytest.fixture
def document(cast: Cast, book: Book) -> IncomingDocument:
    return make_document(book, cast.clerk)


def local(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return at_local(day, dt.time(hour, minute))


def running(document: IncomingDocument) -> Wait:
    return Wait.objects.running().get(document=document)


def told(post: Post) -> int:
    return Notice.objects.filter(post=post, kind="incoming.late").count()


def test_what_is_registered_must_be_forwarded_by_the_end_of_the_next_working_day(document: IncomingDocument) -> None:
    wait = running(document)
    assert wait.step == Step.FORWARD
    assert wait.due_at == local(TUESDAY, 17)
    assert Deadline.objects.get(subject_kind="wait", subject_id=wait.pk).due_at == wait.due_at


def test_what_is_urgent_must_go_at_once(cast: Cast, book: Book) -> None:
    wait = running(make_document(book, cast.clerk, urgency="express"))
    assert wait.due_at == local(MONDAY, 11)
    assert not wait.verified


def test_on_friday_the_limit_is_monday(cast: Cast, book: Book) -> None:
    friday = MONDAY + dt.timedelta(days=4)
    wait = running(make_document(book, cast.clerk, at=local(friday, 16), symbol="7/TB-UBND"))
    assert wait.due_at == local(friday + dt.timedelta(days=3), 17)


def test_forwarding_ends_one_wait_and_begins_the_leaders(cast: Cast, document: IncomingDocument) -> None:
    forward(document, cast.leader.post, actor=cast.clerk, at=AT)
    first = Wait.objects.get(step=Step.FORWARD)
    assert first.ended_at == AT
    assert Deadline.objects.get(subject_kind="wait", subject_id=first.pk).closed_at == AT
    assert (running(document).step, running(document).post) == (Step.INSTRUCT, cast.leader.post)
    forward(document, cast.deputy_leader.post, actor=cast.leader, at=local(TUESDAY, 9))
    assert running(document).post == cast.deputy_leader.post
    assert running(document).due_at == local(WEDNESDAY, 17)


def test_an_instruction_ends_the_wait(cast: Cast, document: IncomingDocument) -> None:
    forward(document, cast.leader.post, actor=cast.clerk, at=AT)
    item = Item(title="Tham mưu", lead_unit=cast.cntt, due=Due.on(dt.date(2014, 3, 20)))
    instruct(document, text="Phòng CNTT tham mưu", items=[item], key=uuid.uuid4(), actor=cast.leader, at=AT)
    assert not Wait.objects.running().exists()


@pytest.mark.parametrize("step", [file_away, send_back, void])
def test_whatever_closes_the_document_ends_its_wait(
    cast: Cast, document: IncomingDocument, step: Callable[..., None]
) -> None:
    step(document, reason="Gửi nhầm", actor=cast.clerk, at=AT)
    assert not Wait.objects.running().exists()


def test_reopened_it_waits_again(cast: Cast, document: IncomingDocument) -> None:
    file_away(document, actor=cast.clerk, at=AT)
    reopen(document, reason="Còn việc", actor=cast.clerk, at=local(WEDNESDAY, 9))
    assert running(document).due_at == local(THURSDAY, 17)


def test_time_passes_and_each_level_hears_of_an_unread_document_once(cast: Cast, document: IncomingDocument) -> None:
    forward(document, cast.deputy_leader.post, actor=cast.clerk, at=AT)
    heard: list[tuple[str, int]] = []
    moment = local(MONDAY, 16)
    while moment < local(MONDAY + dt.timedelta(days=9), 18):
        if count := tell_of_late(at=moment):
            heard.append((f"{moment + dt.timedelta(hours=7):%a %d %H:%M}", count))
        moment += dt.timedelta(minutes=30)
    assert heard == [("Wed 12 07:00", 1), ("Wed 12 11:00", 1), ("Thu 13 07:00", 1)]  # never at night
    assert told(cast.deputy_leader.post) == 1
    assert told(cast.clerk.post) == 1
    assert told(cast.leader.post) == 1
    assert told(cast.outsider.post) == 0
    sentences = [entry.sentence for entry in timeline(document.subject)]
    assert sum("quá hạn cho ý kiến" in sentence for sentence in sentences) == 3


def test_what_was_taken_further_is_told_of_no_more(cast: Cast, document: IncomingDocument) -> None:
    assert tell_of_late(at=local(WEDNESDAY, 9)) == 1
    assert told(cast.clerk.post) == 1
    forward(document, cast.leader.post, actor=cast.clerk, at=local(WEDNESDAY, 10))
    assert not Notice.objects.filter(post=cast.clerk.post, kind="incoming.late", cleared_at=None).exists()
    assert tell_of_late(at=local(WEDNESDAY, 16)) == 0


def test_nobody_outside_the_agency_hears_of_it(cast: Cast, document: IncomingDocument) -> None:
    forward(document, cast.leader.post, actor=cast.clerk, at=AT)
    agencies = {post.unit.agency_id for level in levels_of(running(document), on=MONDAY) for post in level}
    assert agencies == {cast.stttt.pk}


def test_the_lists_show_to_each_what_they_must_see_to(cast: Cast, document: IncomingDocument) -> None:
    forward(document, cast.deputy_leader.post, actor=cast.clerk, at=AT)
    thursday = local(THURSDAY, 9)
    assert late_for(cast.deputy_leader, thursday).count() == 1
    assert late_for(cast.clerk, thursday).count() == 1
    assert late_for(cast.leader, thursday).count() == 0
    assert late_for(cast.outsider, thursday).count() == 0
    assert late_for(cast.deputy_leader, AT).count() == 0


def test_the_late_list_and_the_desk_count_the_same(
    cast: Cast, document: IncomingDocument, client: Client, login: Login
) -> None:
    with time_machine.travel(local(THURSDAY, 9), tick=False):
        login(client, cast.clerk)
        page = client.get(reverse("documents:incoming"), {"late": "1"}).content.decode()
        desk = client.get("/").content.decode()
        record = client.get(reverse("documents:document", args=[document.pk])).content.decode()
        empty = login(Client(), cast.leader).get(reverse("documents:incoming"), {"late": "1"}).content.decode()
    assert document.symbol in page
    assert "hạn chuyển" in page
    assert "Văn bản quá hạn" in desk
    assert "Hạn chuyển" in record
    assert "chưa đối chiếu" in record
    assert "Không văn bản nào chờ quá hạn" in empty


def test_an_agency_sets_its_own_limit_with_its_source(cast: Cast, book: Book, client: Client, login: Login) -> None:
    with time_machine.travel(AT, tick=False):
        login(client, cast.leader)
        assert "chưa đối chiếu" in client.get(reverse("documents:settings")).content.decode()
        address = reverse("documents:limit", args=["forward", "normal"])
        wrong = client.post(address, {"limit": "2 giờ làm việc", "source": ""})
        assert wrong.status_code == 422
        assert "Hãy ghi theo văn bản nào" in wrong.content.decode()
        assert client.post(address, {"limit": "mau lên", "source": "x"}).status_code == 422
        done = client.post(address, {"limit": "2 giờ làm việc", "source": "Quy chế 15"}, follow=True)
        assert "Đã đặt thời hạn: 2 giờ làm việc" in done.content.decode()
        assert client.get(reverse("documents:limit", args=["forward", "often"])).status_code == 404
    wait = running(make_document(book, cast.clerk))
    assert (wait.due_at, wait.source) == (local(MONDAY, 14), "Quy chế 15")
    set_agency_limit(step="forward", urgency="normal", limit="", source="", actor=cast.leader, at=AT)
    assert not AgencyLimit.objects.exists()


def test_a_limit_is_not_set_by_who_may_not_instruct(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        set_agency_limit(step="forward", urgency="normal", limit="3 ngày", source="x", actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="Không hiểu thời hạn"):
        set_agency_limit(step="forward", urgency="normal", limit="sớm", source="x", actor=cast.leader, at=AT)


def test_what_waited_before_there_were_limits_gets_its_clock_from_now_on(document: IncomingDocument) -> None:
    Wait.objects.all().delete()
    assert catch_up(at=local(THURSDAY, 9)) == 1
    assert catch_up(at=local(THURSDAY, 10)) == 0
    assert running(document).started_at == local(THURSDAY, 9)


def test_a_new_calendar_moves_the_limit(document: IncomingDocument) -> None:
    wait = running(document)
    follow_calendar([(wait.pk, local(THURSDAY, 17))])
    assert running(document).due_at == local(THURSDAY, 17)


def test_every_limit_of_the_file_says_where_it_comes_from() -> None:
    for one in standards():
        assert one.source
        assert set(one.urgencies) <= set(IncomingDocument.Urgency.values)
        assert one.step in Step.values
    for step in Step.values:
        for urgency in IncomingDocument.Urgency.values:
            for day in (dt.date(2014, 3, 10), dt.date(2020, 3, 4), dt.date(2020, 3, 5), dt.date(2026, 11, 23)):
                holding = [o for o in standards() if o.step == step and urgency in o.urgencies and o.valid_from <= day]
                assert len([o for o in holding if o.valid_to is None or day < o.valid_to]) == 1


def test_looking_at_many_waits_costs_a_fixed_number_of_queries(
    cast: Cast, book: Book, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        make_document(book, cast.clerk, symbol=f"{number}/TB-UBND")
    assert tell_of_late(at=local(WEDNESDAY, 7, 30)) == 8
    with django_assert_max_num_queries(2):
        assert tell_of_late(at=local(WEDNESDAY, 7, 45)) == 0
