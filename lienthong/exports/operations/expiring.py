"""Taking away files that were kept long enough."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.exports.models import Export
from lienthong.files.operations.making import drop_made
from lienthong.notifications.operations import clear


def expire(*, at: dt.datetime) -> int:
    """Take away the files whose time is over; the orders stay and can be repeated. Return how many."""
    due = Export.objects.filter(state=Export.State.DONE, expires_at__lte=at).order_by("pk").values_list("pk", flat=True)
    return sum(_expire_one(pk, at=at) for pk in list(due))


@transaction.atomic
def _expire_one(pk: int, *, at: dt.datetime) -> bool:
    export = Export.objects.select_for_update(of=("self",)).select_related("file").get(pk=pk)
    if export.state != Export.State.DONE or export.file is None:
        return False
    file, export.file, export.state = export.file, None, Export.State.EXPIRED
    export.save(update_fields=["file", "state"])
    drop_made(file)
    clear(export.subject, at=at)
    return True
