"""Partners: one package each, found by walking this one; nobody keeps a list.

A partner is a class ``Partner`` in a package here. It knows the messages, which fields they must have, where they go
and how they are signed; it is off until the settings say where the other side is.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from lienthong.exchange.partners.contract import Adapter


@cache
def _every() -> dict[str, Adapter]:
    found = (import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__) if one.ispkg)
    made: list[Adapter] = [module.Partner() for module in found]
    return {partner.code: partner for partner in made}


def every() -> list[Adapter]:
    """Return every partner that the house can speak with, by their names, connected or not."""
    return sorted(_every().values(), key=lambda one: one.name)


def in_use() -> list[Adapter]:
    """Return the partners that are connected."""
    return [partner for partner in every() if partner.is_open()]


def named(code: str) -> Adapter | None:
    """Return a connected partner by its code."""
    partner = _every().get(code)
    return partner if partner and partner.is_open() else None


def name_of(code: str) -> str:
    """Return what a partner is called, connected or not."""
    partner = _every().get(code)
    return partner.name if partner else code
