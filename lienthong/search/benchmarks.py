"""What a search costs beside the bare statement: declared as the benchmark ``search``."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg
from django.db import connection
from django.template import engines
from django.template.loader import render_to_string

from lienthong.kernel.timing import bare_connection, compared, milliseconds, queries_of
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post
from lienthong.search import bench_data, queries, tiers
from lienthong.search.chips import Asked
from lienthong.search.query_text import parse

LIMIT = 25
ROUNDS = 5
MARKED = (
    "kế hoạch",
    "của",
    "đường",
    "phòng chống tham nhũng",
    "cải cách thủ tục hành chính",
    "xây dựng nông thôn",
    bench_data.RARE_WORD,
    " ".join(bench_data.NEVER_TOGETHER),
)
SYMBOLS = ("119/QĐ-UBND", "so 119 qd ubnd", "119/qd", "45 tb", "1500")
TYPED = ("th", "ke ho", "uy ban nh", "11")
READERS = {"province": bench_data.PROVINCE, "department": bench_data.DEPARTMENTS[3], "post": bench_data.NARROW_POST}
ROWS = "{% for row in rows %}<li><a>{{ row.6 }} {{ row.5 }}</a><p>{{ row.4 }} {{ row.10 }}</p></li>{% endfor %}"

_COLUMNS = "id, subject_kind, subject_id, kind, title, symbol, body, year, state, at, tsv"


def prepare(size: int) -> None:
    """Make the index of ``size`` entries, unless it is there: five to ten minutes for a million."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_searchentry WHERE subject_kind = 'bench'")
        if cursor.fetchone()[0] >= size:
            return
        cursor.execute("TRUNCATE search_searchentry RESTART IDENTITY")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("DROP INDEX IF EXISTS search_entry_lexemes")
        with cursor.copy(f"COPY search_searchentry ({_COLUMNS}) FROM STDIN") as copy:
            for row in bench_data.rows(size):
                copy.write_row(row)
        cursor.execute("CREATE INDEX search_entry_lexemes ON search_searchentry USING gin (tsv) WITH (fastupdate=off)")
        cursor.execute("SELECT setval(pg_get_serial_sequence('search_searchentry', 'id'), %s)", [size])
        cursor.execute("ANALYZE search_searchentry")
        cursor.execute("RESET maintenance_work_mem")


def measure(size: int) -> dict[str, object]:
    """Measure every query for every reader: the answer with its fragment, beside the bare statement with bare rows."""
    cases = {
        "marked": [(text, False) for text in MARKED],
        "unmarked": [(fold(text), False) for text in MARKED],
        "symbol": [(text, False) for text in SYMBOLS],
        "typing": [(text, True) for text in TYPED],
    }
    newest = queries.newest()
    ours: list[float] = []
    floors: list[float] = []
    groups: dict[str, object] = {}
    slowest = (0.0, "")
    with bare_connection() as bare:
        for group, texts in cases.items():
            mine: list[float] = []
            for text, typing in texts:
                for reader, audience in READERS.items():
                    took = _median(partial(_answer, _actor(audience), text, typing=typing))
                    floors.append(_median(partial(_floor, bare, audience, text, newest, typing=typing)))
                    mine.append(took)
                    slowest = max(slowest, (took, f"{text} ({reader})"))
            groups[group] = round(statistics.median(mine), 1)
            ours += mine
    return {
        "name": "search",
        "size": size,
        **compared(ours, floors),
        "queries": queries_of(partial(_answer, _actor(bench_data.PROVINCE), MARKED[0], typing=False)),
        "groups": groups,
        "slowest": {"ms": round(slowest[0], 1), "query": slowest[1]},
    }


def _median(act: Callable[[], object]) -> float:
    return statistics.median(milliseconds(act) for _ in range(ROUNDS))


def _actor(audience: int) -> Actor:
    post = Post(officer=Officer(full_name="Đo tốc độ"))
    return Actor(officer=post.officer, post=post, own_post=post, rights=frozenset(), audience=audience)


def _answer(actor: Actor, text: str, *, typing: bool) -> str:
    results = queries.find(actor, text, limit=LIMIT, typing=typing)
    part = "quick" if typing else "results"
    return render_to_string(f"search/page.html#{part}", {"results": results, "asked": Asked(text), "first": "/"})


def _floor(bare: psycopg.Connection[Any], audience: int, text: str, newest: int, *, typing: bool) -> str:
    allowed = tiers.restriction([audience])
    values = {
        "sweeps": tiers.restricted(tiers.sweeps(parse(text, typing=typing)), allowed),
        "reach": tiers.reach(newest),
        "state": "",
        "need": LIMIT + 1,
        "after": 0,
    }
    rows = bare.execute(queries.FOUND.format(body="''" if typing else "left(entry.body, 20000)"), values).fetchall()
    return str(engines["django"].from_string(ROWS).render({"rows": rows}))
