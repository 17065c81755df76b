"""The pages of notices, preferences and the outbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from lienthong.kernel.subjects import Subject
from lienthong.notifications.models import Delivery, Notice, Preference
from lienthong.notifications.operations import tell
from lienthong.notifications.queries import unread_count
from lienthong.notifications.tests.conftest import PAPER
from lienthong.organisation.actor import Actor
from tests.cast import AT, Cast

Login = Callable[[Client, Actor], Client]


@pytest.fixture
def notice(cast: Cast) -> Notice:
    tell([cast.specialist.post], about=PAPER, text="Giao: <b>tham mưu</b>", at=AT, kind="paper.given")
    return Notice.objects.get()


def test_the_list_shows_what_is_told_and_about_what(cast: Cast, notice: Notice, client: Client, login: Login) -> None:
    page = login(client, cast.specialist).get("/notices/").content.decode()
    assert "Giao: &lt;b&gt;tham mưu&lt;/b&gt;" in page
    assert "Công văn 5" in page
    assert f"/notices/{notice.pk}/" in page


def test_opening_a_notice_reads_it_and_leads_to_the_matter(
    cast: Cast, notice: Notice, client: Client, login: Login
) -> None:
    answer = login(client, cast.specialist).get(f"/notices/{notice.pk}/")
    assert answer.headers["Location"] == "/papers/5/"
    assert unread_count(cast.specialist) == 0


def test_a_notice_of_another_does_not_exist(cast: Cast, notice: Notice, client: Client, login: Login) -> None:
    login(client, cast.outsider)
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    client.post("/notices/reading/", {"notice": notice.pk})
    assert unread_count(cast.specialist) == 1
    assert "tham mưu" not in client.get("/notices/").content.decode()


def test_a_notice_about_what_is_gone_says_so(cast: Cast, client: Client, login: Login) -> None:
    tell([cast.specialist.post], about=Subject("paper", 500), text="Giao", at=AT, kind="paper.given")
    page = login(client, cast.specialist).get(f"/notices/{Notice.objects.get().pk}/", follow=True).content.decode()
    assert "không còn trên hệ thống" in page


def test_the_bell_is_a_small_fragment(cast: Cast, notice: Notice, client: Client, login: Login) -> None:
    fragment = login(client, cast.specialist).get("/notices/count/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<span class="lt-dot">1')
    assert login(Client(), cast.outsider).get("/notices/count/").content.strip() == b""
    assert Client().get("/notices/count/").status_code == 204
    assert 'hx-get="/notices/count/"' in client.get("/notices/").content.decode()


def test_all_are_marked_as_read_in_place(cast: Cast, notice: Notice, client: Client, login: Login) -> None:
    login(client, cast.specialist)
    fragment = client.post("/notices/reading/", {"until": notice.pk}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "is-unread" not in fragment
    assert client.post("/notices/reading/", {"until": "x"}).status_code == 302


def test_preferences_are_kept_where_they_differ(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.specialist)
    assert "Việc mới giao" in client.get("/notice-preferences/").content.decode()
    client.post("/notice-preferences/", {"by_email": ["paper.answered", "paper.late"], "quiet": "on"})
    preference = Preference.objects.get(officer=cast.specialist.officer)
    assert (preference.email_on, preference.email_off) == (["paper.answered"], ["paper.given"])
    assert (preference.quiet, preference.digest, preference.sms) == (True, False, False)
    assert client.post("/notice-preferences/", {"by_email": ["unheard.of"]}).status_code == 200


def test_the_outbox_is_for_administrators(cast: Cast, notice: Notice, client: Client, login: Login) -> None:
    Delivery.objects.update(state="failed", error="OSError: away")
    delivery = Delivery.objects.get()
    login(client, cast.outsider)
    assert client.get("/outbox/").status_code == 403
    assert client.post(f"/outbox/{delivery.pk}/delivery/").status_code == 403
    login(client, cast.administrator)
    page = client.get("/outbox/", {"state": "failed"}).content.decode()
    assert "OSError: away" in page
    assert "Gửi lại" in page
    assert client.post(f"/outbox/{delivery.pk}/delivery/").status_code == 302
    assert Delivery.objects.get().state == "waiting"
