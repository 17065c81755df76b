"""What the demo is made of: the data files, and invented names."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings

REAL_PEOPLE = {"Nguyễn Thành Tâm"}
"""Persons whom the sources name: nobody in the demo is called like them."""


@cache
def province_file() -> dict[str, Any]:
    """Return ``data/demo/province.toml``."""
    return _read("province")


@cache
def outgoing_file() -> dict[str, Any]:
    """Return ``data/demo/outgoing.toml``."""
    return _read("outgoing")


@cache
def documents_file() -> dict[str, Any]:
    """Return ``data/demo/documents.toml``."""
    return _read("documents")


@cache
def cases_file() -> dict[str, Any]:
    """Return ``data/demo/cases.toml``."""
    return _read("cases")


@cache
def citizens_file() -> dict[str, Any]:
    """Return ``data/demo/citizens.toml``."""
    return _read("citizens")


@cache
def halls_file() -> dict[str, Any]:
    """Return ``data/demo/halls.toml``."""
    return _read("halls")


def invented_names(rng: random.Random) -> Iterator[str]:
    """Yield invented full names, each once."""
    words = province_file()["names"]
    given: set[str] = set()
    while True:
        sex = rng.choice(("men", "women"))
        name = f"{rng.choice(words['family'])} {rng.choice(words['middle_' + sex])} {rng.choice(words[sex])}"
        if name not in given and name not in REAL_PEOPLE:
            given.add(name)
            yield name


def _read(name: str) -> dict[str, Any]:
    with (settings.BASE_DIR / "data" / "demo" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
