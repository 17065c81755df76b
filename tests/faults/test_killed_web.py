"""The web server is killed while eight clerks' browsers register: what was acknowledged exists, once."""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import subprocess
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from lienthong.documents.models import Book, IncomingDocument
from lienthong.documents.tests.builders import make_book
from lienthong.journal.verification import verify
from lienthong.kernel.clock import local_date, now
from lienthong.numbering.queries import balance
from lienthong.organisation.actor import Actor
from lienthong.site.launch.data_directory import ROOT
from lienthong.site.launch.run import children
from lienthong.site.tests.processes import free_port, until
from tests.cast import Cast

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
Login = Callable[[Client, Actor], Client]
CLIENTS, EACH = 8, 40
TOKEN = "a" * 32


class Web:
    """The web server as ``bin/run`` starts it, on the database of the tests."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        given = argparse.Namespace(host="127.0.0.1", port=self.port)
        self.command = children(given)[0].command
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIENTHONG_")}
        self.environment = kept | {
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "lienthong.site.settings",
            "DATABASE_URL": database_url(),
            "LIENTHONG_DATA": str(data),
            "LIENTHONG_SECRET_KEY": settings.SECRET_KEY,
        }
        self.errors = (data / "web.log").open("w+")
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.errors, stderr=self.errors
        )
        until(self.answers, seconds=30)

    def answers(self) -> bool:
        assert self.process.poll() is None, Path(self.errors.name).read_text()
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as line:
                line.request("GET", "/healthz")
                return line.getresponse().status in {200, 503}
        except OSError:
            return False

    def kill(self) -> None:
        """Kill it as a power cut would: the server and each of its workers, without a word."""
        everyone = [self.process.pid, *(one.pid for one in psutil.Process(self.process.pid).children(recursive=True))]
        for pid in everyone:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        psutil.wait_procs([psutil.Process(pid) for pid in everyone if psutil.pid_exists(pid)], timeout=5)


def database_url() -> str:
    """Return the address of the database of this test run."""
    found = connection.settings_dict
    where = {"host": found["HOST"] or found.get("OPTIONS", {}).get("host", "")}
    if found["PORT"]:
        where["port"] = str(found["PORT"])
    who = urllib.parse.quote(found["USER"]) + (f":{urllib.parse.quote(found['PASSWORD'])}" if found["PASSWORD"] else "")
    return f"postgresql://{who}@/{found['NAME']}?{urllib.parse.urlencode(where)}"


@pytest.fixture
def web(tmp_path: Path, cast: Cast) -> Iterator[Web]:
    server = Web(tmp_path)
    yield server
    if server.process.poll() is None:
        server.kill()
    server.errors.close()


class Browser:
    """One clerk's browser: registers its documents one by one, and sends a page again while nobody has answered."""

    def __init__(self, web: Web, book: Book, session: str, number: int) -> None:
        today = f"{local_date(now()):%d/%m/%Y}"
        self.web, self.session = web, session
        self.pages = [
            {
                "symbol": f"{number * 100 + index}/UBND-TH",
                "issuer": "Ủy ban nhân dân huyện Tuy Phong",
                "abstract": f"Báo cáo số {index} của máy {number}",
                "urgency": "normal",
                "channel": "paper",
                "copies": "1",
                "book": str(book.pk),
                "arrival_date": today,
                "secrecy": "normal",
                "request_key": str(uuid.uuid4()),
                "csrfmiddlewaretoken": TOKEN,
            }
            for index in range(EACH)
        ]
        self.acknowledged: dict[str, str] = {}

    def work(self, deadline: float) -> None:
        for page in self.pages:
            while page["symbol"] not in self.acknowledged and time.monotonic() < deadline:
                try:
                    self.send(page)
                except (OSError, http.client.HTTPException):
                    time.sleep(0.05)

    def send(self, page: dict[str, str]) -> None:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=10)) as line:
            line.request("POST", "/incoming/new/", urllib.parse.urlencode(page), headers)
            answer = line.getresponse()
            answer.read()
        assert answer.status == 302, f"{answer.status} for {page['symbol']}"
        self.acknowledged[page["symbol"]] = str(answer.headers["Location"])


def test_what_was_acknowledged_before_the_kill_exists_once_and_nothing_else_is_doubled(
    cast: Cast, web: Web, login: Login
) -> None:
    book = make_book(cast)
    sessions = [login(Client(), cast.clerk).cookies["sessionid"].value for _ in range(CLIENTS)]
    browsers = [Browser(web, book, session, number) for number, session in enumerate(sessions)]
    deadline = time.monotonic() + 60
    with ThreadPoolExecutor(CLIENTS) as pool:
        at_work = [pool.submit(browser.work, deadline) for browser in browsers]
        until(lambda: sum(len(browser.acknowledged) for browser in browsers) >= CLIENTS * 5, seconds=30)
        web.kill()
        told = {symbol: place for browser in browsers for symbol, place in dict(browser.acknowledged).items()}
        assert CLIENTS * 5 <= len(told) < CLIENTS * EACH, "the kill came in the middle"
        assert_kept(told)
        web.start()
        for one in at_work:
            one.result()
    told = {symbol: place for browser in browsers for symbol, place in browser.acknowledged.items()}
    assert len(told) == CLIENTS * EACH
    assert_kept(told)
    assert IncomingDocument.objects.count() == CLIENTS * EACH


def assert_kept(told: dict[str, str]) -> None:
    """Assert that each acknowledged document is there once under its address, and that the records agree."""
    kept = list(IncomingDocument.objects.order_by("arrival_number").values_list("symbol", "pk", "arrival_number"))
    symbols = [symbol for symbol, _, _ in kept]
    assert len(symbols) == len(set(symbols))
    assert told.items() <= {symbol: f"/incoming/{pk}/" for symbol, pk, _ in kept}.items()
    assert [number for _, _, number in kept] == list(range(1, len(kept) + 1))
    assert balance() == []
    assert list(verify()) == []
