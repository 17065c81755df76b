"""The chain holds, and every way of breaking it is named."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from lienthong.journal.models import Event
from lienthong.journal.operations import record, seal
from lienthong.journal.verification import verify
from lienthong.kernel.subjects import Subject

AT = dt.datetime(2014, 1, 22, 4, 0, tzinfo=dt.UTC)
PAPER = Subject("paper", 7)
OURS = "subject_kind = 'paper' AND subject_id = 7"  # others of this run may have written events too

pytestmark = pytest.mark.django_db


def write_three() -> list[Event]:
    return [
        record(PAPER, "paper.moved", actor=None, at=AT, particulars={"step": step, "text": "Trình ký"})
        for step in range(3)
    ]


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE journal_event ENABLE TRIGGER USER")


def test_an_untouched_journal_holds() -> None:
    events = write_three()
    seal(at=AT)
    assert [event.sequence for event in events] == [1, 2, 3]
    assert list(verify()) == []


@pytest.mark.parametrize("sql", ["UPDATE journal_event SET kind = 'x'", "DELETE FROM journal_event"])
def test_the_database_refuses_to_change_or_delete(sql: str) -> None:
    write_three()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_changed_event_is_named_once() -> None:
    write_three()
    tamper(f"UPDATE journal_event SET particulars = '{{\"step\": 9}}' WHERE {OURS} AND sequence = 2")
    (fault,) = verify()
    assert "paper:7 sự kiện 2" in fault.where


def test_a_removed_event_is_named() -> None:
    write_three()
    tamper(f"DELETE FROM journal_event WHERE {OURS} AND sequence = 2")
    (fault,) = verify()
    assert fault.what == "thiếu trong chuỗi"


@pytest.mark.parametrize("cut", ["sequence = 3", "TRUE"])
def test_a_chain_cut_short_or_away_breaks_the_seal(cut: str) -> None:
    write_three()
    seal(at=AT)
    tamper(f"DELETE FROM journal_event WHERE {OURS} AND {cut}")
    (fault,) = verify()
    assert fault.where.startswith("niêm phong")


def test_sealing_twice_without_news_makes_no_seal() -> None:
    write_three()
    assert seal(at=AT) is not None
    assert seal(at=AT) is None


def test_the_command_fails_and_names_the_fault(capsys: pytest.CaptureFixture[str]) -> None:
    write_three()
    call_command("journal", "verify")
    tamper(f"UPDATE journal_event SET kind = 'x' WHERE {OURS} AND sequence = 1")
    with pytest.raises(CommandError, match="1 chỗ sai"):
        call_command("journal", "verify")
    assert "paper:7 sự kiện 1" in capsys.readouterr().err


def test_a_record_outside_a_transaction_is_a_bug(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(PAPER, "paper.moved", actor=None, at=AT)
