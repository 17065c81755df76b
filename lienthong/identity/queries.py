"""Reads about accounts."""

from __future__ import annotations

from lienthong.identity.models import User


def has_accounts() -> bool:
    """Tell whether there is any account at all."""
    return User.objects.exists()
