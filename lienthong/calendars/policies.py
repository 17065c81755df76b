"""Who may do what with calendars."""

from __future__ import annotations

from lienthong.kernel.refusal import Forbidden
from lienthong.organisation.actor import Actor

ADMINISTER = "calendars.administer"


def can_administer(actor: Actor | None) -> bool:
    """Tell whether somebody may change calendars; the system itself (no actor) does so only when it seeds."""
    return actor is None or actor.can(ADMINISTER)


def require_administrator(actor: Actor | None) -> None:
    """Refuse whoever may not change calendars."""
    if not can_administer(actor):
        raise Forbidden("Chỉ người quản trị lịch làm việc mới sửa được lịch.")
