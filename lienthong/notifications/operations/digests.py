"""The morning digest."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.db import transaction
from django.db.models import Q

from lienthong.kernel.clock import local
from lienthong.kernel.periods import in_force
from lienthong.notifications import letters
from lienthong.notifications.digest import sections
from lienthong.notifications.hours import is_working_day
from lienthong.notifications.models import Delivery, Digest
from lienthong.organisation.models import Post

FROM, UNTIL = dt.time(7, 0), dt.time(11, 30)


@transaction.atomic
def write_digests(*, at: dt.datetime) -> int:
    """Write the digest of the day into the outbox for everybody who wants one and has something to do; return how many.

    Once a day, on the working days of each officer's unit, from 7:00 on; a worker that was dead at seven makes up for
    it until half past eleven, and a digest that would come later than that is not written.
    """
    day = local(at).date()
    if not FROM <= local(at).time() <= UNTIL:
        return 0
    digest, is_first = Digest.objects.get_or_create(day=day, defaults={"written_at": at})
    if not is_first:
        return 0
    written = []
    for officer, held in groupby(_posts(day), key=lambda post: post.officer):
        posts = [post for post in held if is_working_day(post.unit_id, day)]
        if posts and (found := sections(posts, at)):
            heading, text, html = letters.digest(officer, found, at)
            written.append(
                Delivery(
                    officer=officer,
                    channel=Delivery.Channel.EMAIL,
                    address=officer.email,
                    heading=heading,
                    text=text,
                    html=html,
                    message_id=f"digest-{officer.pk}-{day:%Y%m%d}",
                    created_at=at,
                    not_before=at,
                )
            )
    Delivery.objects.bulk_create(written, batch_size=500)
    digest.letters = len(written)
    digest.save(update_fields=["letters"])
    return len(written)


def _posts(day: dt.date) -> list[Post]:
    """Posts held today by officers with an address who have not asked to be spared."""
    wants = Q(officer__notification_preference=None) | Q(officer__notification_preference__digest=True)
    return list(
        Post.objects.in_force(day)
        .filter(wants & in_force(day, "unit__"))
        .exclude(officer__email="")
        .select_related("officer", "unit__agency")
        .order_by("officer_id", "-is_primary", "order", "pk")
    )
