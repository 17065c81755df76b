"""Tags of a template, shown as text."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from lienthong.stationery.braces import shown

register = template.Library()


@register.filter
def braced(word: object) -> SafeString:
    """Return a word as a field of a template: in double braces."""
    return shown(f"{{{{ {word} }}}}")
