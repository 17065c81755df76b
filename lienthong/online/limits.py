"""How often somebody may try: wrong pairs of code and telephone are counted, by sender and by code."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 600
BY_SENDER = 30
BY_CODE = 8


def is_barred(request: HttpRequest, code: str) -> bool:
    """Tell whether too many wrong pairs came of this sender, or for this code, in the last ten minutes."""
    sender, about = _keys(request, code)
    found = cache.get_many([sender, about])
    return bool(found.get(sender, 0) >= BY_SENDER or found.get(about, 0) >= BY_CODE)


def count_wrong(request: HttpRequest, code: str) -> None:
    """Remember a wrong pair."""
    for key in _keys(request, code):
        if not cache.add(key, 1, WINDOW):
            cache.incr(key)


def _keys(request: HttpRequest, code: str) -> tuple[str, str]:
    folded = "".join(one for one in code.upper() if one.isalnum())[:40]
    return f"track:ip:{get_adapter().get_client_ip(request)}", f"track:code:{folded}"
