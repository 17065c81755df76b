"""Linked cases: what was opened with a case or waits for it, and what one carries over to the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.cases.models import Case, LinkedCase
from lienthong.procedures.definition import Component, Definition


def links_of(case: Case) -> list[LinkedCase]:
    """Return what is linked to a case, in the order of its procedure (one query)."""
    return list(case.links.select_related("linked__holder_unit", "linked__procedure").order_by("pk"))


def opened_by(case: Case) -> LinkedCase | None:
    """Return the link by which a case was opened; None for one that stands for itself (one query)."""
    return LinkedCase.objects.filter(linked=case).select_related("case__procedure").first()


def awaited(case: Case) -> Case | None:
    """Return the case whose results a linked one still waits for before it may be received (one query)."""
    rows = LinkedCase.objects.filter(linked=case, fed_at=None).exclude(needs=[])
    row = rows.exclude(case__status__in=Case.ENDED).select_related("case").first()
    return row.case if row else None


def carried(case: Case, to: Definition) -> dict[str, Any]:
    """Return what was said in a case that another procedure asks for. Pure.

    That is what both ask for under one key and kind, what the link between them carries over under another key, and
    what follows from the link itself.
    """
    kinds = case.version.definition.form.kinds()
    asked = to.form.kinds()
    same = {key: value for key, value in case.values.items() if key in asked and kinds.get(key) == asked[key]}
    link = next((one for one in case.version.definition.links if one.procedure == to.code), None)
    if link is None:
        return same
    moved = {key: _said(case.values, source) for key, source in link.carries.items()}
    return same | {key: value for key, value in {**moved, **link.says}.items() if key in asked and value is not None}


def _said(values: Mapping[str, Any], path: str) -> Any:
    """Return what stands under a key, or under a part of it ("me.name"); None where nothing does."""
    found: Any = values
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def paper_pairs(case: Case, asked: list[Component]) -> Mapping[str, str]:
    """Return which paper of a case serves which component of another: the same key, or the same thing reused. Pure."""
    own = case.version.definition.components
    by_use = {one.reuse: one.key for one in reversed(own) if one.reuse}
    keys = {one.key for one in own}
    pairs = {one.key: one.key if one.key in keys else by_use.get(one.reuse, "") for one in asked}
    return {key: source for key, source in pairs.items() if source}
