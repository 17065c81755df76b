"""Who may sign what in whose name."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.periods import in_force
from lienthong.organisation.models import Post, SigningAuthority, Unit


def authorities_on(unit: Unit, on: dt.date) -> list[SigningAuthority]:
    """Return the register of who may sign for a unit on a day."""
    return list(
        SigningAuthority.objects.filter(in_force(on) & in_force(on, "post__"), unit=unit)
        .select_related("post__officer", "post__unit", "unit")
        .order_by("post__order", "form", "pk")
    )


def signing_block(post: Post, unit: Unit, on: dt.date) -> list[str] | None:
    """Return the lines above the name when a post signs for a unit on a day; None when it may not sign."""
    forms = ["own", "tm", "q", "kt", "tl", "tuq"]
    authorities = SigningAuthority.objects.filter(in_force(on) & in_force(on, "post__"), post=post, unit=unit)
    best = min(authorities, key=lambda authority: (forms.index(authority.form), authority.pk), default=None)
    return list(best.block) if best is not None else None


def units_that_sign(on: dt.date) -> list[Unit]:
    """Return the units for which somebody may sign on a day."""
    signing = SigningAuthority.objects.filter(in_force(on)).values("unit")
    return list(Unit.objects.filter(pk__in=signing).order_by("order", "name", "pk"))
