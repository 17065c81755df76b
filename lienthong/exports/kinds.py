"""What may be ordered: every app declares its kinds of export from ``ready()``.

    kinds.declare(ExportKind(kind="programme.tasks", name="Nhiệm vụ của chương trình", clean=…, allowed=…, table=…))

``clean`` reads what came from a page and returns what is kept, refusing what makes no sense; ``allowed`` is asked when
it is ordered, again when it is made, and again when it is fetched; ``table`` fetches through ``visible_to`` of whoever
ordered it, as they are on that day. A button (``parameters``: JSON from the view):

    {% include "exports/order_button.html" with kind="…" format="xlsx" parameters=parameters label="Đặt kết xuất" %}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lienthong.exports.tables import FORMATS, Table
from lienthong.organisation.actor import Actor

Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportKind:
    """Loại bản kết xuất: ``clean`` must give the same for the same wish, so that it is not made twice at once."""

    kind: str
    name: str
    clean: Callable[[Mapping[str, Any]], Parameters]
    allowed: Callable[[Actor, Parameters], bool]
    table: Callable[[Actor, Parameters], Table]
    formats: tuple[str, ...] = tuple(FORMATS)


_kinds: dict[str, ExportKind] = {}


def declare(kind: ExportKind) -> None:
    """Declare a kind; called from ``ready()``. Declaring one word twice is a bug."""
    if kind.kind in _kinds and _kinds[kind.kind] != kind:
        raise ValueError(f"export kind {kind.kind!r} is declared twice")
    _kinds[kind.kind] = kind


def kind_of(word: str) -> ExportKind | None:
    """Return the declared kind, or nothing."""
    return _kinds.get(word)
