"""The names of the types of documents, to know a title by."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from lienthong.kernel.vietnamese import fold

TYPES = Path(__file__).resolve().parents[3] / "data" / "document_types.toml"


@lru_cache(maxsize=1)
def type_names() -> frozenset[str]:
    """Return the names of all types, folded."""
    types = tomllib.loads(TYPES.read_text(encoding="utf-8"))["types"]
    return frozenset(fold(one["name"]) for one in types)
