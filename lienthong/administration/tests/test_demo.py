"""The demo's one-click entrance cannot exist outside the demo: three locks, each tried with the others open."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import clear_url_caches, path

from lienthong.administration import urls
from lienthong.administration.views import account
from lienthong.identity.models import DemoMark, User
from lienthong.identity.operations import mark_as_demo, open_account, require_demo_user
from lienthong.kernel.refusal import Forbidden, Refusal
from tests.cast import Cast

SIGN_IN = "/demo/sign-in/"


@pytest.fixture
def routed(settings: LazySettings) -> Iterator[None]:
    """A forged routing: the address exists though this is no demo."""
    urls.urlpatterns.append(path("demo/sign-in/", account.sign_in_as, name="demo_sign_in"))
    clear_url_caches()
    yield
    urls.urlpatterns.pop()
    clear_url_caches()


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_outside_the_demo_there_is_no_such_address(cast: Cast, client: Client) -> None:
    for address in ("/demo/sign-in/", "/demo/people/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"user": cast.clerk.officer.user_id}).status_code == 404
    assert "demo" not in client.get("/accounts/login/").text


def test_a_forged_address_is_refused_by_the_setting(cast: Cast, client: Client, routed: None, at: dt.datetime) -> None:
    User.objects.update(is_demo=True)
    mark_as_demo(at=at)
    assert client.post(SIGN_IN, {"user": cast.clerk.officer.user_id}).status_code == 403
    assert not _is_in(client)


def test_a_forged_setting_is_refused_by_the_data(
    cast: Cast, client: Client, routed: None, settings: LazySettings
) -> None:
    settings.DEMO = True
    User.objects.update(is_demo=True)
    assert client.post(SIGN_IN, {"user": cast.clerk.officer.user_id}).status_code == 403
    assert not _is_in(client)


def test_in_the_demo_a_real_account_is_still_refused(
    cast: Cast, client: Client, routed: None, settings: LazySettings, at: dt.datetime
) -> None:
    settings.DEMO = True
    User.objects.update(is_demo=True)
    mark_as_demo(at=at)
    real = open_account(username="that", password="mot mat khau that")
    with pytest.raises(Forbidden):
        require_demo_user(real.pk)
    assert client.post(SIGN_IN, {"user": real.pk}).status_code == 403
    assert client.post(SIGN_IN, {"user": "1 or 1=1"}).status_code == 403
    assert not _is_in(client)
    assert client.post(SIGN_IN, {"user": cast.clerk.officer.user_id, "next": "//evil.example"})["Location"] == "/"
    assert _is_in(client)


def test_data_with_a_real_account_cannot_be_marked(cast: Cast, at: dt.datetime) -> None:
    with pytest.raises(Refusal):
        mark_as_demo(at=at)
    assert not DemoMark.objects.exists()


def test_the_addresses_are_routed_in_the_demo(settings: LazySettings) -> None:
    settings.DEMO = True
    try:
        names = {pattern.name for pattern in importlib.reload(urls).urlpatterns}
    finally:
        settings.DEMO = False
        importlib.reload(urls)
        clear_url_caches()
    assert {"demo_people", "demo_sign_in"} <= names
