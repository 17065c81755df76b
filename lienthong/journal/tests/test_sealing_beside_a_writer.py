"""A seal does not make the house wait behind one who writes for long."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction

from lienthong.journal import operations
from lienthong.journal.models import Event
from lienthong.journal.operations import record, seal
from lienthong.kernel.subjects import Subject

AT = dt.datetime(2014, 3, 10, 2, 0, tzinfo=dt.UTC)


@pytest.mark.django_db(transaction=True)
def test_a_seal_gives_way_to_a_long_writer_and_takes_all_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "PATIENCE", "20ms")
    with transaction.atomic():
        record(Subject("unit", 20_140_310), "unit.coded", actor=None, at=AT, is_new=True)
    beside = connection.copy()
    beside.set_autocommit(False)
    with beside.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Event._meta.db_table} IN ROW EXCLUSIVE MODE")  # as every writer does
        assert seal(at=AT) is None
    beside.rollback()
    beside.close()
    made = seal(at=AT)
    assert made is not None
    assert made.last_event_id == Event.objects.latest("pk").pk
