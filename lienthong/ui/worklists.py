"""Lists whose filters can be saved: every app declares its own from ``ready()``."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list: its key, the name of its address, and the parameters of the address that narrow or sort it."""

    key: str
    url_name: str
    parameters: tuple[str, ...]

    def query(self, text: str) -> str:
        """Return what narrows the list in a query string, always in the same order; page marks and strangers go."""
        said = dict(parse_qsl(text.lstrip("?")))
        return urlencode([(name, said[name]) for name in self.parameters if said.get(name)])

    def address(self, query: str = "") -> str:
        """Return where the list stands, narrowed."""
        return f"{reverse(self.url_name)}?{query}" if query else reverse(self.url_name)


_lists: dict[str, WorkList] = {}


def declare(work_list: WorkList) -> None:
    """Declare a list; called from ``ready()``."""
    _lists[work_list.key] = work_list


def named(key: str) -> WorkList | None:
    """Return the list of a key; None when nobody declared it."""
    return _lists.get(key)
