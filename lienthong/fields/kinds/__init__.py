"""The kinds of fields, one module each; found by walking this package."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from lienthong.fields.kind import Kind


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        kind = importlib.import_module(f"{__name__}.{module.name}").KIND
        found[kind.name] = kind
    return found
