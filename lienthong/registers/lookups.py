"""What the forms of registers may look up: names of communes on a day."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.periods import in_force
from lienthong.organisation.models import UnitCode


class Communes:
    """The communes of the house; each is looked up once. Files are not known here."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, dt.date], str | None] = {}

    def commune(self, code: str, on: dt.date) -> str | None:
        """Return the name of a commune with what it lies in; None for an unknown code."""
        if (code, on) not in self._names:
            self._names[code, on] = _name(code, on)
        return self._names[code, on]

    def file(self, pk: int) -> str | None:  # noqa: ARG002 - the protocol
        """Return nothing."""
        return None


def _name(code: str, on: dt.date) -> str | None:
    rows = UnitCode.objects.filter(in_force(on), kind=UnitCode.Kind.GSO, code=code).select_related("unit__parent")
    row = rows.first()
    if row is None:
        return None
    names = [row.unit.short_name, *([row.unit.parent.short_name] if row.unit.parent is not None else [])]
    return ", ".join(name.removeprefix("UBND ") for name in names)
