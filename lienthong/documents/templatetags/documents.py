"""What the templates of documents ask for."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, Form

register = template.Library()


@register.filter
def fields(form: Form, names: str) -> list[BoundField]:
    """Return some fields of a form in the named order."""
    return [form[name] for name in names.split()]


@register.filter
def proposal_of(proposals: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what was proposed for a field, as the field shows it: value, certainty in percent, the found place."""
    found = proposals.get(name)
    if not found:
        return {"value": "", "percent": "", "context": ""}
    context = f"…{found['before']}{found['quote']}{found['after']}…" if found["quote"] else found["how"]
    return {"value": found["value"], "percent": round(found["confidence"] * 100), "context": context}
