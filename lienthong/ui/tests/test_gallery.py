"""The gallery shows every component, and every page of it passes the checker (the client looks)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lienthong.ui.gallery import PAGES
from lienthong.ui.pytest_plugin import CheckedClient

TEMPLATES = Path(__file__).parents[1] / "templates"

pytestmark = pytest.mark.django_db


def test_the_gallery_shows_every_component(client: Client) -> None:
    assert isinstance(client, CheckedClient)
    assert client.get("/_ui/").status_code == 200
    shown = "".join(page.read_text(encoding="utf-8") for page in (TEMPLATES / "ui" / "gallery").glob("*.html"))
    missing = [
        part.stem for part in (TEMPLATES / "cotton").glob("*.html") if f"<c-{part.stem.replace('_', '-')}" not in shown
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_each_shape_of_page(client: Client, page: str) -> None:
    assert client.get(f"/_ui/{page}/").status_code == 200


def test_an_error_stands_below_its_field_and_what_was_typed_stays(client: Client) -> None:
    html = client.post("/_ui/form/", {"symbol": "139/QĐ-UBND", "issued": "30/02/2014"}).content.decode()
    assert 'value="30/02/2014"' in html
    assert 'id="id_issued_error"' in html
    assert "Lịch không có ngày 30/02/2014" in html


def test_a_substitute_sees_for_whom_they_act(client: Client) -> None:
    html = client.get("/_ui/substitute/").content.decode()
    assert "Đang làm thay <strong>Trần Quang Minh</strong>" in html
    assert "Thôi làm thay" in html


def test_the_theme_is_drawn_by_the_server(client: Client) -> None:
    client.cookies["theme"] = "dark"
    assert 'data-bs-theme="dark"' in client.get("/_ui/list/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get("/_ui/list/").content.decode()


def test_search_as_you_type_needs_no_marks(client: Client) -> None:
    assert client.get("/_ui/people/?q=lan").json()["results"][0]["label"] == "Nguyễn Thị Lan"
