"""Addresses of records: ``reverse`` for lists, which would ask it anew for every row."""

from __future__ import annotations

from functools import cache

from django.urls import get_urlconf, reverse

_KEY = 10**15
"""A key that no record has, to be put out of the address again."""


def address_of(name: str, pk: int) -> str:
    """Return the address of one record, as ``reverse(name, args=[pk])`` does; the form of it is asked once."""
    return _form(name, get_urlconf()).format(pk)


@cache
def _form(name: str, urlconf: str | None) -> str:
    return reverse(name, args=[_KEY], urlconf=urlconf).replace("{", "{{").replace("}", "}}").replace(str(_KEY), "{}")
