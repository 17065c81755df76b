"""The saved filters of an officer, as a list shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from lienthong.organisation.actor import Actor
from lienthong.ui import worklists
from lienthong.ui.models import SavedFilter


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One saved filter: its name, where it leads, whether the list is narrowed to it now."""

    pk: int
    name: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The saved filters of one list, and the present filter as far as it is not one of them."""

    work_list: str
    shown: list[Shortcut]
    unsaved: str


def saved_filters(actor: Actor, key: str, query: QueryDict) -> Shortcuts:
    """Return the officer's saved filters of a declared list, in one query."""
    work_list = worklists.named(key)
    if work_list is None:
        raise LookupError(f"No list {key!r} is declared (ui.worklists).")
    here = work_list.query(query.urlencode())
    found = SavedFilter.objects.visible_to(actor).standing().filter(work_list=key).order_by("pk")
    rows = list(found.values_list("pk", "name", "query"))
    shown = [Shortcut(pk, name, work_list.address(said), said == here) for pk, name, said in rows]
    return Shortcuts(key, shown, "" if any(one.chosen for one in shown) else here)
