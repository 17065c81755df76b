"""What no page can use is answered with a plain page that leads back, never with an empty one or a fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.organisation.actor import Actor
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Login = Callable[[Client, Actor], Client]
BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def test_an_address_for_a_button_opened_by_itself_leads_back(client: Client, login: Login, cast: Cast) -> None:
    login(client, cast.leader)
    answer = client.get("/work/", headers=BROWSER)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    page = answer.content.decode()
    assert "chỉ dùng khi bấm nút" in page
    assert 'href="/"' in page
    came = client.get(reverse("site:acting_post"), headers=BROWSER | {"Referer": "http://testserver/tasks/?q=1"})
    assert 'href="/tasks/?q=1"' in came.content.decode()


def test_nobody_changes_their_own_address(client: Client, login: Login, cast: Cast) -> None:
    login(client, cast.specialist)
    sent = {"email": "new@example.com", "action_add": ""}
    for answer in (client.get("/accounts/email/"), client.post("/accounts/email/", sent)):
        assert answer["Location"] == reverse("administration:account")


@pytest.mark.parametrize(
    ("address", "title"), [("/accounts/password/change/", "Đổi mật khẩu"), ("/accounts/2fa/", "Xác thực hai lớp")]
)
def test_an_account_page_names_itself(client: Client, login: Login, cast: Cast, address: str, title: str) -> None:
    page = login(client, cast.specialist).get(address, follow=True).content.decode()
    window = page.split("<title>")[1].split("</title>")[0].strip()
    assert title in window
    assert not window.startswith("Tài khoản ·")


def test_a_program_gets_the_bare_answer(client: Client, login: Login, cast: Cast) -> None:
    answer = login(client, cast.leader).get(reverse("site:acting_post"), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize("address", ["/tasks/?q=a%00b", "/search/?q=%00", "/invitations/a%00b/"])
def test_a_nul_in_the_address_is_refused(client: Client, login: Login, cast: Cast, address: str) -> None:
    answer = login(client, cast.leader).get(address)
    assert answer.status_code == 400
    assert "Máy chủ không đọc được yêu cầu này" in answer.content.decode()


def test_a_nul_in_a_form_is_refused(client: Client, login: Login, cast: Cast) -> None:
    login(client, cast.leader)
    sent = {"post": cast.leader.post.pk, "next": "/\0"}
    assert client.post(reverse("site:acting_post"), sent).status_code == 400
    sent["next"] = "/"
    assert client.post(reverse("site:acting_post"), sent).status_code == 302
