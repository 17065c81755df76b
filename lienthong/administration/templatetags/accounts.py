"""What the page of signing in asks about accounts."""

from __future__ import annotations

from django import template

from lienthong.identity.queries import has_accounts

register = template.Library()


@register.simple_tag
def nobody_yet() -> bool:
    """Tell whether nobody can sign in yet: then the page says how the first account is made."""
    return not has_accounts()
