"""The skeletons that come with the software: ``data/stationery/<type>.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from lienthong.stationery.words import Field

HOME = Path(settings.BASE_DIR) / "data" / "stationery"


def files() -> list[Path]:
    """Return every file of skeletons."""
    return sorted(HOME.glob("*.toml"))


def read(path: Path) -> dict[str, Any]:
    """Return a skeleton: ``type`` (code of the catalogue), ``name``, and ``content`` as a version keeps it."""
    with path.open("rb") as file:
        told = tomllib.load(file)
    content: dict[str, Any] = {
        "abstract": told.get("abstract", ""),
        "addressees": "\n".join(told.get("addressees", [])),
        "body": told["body"].strip(),
        "recipients": "\n".join(told.get("recipients", [])),
        "signing_hint": told.get("signing", ""),
        "guidance": told.get("guidance", ""),
        "fields": [asdict(Field(**field)) for field in told.get("fields", [])],
    }
    return {"code": path.stem, "type": told.get("type", path.stem), "name": told["name"], "content": content}
