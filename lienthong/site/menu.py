"""The left rail: what each actor may open, with the count of open work beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page its frame: the actor and the demo ribbon."""
    return {"actor": getattr(request, "actor", None)}
