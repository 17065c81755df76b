"""Giving posts and ending them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from lienthong.kernel.clock import local_date
from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, SigningAuthority, TakeOver, Unit
from lienthong.organisation.operations.handing_over import hand_over
from lienthong.organisation.policies import require_administrator
from lienthong.organisation.queries.holdings import in_hand, is_taken_over
from lienthong.organisation.roles import roles
from lienthong.organisation.rules import day, ordered, overlap, required, within


@transaction.atomic
def appoint(
    officer: Officer,
    *,
    unit: Unit,
    title: str,
    role: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    is_primary: bool | None = None,
    order: int = 100,
    actor: Actor | None,
    at: dt.datetime,
) -> Post:
    """Give an officer a post; refuses unknown roles, reversed dates, a unit not in force, and the same post twice.

    Left open, ``is_primary`` becomes true for an officer without another main post at the time.
    """
    require_administrator(actor)
    title = required(title, what="chức vụ", field="title", longest=100)
    if role not in roles():
        raise Refusal(f"Không có vai trò “{role}”. Hãy chọn trong danh sách.", field="role")
    _place_allowed(role, unit)
    ordered(valid_from, valid_to)
    within(valid_from, valid_to, unit.valid_from, unit.valid_to, what=unit.name)
    officer = Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    held = [p for p in officer.posts.all() if overlap(valid_from, valid_to, p.valid_from, p.valid_to)]
    if any(post.unit_id == unit.pk and post.title == title for post in held):
        raise Refusal(f"{officer} đã giữ chức vụ {title} tại {unit} trong thời gian này.", field="title")
    main = next((post for post in held if post.is_primary), None)
    if is_primary and main is not None:
        raise Refusal(
            f"{officer} đang có chức vụ chính là {main.title} từ {day(main.valid_from)}. "
            "Hãy cho thôi chức vụ đó, hoặc ghi đây là chức vụ kiêm nhiệm.",
            field="is_primary",
        )
    post = Post.objects.create(
        officer=officer,
        unit=unit,
        title=title,
        role=role,
        is_primary=main is None if is_primary is None else is_primary,
        order=order,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    told = {"title": title, "unit": unit.name, "role": role, "from": valid_from.isoformat()}
    record(Subject("officer", officer.pk), "officer.appointed", actor=actor, at=at, particulars=told)
    return post


def _place_allowed(role: str, unit: Unit) -> None:
    wanted = roles()[role].unit_kind
    if wanted and unit.kind != wanted:
        kind = Unit.Kind(wanted).label
        raise Refusal(
            f"Vai trò {roles()[role].name} đọc mọi hồ sơ của đơn vị mình, nên chỉ giữ được ở đơn vị loại “{kind}”. "
            f"Hãy lập {kind} trực thuộc {unit.short_name}, rồi cử người vào đó.",
            field="role",
        )


@transaction.atomic
def end_post(
    post: Post, *, on: dt.date, taker: Post | None = None, reason: str = "", actor: Actor | None, at: dt.datetime
) -> Post:
    """End a post on a day, and with it what it may sign; ending it again on that day changes nothing.

    Its open work goes to ``taker``, on that day. Refuses while there is any and nobody takes over, unless its unit has
    a successor by then, who takes over everything.
    """
    require_administrator(actor)
    post = Post.objects.select_for_update(of=("self",)).select_related("officer", "unit").get(pk=post.pk)
    if post.valid_to == on:
        return post
    if post.valid_to is not None and post.valid_to < on:
        raise Refusal(f"Chức vụ này đã thôi từ {day(post.valid_to)}. Không kéo dài được; hãy bổ nhiệm lại.", field="on")
    ordered(post.valid_from, on)
    if taker is not None:
        _hand_over(post, taker, on=on, reason=reason, actor=actor, at=at)
    else:
        _refuse_to_leave(post, on=on, at=at)
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    authorities = SigningAuthority.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), post=post)
    if authorities.filter(valid_from__gte=on).exists():
        raise Refusal(f"Chức vụ này có thẩm quyền ký từ {day(on)} trở đi. Hãy thôi thẩm quyền đó trước.", field="on")
    authorities.update(valid_to=on)
    told = {"title": post.title, "unit": post.unit.name, "on": on.isoformat(), "reason": reason}
    record(Subject("officer", post.officer_id), "officer.relieved", actor=actor, at=at, particulars=told)
    return post


@transaction.atomic
def reopen_post(post: Post, *, actor: Actor | None, at: dt.datetime) -> Post:
    """Take the ending of a post back: it goes on. What it signed and what it handed over does not come back by itself.

    Refuses one that is open, a unit that is no more, and one that the officer holds again meanwhile.
    """
    require_administrator(actor)
    post = Post.objects.select_for_update(of=("self",)).select_related("officer", "unit").get(pk=post.pk)
    if post.valid_to is None:
        raise Refusal("Chức vụ này đang giữ, không có gì để mở lại.")
    if post.unit.valid_to is not None:
        raise Refusal(f"{post.unit} thôi hoạt động từ {day(post.unit.valid_to)}. Hãy bổ nhiệm ở đơn vị kế thừa.")
    later = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=post.valid_to), officer=post.officer_id)
    if later.filter(unit=post.unit_id, title=post.title).exclude(pk=post.pk).exists():
        raise Refusal(f"{post.officer} đã được bổ nhiệm lại {post.title} tại {post.unit}. Hãy dùng chức vụ đó.")
    if post.is_primary and later.filter(is_primary=True).exclude(pk=post.pk).exists():
        post.is_primary = False
    ended, post.valid_to = post.valid_to, None
    post.save(update_fields=["valid_to", "is_primary"])
    told = {"title": post.title, "unit": post.unit.name, "on": ended.isoformat()}
    record(Subject("officer", post.officer_id), "officer.reinstated", actor=actor, at=at, particulars=told)
    return post


def _hand_over(post: Post, taker: Post, *, on: dt.date, reason: str, actor: Actor | None, at: dt.datetime) -> None:
    """Hand everything over now, or on the last day; whoever takes over from one without work is only noted."""
    if on > local_date(at) or in_hand([post], local_date(at))[post.pk]:
        hand_over(post, taker, on=on, reason=reason, actor=actor, at=at)


def _refuse_to_leave(post: Post, *, on: dt.date, at: dt.datetime) -> None:
    held = in_hand([post], local_date(at))[post.pk]
    if not held or TakeOver.objects.pending().filter(giver=post, chosen={}, on__lte=on).exists():
        return
    above = [post.unit_id] if post.unit.is_agency else [post.unit_id, *filter(None, [post.unit.agency_id])]
    if is_taken_over(above, on):
        return
    raise Refusal(f"{post.officer} còn giữ {'; '.join(map(str, held))}. Hãy chọn người nhận bàn giao.", field="taker")
