"""Roles as data: ``data/roles.toml`` read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Role:
    """Vai trò: what a post may do, with which key it reads, and whether the unit's work is its work.

    ``unit_kind`` is the one kind of unit in which it can be held, where there is one.
    """

    code: str
    name: str
    reads_unit: bool
    receives: bool
    rights: frozenset[str]
    unit_kind: str = ""


@cache
def roles() -> dict[str, Role]:
    """Return every role by its code, in the order of the file."""
    with (settings.BASE_DIR / "data" / "roles.toml").open("rb") as file:
        table = tomllib.load(file)["roles"]
    return {
        code: Role(
            code,
            entry["name"],
            entry["reads"] == "unit",
            entry["receives"],
            frozenset(entry["rights"]),
            entry.get("unit_kind", ""),
        )
        for code, entry in table.items()
    }
