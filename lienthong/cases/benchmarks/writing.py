"""``bench case_create`` and ``bench case_step``: an operation beside the same rows written by bare SQL.

The floor writes copies of the rows that the operation wrote for a model case, in one transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from lienthong.cases.benchmarks.data import AT, actor_of, reception
from lienthong.cases.models import Case
from lienthong.cases.operations import receive
from lienthong.cases.operations.stepping import act
from lienthong.kernel.timing import bare_connection, compared, milliseconds, queries_of
from lienthong.organisation.actor import Actor

ROUNDS = 60
OF_CASE = (  # the table, the column that names the case
    ("cases_casepaper", "case_id"),
    ("cases_casereader", "case_id"),
    ("cases_handover", "case_id"),
    ("numbering_number", "subject_id"),
    ("calendars_deadline", "subject_id"),
    ("tasks_task", "subject_id"),
    ("search_searchentry", "subject_id"),
    ("journal_event", "subject_id"),
)
Row = dict[str, Any]


def measure_create(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Measure the reception of a case at the counter: code, papers, promise, hand-over, task, figures, journal."""
    handed, desk = reception(), actor_of("one_stop_officer")
    model = _received(handed, desk)
    queries = queries_of(lambda: _received(handed, desk))
    ours, floors = [], []
    with bare_connection() as bare:
        copy = _Copy(bare, model)
        for _ in range(ROUNDS):
            floors.append(milliseconds(copy.write))
            ours.append(milliseconds(lambda: _received(handed, desk)))
    return {**compared(ours, floors), "queries": queries, "floor_statements": copy.statements}


def measure_step(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Measure one step: the specialist puts the case before the leader."""
    handed, desk, specialist = reception(), actor_of("one_stop_officer"), actor_of("specialist")
    model = act(_received(handed, desk), "propose", actor=specialist, at=AT)
    counted = _received(handed, desk)
    queries = queries_of(lambda: act(counted, "propose", actor=specialist, at=AT))
    ours, floors = [], []
    with bare_connection() as bare:
        copy = _Copy(bare, model)
        for _ in range(ROUNDS):
            case = _received(handed, desk)
            floors.append(milliseconds(lambda: copy.step(case.pk)))  # noqa: B023 - called at once
            case = _received(handed, desk)
            ours.append(milliseconds(lambda: act(case, "propose", actor=specialist, at=AT)))  # noqa: B023 - as above
    return {**compared(ours, floors), "queries": queries, "floor_statements": 6}


def _received(handed: Any, desk: Actor) -> Case:
    return receive(replace(handed, key=uuid.uuid4()), actor=desk, at=AT)


class _Copy:
    """The rows of a model case, to be written again and again by bare statements."""

    def __init__(self, bare: psycopg.Connection[Any], model: Case) -> None:
        self.bare, self.model, self.count = bare, model, 0
        self.case = self._rows("cases_case", "id")[0]
        self.rows = {table: self._rows(table, column) for table, column in OF_CASE}
        self.statements = 3 + sum(map(len, self.rows.values()))

    def _rows(self, table: str, column: str) -> list[Row]:
        kind = " AND subject_kind = 'case'" if column == "subject_id" else ""
        statement = f"SELECT * FROM {table} WHERE {column} = %s{kind} ORDER BY 1"  # noqa: S608 - our own names
        with self.bare.cursor(row_factory=dict_row) as cursor:
            found = cursor.execute(statement, [self.model.pk]).fetchall()
        self.bare.rollback()
        return found

    def write(self) -> None:
        """Write a whole new case."""
        self.count += 1
        with self.bare.transaction():
            self._figure()
            self.bare.execute(
                "UPDATE numbering_counter SET highest = highest WHERE id = (SELECT min(id) FROM numbering_counter)"
            )
            pk = self._insert("cases_case", self.case, code=f"bare-{uuid.uuid4().hex[:12]}", code_number=None,
                              request_key=uuid.uuid4())  # fmt: skip
            for table, column in OF_CASE:
                for row in self.rows[table]:
                    self._insert(table, row, **{column: pk}, **self._own(table, pk))

    def step(self, pk: int) -> None:
        """Write what a step writes: the case, its readers and task changed, one hand-over closed, one new, an event."""
        with self.bare.transaction():
            self.bare.execute("SELECT * FROM cases_case WHERE id = %s FOR UPDATE", [pk])
            self.bare.execute("UPDATE cases_handover SET left_at = %s WHERE case_id = %s AND left_at IS NULL", [AT, pk])
            self._insert("cases_handover", self.rows["cases_handover"][-1], case_id=pk)
            self.bare.execute("UPDATE cases_case SET status = 4, step = 'ky', changed_at = %s WHERE id = %s", [AT, pk])
            self.bare.execute("UPDATE cases_casereader SET status = 4 WHERE case_id = %s", [pk])
            self.bare.execute("UPDATE tasks_task SET holder = 1 WHERE subject_kind = 'case' AND subject_id = %s", [pk])
            self._insert(
                "journal_event", self.rows["journal_event"][-1], **self._own("journal_event", pk), subject_id=pk
            )

    def _own(self, table: str, pk: int) -> Row:
        if table == "journal_event":
            return {"sequence": 1_000 + self.count, "thread_id": pk, "hash": uuid.uuid4().bytes}
        return {"number": -pk % 1_000_000_000} if table == "numbering_number" else {}

    def _figure(self) -> None:
        self.bare.execute(
            "UPDATE cases_casefigure SET count = count + 0 WHERE agency_id = %s AND day = %s AND measure = 'received'",
            [self.model.competent_agency_id, self.model.code_date],
        )

    def _insert(self, table: str, row: Row, **changes: Any) -> int:
        whole = {name: value for name, value in (row | changes).items() if name != "id"}
        names: Sequence[sql.Composable] = [sql.Identifier(name) for name in whole]
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING {}").format(
            sql.Identifier(table), sql.SQL(", ").join(names), sql.SQL(", ").join([sql.Placeholder()] * len(whole)),
            sql.Identifier("id") if "id" in row else sql.SQL("1"),
        )  # fmt: skip
        values = [Jsonb(value) if isinstance(value, dict | list) else value for value in whole.values()]
        found = self.bare.execute(statement, values).fetchone()
        assert found is not None  # noqa: S101 - RETURNING returns
        return int(found[0])
