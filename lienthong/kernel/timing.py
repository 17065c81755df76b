"""How benchmarks time: ours beside its floor, in turn, so that the machine's moods fall on both.

The floor is the same rows by a bare statement on a bare connection, through a bare template. Two things are timed
beside it: the work (queries, rows, fragment) and, with ``request``, the whole request of a signed-in officer as the
web server hands it in: middleware, session, account, posts, menu and frame.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

ROUNDS = 60


def bare_connection() -> psycopg.Connection[Any]:
    """Open a connection to the same database without Django."""
    parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor, "context": None}
    return psycopg.connect(**parameters)


def beside(
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    request: Callable[[], object] | None = None,
    rounds: int = ROUNDS,
) -> dict[str, object]:
    """Time ``ours`` beside ``floor``, in turn; return medians, the ratio, and how many queries ours asks.

    ``request`` is timed in the same turns beside the same floor; its figures stand under the key of that name.
    """
    acts = [floor, ours, *([request] if request else [])]
    for act in acts:
        act()
    took: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for act, times in zip(acts, took, strict=True):
            if act is request:
                connection.close()  # a request fetches its connection from the pool itself
            else:
                connection.ensure_connection()
            times.append(milliseconds(act))
    figures = [{**compared(times, took[0]), "queries": queries_of(act)} for act, times in zip(acts, took, strict=True)]
    return {**figures[1], **({"request": figures[2]} if request else {})}


def compared(took: Sequence[float], floor: Sequence[float]) -> dict[str, object]:
    """Return the figures of times in milliseconds beside those of their floor."""
    median, bare = statistics.median(took), statistics.median(floor)
    return {
        "median_ms": round(median, 2),
        "p95_ms": round(statistics.quantiles(took, n=20)[-1], 2),
        "floor_ms": round(bare, 2),
        "ratio": round(median / bare, 2),
    }


def queries_of(act: Callable[[], object]) -> int:
    """Return how many queries Django asks while something is done; the ends of a transaction are none."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(one["sql"] not in ("BEGIN", "COMMIT") for one in captured)


def milliseconds(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how long something takes by a clock: the wall's, or ``time.process_time`` for the processor's."""
    started = clock()
    act()
    return (clock() - started) * 1000


def request_of(user: Any, address: str) -> Callable[[], bytes]:
    """Return what asks for a page of the installed site as this user, signed in, and returns the page."""
    application = import_string(settings.WSGI_APPLICATION)
    browser = Client()
    browser.force_login(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    environment = RequestFactory().get(address, headers={"cookie": cookie, "accept": "text/html"}).environ

    def ask() -> bytes:
        answered: list[str] = []
        response = application(dict(environment), lambda status, _headers: answered.append(status))
        try:
            page = b"".join(response)
        finally:
            response.close()
        if answered != ["200 OK"]:
            raise RuntimeError(f"{address} answered {answered}")
        return page

    return ask
