"""What forms of cases may look up: names of communes on a day, names of uploaded files."""

from __future__ import annotations

import datetime as dt

from lienthong.files.models import StoredFile
from lienthong.kernel.periods import in_force
from lienthong.organisation.models import Unit, UnitCode


class Known:
    """The house as forms see it; each commune is looked up once."""

    def __init__(self) -> None:
        self._communes: dict[tuple[str, dt.date], Unit | None] = {}

    def commune(self, code: str, on: dt.date) -> str | None:
        """Return the name of a commune with its district."""
        unit = self.unit(code, on)
        return _name(unit) if unit else None

    def unit(self, code: str, on: dt.date) -> Unit | None:
        """Return the unit of a commune."""
        if (code, on) not in self._communes:
            self._communes[code, on] = _commune(code, on)
        return self._communes[code, on]

    def file(self, pk: int) -> str | None:
        """Return the name of a stored file."""
        return StoredFile.objects.filter(pk=pk).values_list("name", flat=True).first()


def _commune(code: str, on: dt.date) -> Unit | None:
    rows = UnitCode.objects.filter(in_force(on), kind=UnitCode.Kind.GSO, code=code).select_related("unit__parent")
    row = rows.first()
    return row.unit if row else None


def _name(unit: Unit) -> str:
    names = [unit.short_name, *([unit.parent.short_name] if unit.parent is not None else [])]
    return ", ".join(name.removeprefix("UBND ") for name in names)
