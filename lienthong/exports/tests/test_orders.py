"""Ordering a long file: once, with progress, cancelled, killed, refused, told, fetched, let go."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.exports.models import Export
from lienthong.exports.operations import cancel, expire, order, order_again, postpone, producing, resume
from lienthong.exports.operations.producing import ATTEMPTS, LEASE
from lienthong.exports.tests.conftest import Shelf
from lienthong.files import storage
from lienthong.files.models import Blob, StoredFile
from lienthong.files.operations.sweeping import sweep
from lienthong.journal.models import Event
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.organisation.actor import Actor
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db
State = Export.State
WISH = {"name": "A"}


def ordered(actor: Actor, ending: str = "csv", name: str = "A", at: dt.datetime = AT) -> Export:
    return order("test.rows", {"name": name}, ending, actor=actor, at=at)


def produce(export: Export, at: dt.datetime = AT) -> Export:
    return producing.produce(export, clock=lambda: at)


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'exports' AND status = 'todo'")
        return int(cursor.fetchone()[0])


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign of life at every row."""
    monkeypatch.setattr(producing, "EVERY", 0.0)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf"])
def test_an_ordered_file_is_made_told_and_fetched(
    cast: Cast, shelf: Shelf, client: Client, login: Login, ending: str
) -> None:
    export = ordered(cast.clerk, ending)
    assert (export.state, export.total, jobs()) == (State.WAITING, 25, 1)
    export = produce(export)
    assert (export.state, export.done, export.attempts) == (State.DONE, 25, 1)
    notice = Notice.objects.get(post=cast.clerk.post, kind="export.ready")
    assert "Bảng thử A" in notice.text
    assert "24/03/2014" in notice.text
    answer = login(client, cast.clerk).get(reverse("exports:file", args=[export.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert content[:4] == {"csv": b"\xef\xbb\xbfS", "xlsx": b"PK\x03\x04", "pdf": b"%PDF"}[ending]
    assert "B%E1%BA%A3ng" in answer["Content-Disposition"]
    kinds = Event.objects.filter(subject_kind="export", subject_id=export.pk).order_by("sequence")
    assert list(kinds.values_list("kind", flat=True)) == ["export.ordered", "export.finished"]


def test_the_same_order_while_one_is_under_way_is_that_one(cast: Cast, shelf: Shelf) -> None:
    first = ordered(cast.clerk)
    assert ordered(cast.clerk) == first
    assert jobs() == 1
    assert ordered(cast.clerk, "xlsx") != first
    produce(first)
    assert ordered(cast.clerk) != first


@pytest.mark.django_db(transaction=True)
def test_two_orders_at_the_same_moment_are_one(cast: Cast, shelf: Shelf) -> None:
    together = Barrier(2)

    def one(_number: int) -> int:
        together.wait()
        try:
            return ordered(cast.clerk).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(one, range(2)))) == 1
    assert Export.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_order_make_one_file(cast: Cast, shelf: Shelf) -> None:
    export = ordered(cast.clerk)
    together = Barrier(2)

    def one(_number: int) -> None:
        together.wait()
        try:
            produce(export)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    export.refresh_from_db()
    assert (export.state, export.attempts) == (State.DONE, 1)
    assert StoredFile.objects.count() == 1


def test_what_makes_no_sense_or_is_not_theirs_is_refused(cast: Cast, shelf: Shelf) -> None:
    for kind, wish, ending in (
        ("no.such", WISH, "csv"),
        ("test.rows", WISH, "exe"),
        ("test.rows", {}, "csv"),
        ("book.incoming", {"book": "1; DROP", "since": "x", "until": None}, "pdf"),
    ):
        with pytest.raises(Refusal):
            order(kind, wish, ending, actor=cast.clerk, at=AT)
    with pytest.raises(Forbidden):
        ordered(cast.outsider)
    assert not Export.objects.exists()


def test_one_post_has_five_under_way_at_most(cast: Cast, shelf: Shelf) -> None:
    for number in range(5):
        ordered(cast.clerk, name=str(number))
    with pytest.raises(Refusal, match="Đang có 5 bản"):
        ordered(cast.clerk, name="6")
    assert Export.objects.count() == 5


def test_a_cancelled_order_is_not_made(cast: Cast, shelf: Shelf) -> None:
    export = ordered(cast.clerk)
    with pytest.raises(Forbidden):
        cancel(export, actor=cast.leader, at=AT)
    cancel(export, actor=cast.clerk, at=AT)
    assert produce(export).state == State.CANCELLED
    with pytest.raises(Refusal, match="đã hủy"):
        cancel(export, actor=cast.clerk, at=AT)
    assert not StoredFile.objects.exists()


@pytest.mark.usefixtures("eager")
def test_a_run_that_is_cancelled_stops_at_its_next_sign_of_life(cast: Cast, shelf: Shelf) -> None:
    export = ordered(cast.clerk)
    seen = []

    def at_row(number: int) -> None:
        seen.append(number)
        if number == 10:
            assert Export.objects.get(pk=export.pk).done == 9
            cancel(export, actor=cast.clerk, at=AT)

    shelf.at_row = at_row
    assert produce(export).state == State.CANCELLED
    assert seen[-1] == 10
    assert not StoredFile.objects.exists()
    assert not Notice.objects.filter(kind="export.ready").exists()


def test_a_killed_run_is_begun_again_and_given_up_after_three(cast: Cast, shelf: Shelf) -> None:
    class Killed(BaseException):
        pass

    def killed(_number: int) -> None:
        raise Killed

    shelf.at_row = killed
    export, at = ordered(cast.clerk), AT
    for attempt in range(1, ATTEMPTS + 1):
        with pytest.raises(Killed):
            produce(export, at)
        export.refresh_from_db()
        assert (export.state, export.attempts) == (State.RUNNING, attempt)
        assert resume(at=at + LEASE / 2) == 0  # it may still be alive
        assert produce(export, at + LEASE / 2).attempts == attempt
        at += LEASE
        assert resume(at=at) == 1
    export.refresh_from_db()
    assert export.state == State.FAILED
    assert "dừng giữa chừng" in Notice.objects.get(kind="export.failed").text
    shelf.at_row = None
    again = order_again(export, actor=cast.clerk, at=at)
    assert produce(again, at).state == State.DONE


@pytest.mark.usefixtures("eager")
def test_a_run_believed_dead_gives_way_to_the_one_after_it(cast: Cast, shelf: Shelf) -> None:
    export = ordered(cast.clerk)
    later = AT + LEASE

    def at_row(number: int) -> None:
        if number == 5:
            shelf.at_row = None
            resume(at=later)
            assert produce(export, later).state == State.DONE

    shelf.at_row = at_row
    assert produce(export).attempts == 2
    assert StoredFile.objects.count() == 1
    assert Notice.objects.filter(kind="export.ready").count() == 1


def test_an_order_whose_job_was_lost_is_handed_on_again(cast: Cast, shelf: Shelf) -> None:
    ordered(cast.clerk)
    assert resume(at=AT + LEASE) == 1
    assert resume(at=AT + LEASE) == 0
    assert jobs() == 2


def test_only_two_are_made_at_once_so_that_short_jobs_find_a_worker(cast: Cast, shelf: Shelf) -> None:
    first, second, third = (ordered(cast.clerk, name=name) for name in "ABC")
    assert not postpone(third, at=AT)
    Export.objects.filter(pk__in=[first.pk, second.pk]).update(state=State.RUNNING, attempts=1)
    assert postpone(third, at=AT)
    assert jobs() == 4
    assert not postpone(third, at=AT + LEASE)  # those two are dead
    cancel(third, actor=cast.clerk, at=AT)
    assert not postpone(third, at=AT)


def test_a_fault_of_ours_is_tried_again_then_told(cast: Cast, shelf: Shelf) -> None:
    def broken(_number: int) -> None:
        raise ZeroDivisionError

    shelf.at_row = broken
    export = ordered(cast.clerk)
    for attempt in range(1, ATTEMPTS + 1):
        with pytest.raises(ZeroDivisionError):
            produce(export)
        export.refresh_from_db()
        assert export.state == (State.FAILED if attempt == ATTEMPTS else State.WAITING)
    assert "Phần mềm gặp lỗi" in export.error


def test_who_lost_the_right_gets_no_file(cast: Cast, shelf: Shelf, client: Client, login: Login) -> None:
    made = produce(ordered(cast.clerk))
    waiting = ordered(cast.clerk, name="B")
    shelf.readers.clear()
    failed = produce(waiting)
    assert failed.state == State.FAILED
    assert "không còn được xem" in failed.error
    login(client, cast.clerk)
    assert client.get(reverse("exports:file", args=[made.pk])).status_code == 403
    assert made.file is not None
    assert client.get(reverse("files:download", args=[made.file.pk])).status_code == 404


def test_nobody_else_sees_fetches_or_cancels_it(cast: Cast, shelf: Shelf, client: Client, login: Login) -> None:
    shelf.readers |= {"leader", "specialist"}
    export = produce(ordered(cast.clerk))
    assert export.file is not None
    for actor in (cast.leader, cast.outsider):
        login(client, actor)
        for name in ("show", "file"):
            assert client.get(reverse(f"exports:{name}", args=[export.pk])).status_code == 404
        for name in ("cancellation", "repetition"):
            assert client.post(reverse(f"exports:{name}", args=[export.pk])).status_code == 404
        assert client.get(reverse("files:download", args=[export.file.pk])).status_code == 404
        assert "Bảng thử A" not in client.get(reverse("exports:list")).content.decode()


def test_a_file_is_let_go_after_two_weeks_and_can_be_ordered_again(
    cast: Cast, shelf: Shelf, client: Client, login: Login
) -> None:
    export = produce(ordered(cast.clerk))
    twin = produce(ordered(cast.clerk, name="B", at=AT + dt.timedelta(days=1)), AT + dt.timedelta(days=1))
    assert expire(at=AT + dt.timedelta(days=13)) == 0
    over = AT + dt.timedelta(days=14)
    assert expire(at=over) == 1
    export.refresh_from_db()
    assert (export.state, export.file) == (State.EXPIRED, None)
    assert not Notice.objects.filter(subject_id=export.pk, cleared_at=None).exists()
    assert Blob.objects.count() == 1  # the same bytes stay for the other
    twin.refresh_from_db()
    assert twin.file is not None
    assert storage.storage().exists(twin.file.blob.path)
    with time_machine.travel(over, tick=False):
        answer = login(client, cast.clerk).get(reverse("exports:file", args=[export.pk]))
        assert answer.status_code == 409
        assert "hết hạn giữ" in answer.content.decode()
        again = client.post(reverse("exports:repetition", args=[export.pk]), follow=True)
    assert "Đã đặt lại" in again.content.decode()
    path = twin.file.blob.path
    assert expire(at=AT + dt.timedelta(days=15)) == 1
    sweep(at=dt.datetime.now(dt.UTC) + dt.timedelta(days=2))  # noqa: TID251 - by the clock of the disk
    assert not storage.storage().exists(path)


def test_the_page_tells_each_state_and_asks_anew_only_while_under_way(
    cast: Cast, shelf: Shelf, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    login(client, cast.clerk)
    address = reverse("exports:list")
    assert "Chưa đặt bản kết xuất nào" in client.get(address).content.decode()
    posted = {"kind": "test.rows", "format": "csv", "parameters": json.dumps(WISH)}
    page = client.post(address, posted, follow=True).content.decode()
    assert "Đã nhận đặt Bảng thử A (CSV)" in page
    assert "every 2s" in page
    export = Export.objects.get()
    row = reverse("exports:show", args=[export.pk])
    assert "every 2s" in client.get(row, headers={"HX-Request": "true"}).content.decode()
    produce(export)
    cancel(ordered(cast.clerk, name="C"), actor=cast.clerk, at=AT)
    Export.objects.filter(pk=ordered(cast.clerk, name="F").pk).update(
        state=State.FAILED, error="Hết giấy. Hãy đặt lại."
    )
    with django_assert_max_num_queries(7):
        fragment = client.get(row, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in fragment
    assert "Tải về" in fragment
    with django_assert_max_num_queries(20):
        page = client.get(address).content.decode()
    assert "Hết giấy. Hãy đặt lại." in page
    assert page.count("Đặt lại") >= 2
    assert client.get(row).status_code == 200


@pytest.mark.parametrize("parameters", ["", "[]", "{", '"x"', '{"name": ""}'])
def test_broken_orders_are_refused_in_words(
    cast: Cast, shelf: Shelf, client: Client, login: Login, parameters: str
) -> None:
    posted = {"kind": "test.rows", "format": "csv", "parameters": parameters}
    answer = login(client, cast.clerk).post(reverse("exports:list"), posted)
    assert answer.status_code == 409
    assert not Export.objects.exists()


def test_the_pages_of_the_list_go_on(cast: Cast, shelf: Shelf, client: Client, login: Login) -> None:
    for number in range(31):
        cancel(ordered(cast.clerk, name=f"số {number}"), actor=cast.clerk, at=AT)
    page: Any = login(client, cast.clerk).get(reverse("exports:list"))
    assert "Bảng thử số 30" in page.content.decode()
    older = client.get(reverse("exports:list") + page.context["older"]).content.decode()
    assert "Bảng thử số 0" in older


def test_ordering_and_making_ask_little(
    cast: Cast, shelf: Shelf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        export = ordered(cast.clerk)
    with django_assert_max_num_queries(40):
        produce(export)
    content = StoredFile.objects.select_related("blob").get()
    with storage.storage().open(content.blob.path) as file:
        assert len(list(csv.reader(io.TextIOWrapper(file, encoding="utf-8-sig")))) == 26
