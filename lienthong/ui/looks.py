"""What a person has set about looks, remembered in cookies: the theme, the width of the rail, the preview."""

from __future__ import annotations

from collections.abc import Mapping

THEMES = ("light", "dark")


def theme(cookies: Mapping[str, str]) -> str:
    """Return ``light``, ``dark``, or ``auto``: as the device is set."""
    chosen = cookies.get("theme", "")
    return chosen if chosen in THEMES else "auto"


def rail_is_small(cookies: Mapping[str, str]) -> bool:
    """Tell whether the rail shows icons alone."""
    return cookies.get("rail") == "small"


def preview_is_open(cookies: Mapping[str, str]) -> bool:
    """Tell whether lists show the side preview (on wide screens)."""
    return cookies.get("preview") == "open"
