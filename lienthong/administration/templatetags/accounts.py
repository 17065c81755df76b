"""What the page of signing in asks about accounts."""

from __future__ import annotations

from django import template
from django.conf import settings

from lienthong.identity.queries import has_accounts

register = template.Library()


@register.simple_tag
def nobody_yet() -> bool:
    """Tell whether nobody can sign in yet: then the page says how the first account is made."""
    return not has_accounts()


@register.simple_tag
def letters_leave() -> bool:
    """Tell whether a mail server is set: a page must not promise a letter where none leaves the house."""
    return bool(settings.EMAIL_HOST)
