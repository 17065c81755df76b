"""What a monitor asks of the whole."""

from __future__ import annotations

import datetime as dt

from django.db import connection

WORKER_SILENT_AFTER = dt.timedelta(seconds=30)


def worker_is_alive(*, at: dt.datetime) -> bool:
    """Tell whether a worker has given a sign of life lately; raises ``DatabaseError`` where nothing answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        (heartbeat,) = cursor.fetchone()
    return heartbeat is not None and at - heartbeat < WORKER_SILENT_AFTER
