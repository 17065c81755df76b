"""The pages of errors speak plainly; the health page tells a monitor the truth."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Callable

import pytest
import time_machine
from django.db import DatabaseError, OperationalError, connection
from django.test import Client, RequestFactory

from lienthong.organisation.actor import Actor
from lienthong.site import queries, views
from tests.cast import AT, Cast

Login = Callable[[Client, Actor], Client]


@pytest.mark.django_db
def test_an_unknown_address_says_what_to_do(client: Client, login: Login, cast: Cast) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()
    with time_machine.travel(AT, tick=False):
        answer = login(client, cast.clerk).get("/no-such-page/")
    assert answer.status_code == 404
    assert "Về Việc của tôi" in answer.content.decode()


@pytest.mark.django_db
def test_a_stale_form_says_that_nothing_was_saved() -> None:
    answer = Client(enforce_csrf_checks=True).post("/acting-post/", {"post": 1})
    assert answer.status_code == 403
    assert "chưa được lưu" in answer.content.decode()


@pytest.mark.django_db
def test_a_stale_form_leads_back_to_the_page_it_was_typed_on() -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post("/acting-post/", {"post": 1}, headers={"referer": "http://testserver/incoming/new/"})
    assert page.status_code == 403
    assert 'href="/incoming/new/"' in page.content.decode()
    assert "data-form-refused" in page.content.decode()
    entrance = client.post("/acting-post/", {"post": 1}, headers={"referer": "http://testserver/accounts/login/"})
    assert "data-form-refused" not in entrance.content.decode()


def test_the_page_of_a_bug_needs_no_database(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi" in answer.content.decode()


def test_the_page_of_a_bug_brings_its_own_style_and_asks_for_nothing_else(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/"))
    page = answer.content.decode()
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer["Content-Security-Policy"]
    assert "src=" not in page
    assert "<link" not in page


@pytest.mark.django_db
def test_a_database_that_is_away_is_said_and_not_called_a_bug(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("lienthong.site.middleware._actors", away)
    client.raise_request_exception = False
    answer = client.get("/units/")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Cơ sở dữ liệu đang tạm ngừng" in answer.content.decode()
    assert "style-src 'sha256-" in answer["Content-Security-Policy"]


def beat(at: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])


@pytest.mark.django_db
def test_health_knows_a_living_a_silent_and_a_missing_worker(client: Client) -> None:
    with time_machine.travel(AT, tick=False):
        assert client.get("/healthz").json() == {"database": True, "worker": False}
        beat(AT - dt.timedelta(seconds=10))
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()) == (200, {"database": True, "worker": True})
    with time_machine.travel(AT + dt.timedelta(minutes=5), tick=False):
        assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
def test_health_says_when_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*, at: dt.datetime) -> bool:
        raise DatabaseError(at)

    monkeypatch.setattr(queries, "worker_is_alive", silent)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "worker": False})
