"""Gateways: one module each, found by walking this package; nobody keeps a list.

A gateway is a class ``Gateway`` in a module of this package. It turns our request into an address for the payer, reads
what the gateway says (and refuses what the gateway did not sign), asks it, and gives money back through it.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from lienthong.payments.gateways import told
from lienthong.payments.gateways.told import Adapter


@cache
def _every() -> dict[str, Adapter]:
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    made: list[Adapter] = [module.Gateway() for module in modules if hasattr(module, "Gateway")]
    return {gateway.code: gateway for gateway in made}


def named(code: str) -> Adapter | None:
    """Return a gateway that is in use here, by its code."""
    gateway = _every().get(code)
    return gateway if gateway and gateway.is_open() else None


def in_use() -> list[Adapter]:
    """Return the gateways in use here, by their names."""
    return sorted((gateway for gateway in _every().values() if gateway.is_open()), key=lambda one: one.name)


def name_of(code: str) -> str:
    """Return what a gateway is called, in use or not."""
    gateway = _every().get(code)
    return gateway.name if gateway else "Tại quầy" if code == "desk" else code


__all__ = ["Adapter", "in_use", "name_of", "named", "told"]
