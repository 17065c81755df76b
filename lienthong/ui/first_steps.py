"""First steps: what an administrator of a new house does before work can begin; shown on the home page until done.

Every app declares its own steps from ``ready()``. A step is done when its list holds ``enough`` rows; all lists are
counted in one query, and only where the page has no work to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lienthong.kernel.counting import count_all
from lienthong.organisation.actor import Actor


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: what to do, why, where, with which right, and the list that shows it done."""

    key: str
    label: str
    lead: str
    url_name: str
    right: str
    order: int
    listed: Callable[[Actor], QuerySet[Any, Any]]
    enough: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A step and whether it is done."""

    step: FirstStep
    is_done: bool

    @property
    def url(self) -> str:
        """Where it is done."""
        return reverse(self.step.url_name)


_steps: dict[str, FirstStep] = {}


def declare(step: FirstStep) -> None:
    """Declare a step; called from ``ready()``."""
    _steps[step.key] = step


def standing(actor: Actor) -> list[Standing]:
    """Return the steps that an actor may take, in their order; none once all are done. One query."""
    steps = sorted((one for one in _steps.values() if actor.can(one.right)), key=lambda one: one.order)
    counts = count_all(one.listed(actor)[: one.enough] for one in steps)
    told = [Standing(step, count >= step.enough) for step, count in zip(steps, counts, strict=True)]
    return [] if all(one.is_done for one in told) else told
