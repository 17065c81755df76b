"""What the worker does for calendars."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lienthong.calendars.models import Recomputation
from lienthong.calendars.operations.versions import recompute_all
from lienthong.kernel import clock


@app.task(name="calendars.recompute", queue="calendars", retry=RetryStrategy(max_attempts=10, exponential_wait=5))
def recompute(recomputation_pk: int) -> None:
    """Compute the open deadlines of a calendar anew after the publication of a version."""
    recompute_all(Recomputation.objects.get(pk=recomputation_pk), at=clock.now())
