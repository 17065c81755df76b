"""Rights: short words such as ``incoming.register``, declared by the app that asks for them.

Posts hold rights through their role; which role holds which right is data (``data/roles.toml``), checked by a test
against what the apps declared.
"""

from __future__ import annotations

_rights: dict[str, str] = {}


def declare(right: str, meaning: str) -> None:
    """Declare a right with its Vietnamese meaning; called from ``ready()``."""
    _rights[right] = meaning


def declared() -> dict[str, str]:
    """Return every declared right with its meaning, sorted by the word."""
    return dict(sorted(_rights.items()))
