"""The cases of one post go to a substitute: all that lie open before it, or some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, TakeOver
from lienthong.organisation.operations.handing_over import hand_over as hand_work_over

HELD = "cases.held"


def hand_to_substitute(
    giver: Post,
    taker: Post,
    *,
    cases: Collection[int] | None = None,
    on: dt.date | None = None,
    reason: str,
    actor: Actor | None,
    at: dt.datetime,
) -> TakeOver:
    """Put the open cases of a post (all, or those named by their keys) into a substitute's hands, now or on a day.

    Steps and limits stay as they are; the control slip and each timeline say it; it can be handed back
    (``organisation.operations.handing_over.hand_back``). Refuses: who may not hand over for that post; a taker who is
    gone or may not handle cases; nothing to hand over; no reason.
    """
    if not reason.strip():
        raise Refusal("Cần ghi lý do.", field="reason")
    chosen = {HELD: None if cases is None else sorted(cases)}
    return hand_work_over(giver, taker, chosen=chosen, on=on, reason=reason.strip(), actor=actor, at=at)
