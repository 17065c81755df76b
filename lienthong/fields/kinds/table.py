"""A table: rows of short fields."""

from __future__ import annotations

from lienthong.fields.kinds.group import Group


class Table(Group):
    """Bảng: like a group, drawn as a table of one line for each row."""

    name = "table"
    label = "Bảng"
    options = {"min": 0, "max": 50, "item": "dòng"}


KIND = Table()
