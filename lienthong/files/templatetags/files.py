"""What a page that takes files must know: ``{% load files %}``."""

from __future__ import annotations

from django import template

from lienthong.files import incoming, kinds

register = template.Library()


@register.simple_tag
def largest_file() -> int:
    """Return the most bytes that one file may have."""
    return incoming.largest_file()


@register.simple_tag
def accepted_extensions() -> str:
    """Return every extension that is taken, for ``accept``."""
    return ",".join(kinds.accepted_extensions())
