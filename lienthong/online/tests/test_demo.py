"""The demo's one-click entrance for citizens: a list of invented people, and nothing of it outside the demo."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import clear_url_caches, path, reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.identity.models import User
from lienthong.identity.operations import mark_as_demo
from lienthong.online import entrance_urls, urls
from lienthong.online.models import Citizen
from lienthong.online.operations import open_account
from lienthong.online.queries.demo import demo_citizens
from lienthong.online.tests.builders import a_citizen
from lienthong.online.views import demo
from tests.cast import AT, Cast

LIST, ENTER = "/dung-thu/nguoi-dan/", "/dich-vu-cong/dung-thu/vao/"


@pytest.fixture
def routed() -> Iterator[None]:
    """A forged routing: the addresses exist though this is no demo."""
    added = [path(LIST[1:], demo.people, name="demo_people"), path(ENTER[1:], demo.sign_in_as, name="demo_sign_in")]
    urls.urlpatterns[:0] = added
    clear_url_caches()
    yield
    del urls.urlpatterns[: len(added)]
    clear_url_caches()


@pytest.fixture
def invented(cast: Cast) -> Citizen:
    """Somebody of the demo."""
    return open_account(phone="0900000001", name="Trần Thị Bích Liên", is_demo=True, at=AT)


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_outside_the_demo_there_is_no_such_address(invented: Citizen, client: Client) -> None:
    for address in (LIST, ENTER):
        assert client.get(address).status_code == 404
        assert client.post(address, {"user": invented.user_id}).status_code == 404
    assert "dung-thu" not in client.get(reverse("online:sign_in")).text


def test_a_forged_address_is_refused_by_the_setting(invented: Citizen, client: Client, routed: None) -> None:
    User.objects.update(is_demo=True)
    mark_as_demo(at=AT)
    assert client.post(ENTER, {"user": invented.user_id}).status_code == 403
    assert not _is_in(client)


def test_a_forged_setting_is_refused_by_the_data(
    invented: Citizen, client: Client, routed: None, settings: LazySettings
) -> None:
    settings.DEMO = True
    assert client.post(ENTER, {"user": invented.user_id}).status_code == 403
    assert not _is_in(client)


def test_in_the_demo_an_invented_citizen_is_entered_and_nobody_else(
    cast: Cast, invented: Citizen, client: Client, routed: None, settings: LazySettings
) -> None:
    settings.DEMO = True
    User.objects.update(is_demo=True)
    mark_as_demo(at=AT)
    real = a_citizen()
    for key in (real.user_id, cast.clerk.officer.user_id, "1 or 1=1"):
        assert client.post(ENTER, {"user": key}).status_code == 403
    assert not _is_in(client)
    page = client.get(LIST)
    assert "Trần Thị Bích Liên" in page.text
    assert "Trần Văn Nam" not in page.text
    assert LIST in client.get(reverse("online:sign_in")).text
    assert client.post(ENTER, {"user": invented.user_id})["Location"] == reverse("online:own")
    assert _is_in(client)


def test_the_list_takes_two_queries(invented: Citizen, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    open_account(phone="0900000002", name="Nguyễn Văn Thái Hòa", is_demo=True, at=AT)
    with django_assert_num_queries(2):
        people = demo_citizens()
    assert [(one.name, one.cases, one.drafts, one.firm) for one in people] == [
        ("Trần Thị Bích Liên", 0, 0, ""),
        ("Nguyễn Văn Thái Hòa", 0, 0, ""),
    ]


def test_the_addresses_are_routed_in_the_demo(settings: LazySettings, at: dt.datetime) -> None:
    settings.DEMO = True
    try:
        names = {pattern.name for pattern in importlib.reload(entrance_urls).urlpatterns}
    finally:
        settings.DEMO = False
        importlib.reload(entrance_urls)
        clear_url_caches()
    assert {"demo_people", "demo_sign_in"} <= names
