"""What every kind of field is: how its options are read, its values checked and shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from lienthong.fields.conditions import ALWAYS, Condition
from lienthong.kernel.faults import Fault

Problems = dict[str, str]
Cleaned = tuple[Any, Problems]


class Lookups(Protocol):
    """What a check must ask of the world outside: names of areas, names of uploaded files."""

    def commune(self, code: str, on: dt.date) -> str | None:
        """Return the full name of an area by its code on a day; None where there is none."""
        ...

    def file(self, pk: int) -> str | None:
        """Return the name of a stored file that the asker may use; None otherwise."""
        ...


class NoLookups:
    """A world in which nothing is known: any code of an area stands for itself, and there are no files."""

    def commune(self, code: str, on: dt.date) -> str | None:  # noqa: ARG002 - the protocol
        """Return the code itself."""
        return code

    def file(self, pk: int) -> str | None:  # noqa: ARG002 - the protocol
        """Return nothing."""
        return None


@dataclass(frozen=True, slots=True)
class Context:
    """In which a form is checked: the day, facts of the case (channel, subject …), and what may be looked up."""

    on: dt.date
    facts: Mapping[str, str] = field(default_factory=dict)
    lookups: Lookups = field(default_factory=NoLookups)


@dataclass(frozen=True, slots=True)
class Field:
    """Trường: one thing that a form asks; ``options`` of its kind, ``fields`` the parts of a group or table."""

    key: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    section: str = ""
    show_when: Condition = ALWAYS
    require_when: Condition | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        """What messages call it: the label without what stands in brackets."""
        return self.label.partition(" (")[0].strip().rstrip(":")

    def is_shown(self, values: Mapping[str, Any], context: Context) -> bool:
        """Tell whether it is asked, by the values before it."""
        return self.show_when.holds(values, context.facts)

    def is_required(self, values: Mapping[str, Any], context: Context) -> bool:
        """Tell whether it must be answered, by the values before it."""
        return self.required or (self.require_when is not None and self.require_when.holds(values, context.facts))


class Kind:
    """A kind of field. Each module of ``fields.kinds`` has one, as ``KIND``; its ``name`` is the module's.

    ``options`` maps the names of its options to what they default to.
    """

    name = ""
    label = ""
    options: Mapping[str, Any] = {}
    has_fields = False

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:  # noqa: ARG002 - for kinds
        """Return what is wrong with the options of a field; ``earlier`` are the fields before it with their kinds."""
        return []

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:
        """Return the canonical value with problems by path below the field ("" = the field itself).

        What it cannot understand comes back as it was, with a problem: nothing that somebody typed is lost.
        """
        raise NotImplementedError

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002 - for kinds
        """Return a clean value as people read it, on one line."""
        return str(value)


def whole_number(options: Mapping[str, Any], name: str, least: int = 0) -> list[Fault]:
    """Return the fault of an option that must be a whole number, if it is none."""
    value = options.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= least):
        return []
    return [Fault((name,), f"{name} phải là số nguyên từ {least} trở lên.")]
