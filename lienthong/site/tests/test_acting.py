"""Who acts: the first own post, the chosen one, and never one that is theirs no longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.operations import record_absence
from lienthong.organisation.queries import actors_of
from tests.cast import AT, MONDAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
Login = Callable[[Client, Actor], Client]


def who(request: HttpRequest) -> HttpResponse:
    actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set by the middleware under test
    return HttpResponse(str(actor) if actor else "nobody", content_type="text/plain")


def refused(request: HttpRequest) -> HttpResponse:
    raise Refusal("Số 12 đã dùng. Hãy chọn số khác.")


urlpatterns = [path("who/", who), path("refused/", refused), *__import__("lienthong.site.urls").site.urls.urlpatterns]


@pytest.fixture
def substitute(cast: Cast) -> Actor:
    """The deputy, standing in for the director this week."""
    record_absence(
        cast.leader.post,
        substitute=cast.deputy_leader.post,
        reason="Công tác",
        valid_from=MONDAY,
        valid_to=MONDAY + dt.timedelta(days=7),
        actor=cast.administrator,
        at=AT,
    )
    return next(one for one in actors_of(cast.deputy_leader.officer.pk, on=MONDAY) if one.is_substitute)


def said(client: Client) -> str:
    return client.get("/who/").content.decode()


def test_the_tests_sign_in_as_a_substitute_acts_for_the_absent(client: Client, login: Login, substitute: Actor) -> None:
    with time_machine.travel(AT, tick=False):
        assert said(login(client, substitute)) == str(substitute)


def test_nobody_acts_before_signing_in(client: Client) -> None:
    assert said(client) == "nobody"


def test_an_officer_acts_in_their_own_post_until_they_choose(
    client: Client, login: Login, cast: Cast, substitute: Actor
) -> None:
    with time_machine.travel(AT, tick=False):
        login(client, cast.deputy_leader)
        assert said(client) == str(cast.deputy_leader)
        client.post(reverse("site:acting_post"), {"post": substitute.post.pk})
        assert said(client) == str(substitute)
        client.post(reverse("site:acting_post"), {"post": cast.deputy_leader.post.pk})
        assert said(client) == str(cast.deputy_leader)


def test_the_post_of_somebody_else_is_refused(client: Client, login: Login, cast: Cast) -> None:
    with time_machine.travel(AT, tick=False):
        login(client, cast.outsider)
        answer = client.post(reverse("site:acting_post"), {"post": cast.leader.post.pk})
        assert answer.status_code == 403
        assert "không thuộc quyền của bạn" in answer.content.decode()
        assert said(client) == str(cast.outsider)


def test_a_choice_that_has_lapsed_is_said_once_and_nothing_is_done_in_it(
    client: Client, login: Login, cast: Cast, substitute: Actor
) -> None:
    with time_machine.travel(AT, tick=False):
        login(client, cast.deputy_leader)
        client.post(reverse("site:acting_post"), {"post": substitute.post.pk})
    with time_machine.travel(AT + dt.timedelta(days=8), tick=False):
        answer = client.get("/who/")
        assert answer.status_code == 403
        assert "đã hết hiệu lực, nên việc vừa rồi chưa được làm" in answer.content.decode()
        assert said(client) == str(cast.deputy_leader)


def test_the_way_back_stays_on_this_host(client: Client, login: Login, cast: Cast) -> None:
    with time_machine.travel(AT, tick=False):
        login(client, cast.clerk)
        where = {"post": cast.clerk.post.pk, "next": "https://example.org/"}
        assert client.post(reverse("site:acting_post"), where)["Location"] == "/"


def test_a_refusal_is_a_plain_page_with_its_sentence(client: Client, login: Login, cast: Cast) -> None:
    for signed_in in (False, True):
        with time_machine.travel(AT, tick=False):
            if signed_in:
                login(client, cast.clerk)
            answer = client.get("/refused/")
        assert answer.status_code == 409
        assert "Số 12 đã dùng. Hãy chọn số khác." in answer.content.decode()
