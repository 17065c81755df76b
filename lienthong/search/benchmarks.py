"""What a search costs beside the bare statement: declared as the benchmark ``search``."""

from __future__ import annotations

from django.db import connection

from lienthong.search import bench_data

_COLUMNS = "id, subject_kind, subject_id, kind, title, symbol, body, year, state, at, tsv"


def prepare(size: int) -> None:
    """Make the index of ``size`` entries, unless it is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_searchentry WHERE subject_kind = 'bench'")
        if cursor.fetchone()[0] >= size:
            return
        cursor.execute("TRUNCATE search_searchentry")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("DROP INDEX IF EXISTS search_entry_lexemes")
        with cursor.copy(f"COPY search_searchentry ({_COLUMNS}) FROM STDIN") as copy:
            for row in bench_data.rows(size):
                copy.write_row(row)
        cursor.execute(
            "CREATE INDEX search_entry_lexemes ON search_searchentry USING gin (tsv) WITH (fastupdate = off)"
        )
        cursor.execute("SELECT setval(pg_get_serial_sequence('search_searchentry', 'id'), %s)", [size])
        cursor.execute("ANALYZE search_searchentry")
        cursor.execute("RESET maintenance_work_mem")
