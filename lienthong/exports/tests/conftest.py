"""A data directory of each test's own, and a kind of export that the clerk of Sở TT&TT may order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from lienthong.exports import kinds
from lienthong.exports.kinds import ExportKind, Parameters
from lienthong.exports.tables import Table
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from tests.conftest import data_directory

__all__ = ["data_directory"]


@pytest.fixture(autouse=True)
def _own_directory(data_directory: Path) -> None:
    """Bytes go to a directory that only this test has."""


@dataclass
class Shelf:
    """What the kind ``test.rows`` gives: its rows, who may have them, and what happens at each row."""

    rows: list[Sequence[Any]] = field(default_factory=lambda: [(number, f"Dòng {number}") for number in range(1, 26)])
    readers: set[str] = field(default_factory=lambda: {"clerk"})
    at_row: Any = None

    def kind(self) -> ExportKind:
        """The kind of export."""
        return ExportKind(kind="test.rows", name="Bảng thử", clean=_clean, allowed=self._allowed, table=self._table)

    def _allowed(self, actor: Actor, _wish: Parameters) -> bool:
        return actor.post.role in self.readers

    def _table(self, _actor: Actor, wish: Parameters) -> Table:
        return Table(
            title="Bảng thử",
            name=f"Bảng thử {wish['name']}",
            owner="Sở Thông tin và Truyền thông",
            lines=("Từ ngày 01/03/2014",),
            columns=("Số", "Nội dung"),
            widths=(8, 40),
            total=len(self.rows),
            rows=self._rows,
        )

    def _rows(self) -> Iterator[Sequence[Any]]:
        for number, row in enumerate(self.rows, start=1):
            if self.at_row:
                self.at_row(number)
            yield row


def _clean(given: Mapping[str, Any]) -> Parameters:
    if not given.get("name"):
        raise Refusal("Hãy chọn bảng.")
    return {"name": str(given["name"])}


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A declared kind of export whose rows the test chooses."""
    made = Shelf()
    monkeypatch.setitem(kinds._kinds, "test.rows", made.kind())
    return made
