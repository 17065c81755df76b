"""The open work of one post goes to another: at once, on its day, or by a worker where there is much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction

from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import holds
from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation import holdings
from lienthong.organisation.actor import Actor
from lienthong.organisation.holdings import Hands, Holding
from lienthong.organisation.models import Post, TakeOver
from lienthong.organisation.policies import require_handing_over
from lienthong.organisation.queries import actor_for
from lienthong.organisation.queries.holdings import in_hand
from lienthong.organisation.roles import roles
from lienthong.organisation.rules import day, short_enough

AT_ONCE = 500
"""How many things go over while the person waits (about a second); more are a worker's."""

Chosen = Mapping[str, Collection[int] | None]


@transaction.atomic
def hand_over(
    giver: Post,
    taker: Post,
    *,
    chosen: Chosen | None = None,
    on: dt.date | None = None,
    reason: str = "",
    actor: Actor | None,
    at: dt.datetime,
) -> TakeOver:
    """Put the open work of a post into another's hands: all, whole kinds (None) or single things.

    What has a later day ``on``, and what is much, waits as a row that ``carry_out`` takes up. Refuses who may not; a
    taker who is gone by then or lacks a right for a kind; where there is nothing to hand over.
    """
    require_handing_over(actor, giver)
    today = local_date(at)
    on = max(on or today, today)
    giver, taker = _posts(giver, taker)
    if giver.pk == taker.pk:
        raise Refusal("Người nhận phải là chức vụ khác. Hãy chọn người khác.", field="taker")
    _require_in_office(taker, on)
    number = _check_rights(giver, taker, chosen, today)
    if not number and on <= today:
        raise Refusal("Không còn việc nào để bàn giao. Hãy tải lại trang.", field="chosen")
    order = TakeOver.objects.create(
        giver=giver,
        taker=taker,
        on=on,
        chosen={kind: None if keys is None else sorted(keys) for kind, keys in (chosen or {}).items()},
        reason=short_enough(reason, what="lý do", field="reason", longest=200),
        ordered_by=actor.post if actor else None,
        ordered_at=at,
    )
    if on > today or number > AT_ONCE:
        told = {"title": giver.title, "to": str(taker), "on": on.isoformat(), "reason": order.reason}
        record(Subject("officer", giver.officer_id), "officer.handing_over_set", actor=actor, at=at, particulars=told)
        return order
    return _carry_out(order, actor=actor, at=at)


@transaction.atomic
def carry_out(order: TakeOver, *, at: dt.datetime) -> TakeOver:
    """Do what was ordered before, in the name of who ordered it; done already or cancelled, nothing changes.

    Refuses as ``hand_over`` does: the taker may have gone meanwhile.
    """
    order = TakeOver.objects.select_for_update(of=("self",)).select_related("ordered_by__unit").get(pk=order.pk)
    if order.done_at is not None or order.cancelled_at is not None:
        return order
    order.giver, order.taker = _posts(order.giver, order.taker)
    today = local_date(at)
    _require_in_office(order.taker, today)
    _check_rights(order.giver, order.taker, order.chosen, today)
    by = order.ordered_by
    is_here = by is not None and holds(by.valid_from, by.valid_to, today)
    return _carry_out(order, actor=actor_for(by, on=today) if by is not None and is_here else None, at=at)


@transaction.atomic
def note_failure(order: TakeOver, error: str, *, at: dt.datetime) -> None:  # noqa: ARG001 - every operation is told
    """Write down why what was ordered could not be done, for its page and for who administers."""
    TakeOver.objects.filter(pk=order.pk, done_at=None).update(error=error[:500])


@transaction.atomic
def cancel_take_over(order: TakeOver, *, actor: Actor | None, at: dt.datetime) -> TakeOver:
    """Take back what waits for its day; done already, it is handed back instead. Cancelled again, nothing changes."""
    order = TakeOver.objects.select_for_update(of=("self",)).select_related("giver__unit", "taker").get(pk=order.pk)
    require_handing_over(actor, order.giver)
    if order.done_at is not None:
        raise Refusal("Việc bàn giao này đã xong. Hãy dùng Trả lại người giao.")
    if order.cancelled_at is None:
        order.cancelled_at = at
        order.save(update_fields=["cancelled_at"])
        told = {"title": order.giver.title, "to": str(order.taker)}
        subject = Subject("officer", order.giver.officer_id)
        record(subject, "officer.handing_over_cancelled", actor=actor, at=at, particulars=told)
    return order


@transaction.atomic
def hand_back(done: TakeOver, *, actor: Actor | None, at: dt.datetime) -> TakeOver:
    """Give back what was handed over and is still open in the taker's hands; refuses a giver who is no longer here."""
    if done.done_at is None:
        raise Refusal("Việc bàn giao này chưa làm. Hãy bỏ lệnh bàn giao.")
    chosen = {kind: keys for kind, keys in done.things.items() if keys}
    reason = f"Trả lại việc đã bàn giao ngày {day(local_date(done.done_at))}"
    return hand_over(done.taker, done.giver, chosen=chosen, reason=reason, actor=actor, at=at)


def _carry_out(order: TakeOver, *, actor: Actor | None, at: dt.datetime) -> TakeOver:
    hands = Hands(order.giver, order.taker, actor, at)
    counts = {}
    for kind in _kinds(order.chosen):
        rows = kind.held([order.giver.pk], local_date(at))
        only = order.chosen.get(kind.kind)
        if only is not None:
            rows = rows.filter(pk__in=only)
        keys = sorted(set(rows.order_by().values_list("pk", flat=True)))
        if keys:
            kind.take_over(kind.held([order.giver.pk], local_date(at)).filter(pk__in=keys).order_by("pk"), hands)
            order.things[kind.kind] = keys
            counts[kind.name] = len(keys)
    order.done_at, order.error = at, ""
    order.save(update_fields=["things", "done_at", "error"])
    words = "; ".join(f"{name.lower()}: {number}" for name, number in counts.items())
    told = {"title": order.giver.title, "from": str(order.giver), "to": str(order.taker), "what": words}
    told["reason"] = order.reason
    record(Subject("officer", order.giver.officer_id), "officer.handed_over", actor=actor, at=at, particulars=told)
    if order.taker.officer_id != order.giver.officer_id:
        record(Subject("officer", order.taker.officer_id), "officer.took_over", actor=actor, at=at, particulars=told)
    if counts:
        holdings.tell(order)
    return order


def _kinds(chosen: Chosen | None) -> list[Holding]:
    return [kind for kind in holdings.kinds() if not chosen or kind.kind in chosen]


def _check_rights(giver: Post, taker: Post, chosen: Chosen | None, on: dt.date) -> int:
    """Return how much would go over; refuse a taker whose role may not do one of the kinds."""
    held = [one for one in in_hand([giver], on)[giver.pk] if not chosen or one.kind.kind in chosen]
    lacking = [one for one in held if one.kind.right and one.kind.right not in roles()[taker.role].rights]
    if lacking:
        raise Refusal(
            f"Vai trò {taker.role_name.lower()} của {taker.officer} không làm được: "
            f"{'; '.join(map(str, lacking))}. Hãy chọn người khác, hoặc bàn giao riêng phần này cho người có quyền "
            "ở trang Bàn giao công việc trước.",
            field="taker",
        )
    total = 0
    for one in held:
        only = (chosen or {}).get(one.kind.kind)
        total += one.number if only is None else min(one.number, len(only))
    return total


def _require_in_office(taker: Post, on: dt.date) -> None:
    if not holds(taker.valid_from, taker.valid_to, on):
        raise Refusal(f"{taker} không giữ chức vụ này vào ngày {day(on)}. Hãy chọn người khác.", field="taker")


def _posts(giver: Post, taker: Post) -> tuple[Post, Post]:
    """Return both as they are now, held until the end of the transaction, always in the same order."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("officer", "unit__agency")
    both = {post.pk: post for post in rows.filter(pk__in=[giver.pk, taker.pk]).order_by("pk")}
    return both[giver.pk], both[taker.pk]
