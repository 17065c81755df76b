"""The drop box and the viewer in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Page, expect
from pytest_django import Settings

from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.files.tests import samples
from lienthong.files.tests.conftest import AT
from lienthong.organisation.actor import Actor

pytestmark = pytest.mark.browser
FORM = """{% load static %}<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title>
<link rel="icon" href="data:,"><script type="module" src="{% static 'ui/main.js' %}"></script></head>
<body data-csrf="{{ csrf_token }}"><main><h1>Thử</h1><form method="get" aria-label="Thử">
{% include "files/uploader.html" %}<button>Gửi</button></form></main></body></html>"""


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(FORM).render({}, request))


urlpatterns = [path("try/", form), path("", include("lienthong.site.urls"))]


@pytest.fixture
def desk(settings: Settings, open_page: Callable[..., Page], clerk: Actor) -> Page:
    settings.ROOT_URLCONF = __name__
    page = open_page(clerk.officer.user)
    page.goto("/try/")
    return page


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    sent: Any = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    page.set_input_files("input[type=file]", sent)


def test_dropped_files_are_sent_and_their_keys_go_with_the_form(desk: Page) -> None:
    drop(desk, ("Quyết định.pdf", samples.bare_pdf()), ("Kế hoạch.docx", samples.docx_file()))
    expect(desk.locator(".lt-drop-list [data-file]")).to_have_count(2)
    keys = desk.locator("input[name=files]").evaluate_all("inputs => inputs.map(input => Number(input.value))")
    assert sorted(keys) == sorted(StoredFile.objects.values_list("pk", flat=True))
    desk.get_by_role("button", name="Gửi").click()
    desk.wait_for_url(f"**/try/?*files={keys[0]}*")


def test_a_refused_file_says_why_beside_its_name_and_a_double_is_told(desk: Page) -> None:
    drop(desk, ("giả.pdf", b"<html></html>"))
    expect(desk.locator(".lt-drop-list .is-wrong")).to_contain_text("nội dung là trang HTML")
    assert desk.locator("input[name=files]").count() == 0
    drop(desk, ("a.txt", b"mot"))
    expect(desk.locator("[data-file]")).to_have_count(1)
    drop(desk, ("b.txt", b"mot"))
    expect(desk.locator(".lt-drop-list")).to_contain_text("Trùng nội dung với “a.txt” đã có.")


def test_a_file_lost_on_the_way_is_sent_again_where_it_stands(desk: Page) -> None:
    desk.route("**/files/", lambda route: route.abort("connectionreset"))
    drop(desk, ("a.txt", b"mot"))
    expect(desk.locator(".lt-drop-list .is-wrong")).to_contain_text("Mất đường truyền")
    desk.unroute("**/files/")
    desk.get_by_role("button", name="Gửi lại").click()
    expect(desk.locator("[data-file]")).to_have_count(1)
    expect(desk.locator(".lt-drop-list li")).to_have_count(1)


@pytest.mark.parametrize("phone", [False, True])
def test_pages_are_walked_with_the_keyboard(open_page: Callable[..., Page], clerk: Actor, *, phone: bool) -> None:
    file = receive([samples.pdf(4)], name="Quyết định 119.pdf", actor=clerk, at=AT)
    page = open_page(clerk.officer.user, phone=phone)
    page.goto(f"/files/{file.pk}/")
    first = page.get_by_alt_text("Trang 1 của Quyết định 119.pdf")
    expect(first).to_be_visible()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=first.element_handle())
    now = page.locator("[data-viewer-now]")
    expect(now).to_have_text("Trang 1/4")
    page.locator("[data-viewer-pages]").focus()
    page.keyboard.press("ArrowRight")
    expect(now).to_have_text("Trang 2/4")
    page.keyboard.press("End")
    expect(now).to_have_text("Trang 4/4")
    page.get_by_role("button", name="Trang trước").click()
    expect(now).to_have_text("Trang 3/4")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_text("Xem dạng chữ").click()
    expect(page.locator("[data-words] pre")).to_contain_text("119/QĐ-UBND")
