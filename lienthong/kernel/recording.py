"""How an app that lies below the journal records what happened: the journal installs its ``record`` when it starts.

Apps above the journal call ``journal.operations.record`` themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from lienthong.kernel.subjects import Subject

_recorders: list[Callable[..., object]] = []


def install(recorder: Callable[..., object]) -> None:
    """Set the one function that keeps the journal; called from the journal's ``ready()``."""
    _recorders[:] = [recorder]


def record(
    subject: Subject,
    kind: str,
    *,
    actor: Any,
    at: dt.datetime,
    particulars: Mapping[str, Any] | None = None,
    is_new: bool = False,
) -> None:
    """Record one event of a subject, inside the caller's transaction (see ``journal.operations.record``)."""
    if not _recorders:
        raise RuntimeError("no journal is installed: lienthong.journal must be among the apps")
    _recorders[0](subject, kind, actor=actor, at=at, particulars=particulars, is_new=is_new)
