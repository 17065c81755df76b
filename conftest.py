"""What every test may ask for: the database, the cast, a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from lienthong.site.launch import data_directory, sharing
from lienthong.site.launch.cluster import Cluster
from tests.browser.watching import watch
from tests.migrated import use_migrated_database

pytest_plugins = ["lienthong.ui.pytest_plugin", "tests.cast"]

CHROMIUM = ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """The server of ``DATABASE_URL``, or a throwaway embedded one that the parallel test processes share."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    data_directory.prepare(settings.DATA_DIR)
    with sharing.server(Cluster(settings.DATA_DIR, durable=False)):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, database_server: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Have the server, and a migrated database to copy, before pytest-django makes its own."""
    with django_db_blocker.unblock():
        use_migrated_database()


@pytest.fixture(scope="session", autouse=True)
def directory_of_static_files() -> None:
    """In a fresh data directory whitenoise would warn that it is missing."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database; before it is dropped, whatever a server's thread still holds open is ended."""
    yield
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(others, [connection.settings_dict["NAME"]])


@pytest.fixture(autouse=True)
def rules_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules of reception be those of the file: what was entered on screen is kept for a day in a process."""
    monkeypatch.setattr("lienthong.cases.entered.began_by", lambda _day: ())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the session; without one, the tests that need it are skipped."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    # Playwright's sync face runs an event loop in this thread; the ORM is used beside it, never inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Open pages: ``open_page(user)`` signed in, ``open_page()`` not; ``phone=True`` is 390 px wide."""
    contexts = []

    def open_one(user: Any = None, *, phone: bool = False) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": 390, "height": 844} if phone else {"width": 1440, "height": 900},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        if user is not None:
            context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": live_server.url}])
        page = context.new_page()
        watch(page, live_server.url)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page that nobody has signed in to."""
    return open_page()


def session_of(user: Any) -> str:
    """Return the key of a new session of a user."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies["sessionid"].value
