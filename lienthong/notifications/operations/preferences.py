"""What an officer wants to be told outside the app."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from lienthong.notifications.kinds import kinds
from lienthong.notifications.models import Preference
from lienthong.organisation.actor import Actor


@transaction.atomic
def choose(actor: Actor, *, by_email: Iterable[str], sms: bool, quiet: bool, digest: bool) -> Preference:
    """Keep what the officer wants by e-mail, where it differs from what each kind says by itself, and the rest."""
    wanted = set(by_email)
    preference, _ = Preference.objects.update_or_create(
        officer=actor.officer,
        defaults={
            "email_on": [kind.kind for kind in kinds() if kind.kind in wanted and not kind.by_email],
            "email_off": [kind.kind for kind in kinds() if kind.kind not in wanted and kind.by_email],
            "sms": sms,
            "quiet": quiet,
            "digest": digest,
        },
    )
    return preference
