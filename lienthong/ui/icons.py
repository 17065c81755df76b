"""Tabler icons, read from ``node_modules`` once and written into the page as inline SVG."""

from __future__ import annotations

import re
from functools import cache

from lienthong.ui.finders import NODE_MODULES

ICONS = NODE_MODULES / "@tabler" / "icons" / "icons"
_OUTER = re.compile(r"^.*?<svg[^>]*>(?P<inner>.*)</svg>\s*$", re.DOTALL)
_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


class UnknownIconError(LookupError):
    """No such icon among Tabler's, or ``npm ci`` has not run."""


@cache
def svg(name: str, *, filled: bool = False) -> str:
    """Return an icon as inline SVG without a size of its own; it is decoration, the word stands beside it."""
    file = ICONS / ("filled" if filled else "outline") / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        raise UnknownIconError(f"No Tabler icon {name!r} in {ICONS} (npm ci --ignore-scripts brings them).")
    found = _OUTER.match(file.read_text(encoding="utf-8"))
    if found is None:
        raise UnknownIconError(f"{file} is not an SVG file.")
    inner = " ".join(_FRAME.sub("", found["inner"]).split())
    paint = 'fill="currentColor"' if filled else 'fill="none" stroke="currentColor" stroke-width="1.75"'
    return (
        f'<svg class="icon" viewBox="0 0 24 24" {paint} stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true" focusable="false">{inner}</svg>'
    )
