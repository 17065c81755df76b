"""Giving posts and ending them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, SigningAuthority, Unit
from lienthong.organisation.policies import require_administrator
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


@transaction.atomic
def end_post(post: Post, *, on: dt.date, reason: str = "", actor: Actor | None, at: dt.datetime) -> Post:
    """End a post on a day, and with it what it may sign; ending it again on that day changes nothing."""
    require_administrator(actor)
    post = Post.objects.select_for_update(of=("self",)).select_related("officer", "unit").get(pk=post.pk)
    if post.valid_to == on:
        return post
    if post.valid_to is not None and post.valid_to < on:
        raise Refusal(f"Chức vụ này đã thôi từ {day(post.valid_to)}. Không kéo dài được; hãy bổ nhiệm lại.", field="on")
    ordered(post.valid_from, on)
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    authorities = SigningAuthority.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), post=post)
    if authorities.filter(valid_from__gte=on).exists():
        raise Refusal(f"Chức vụ này có thẩm quyền ký từ {day(on)} trở đi. Hãy thôi thẩm quyền đó trước.", field="on")
    authorities.update(valid_to=on)
    told = {"title": post.title, "unit": post.unit.name, "on": on.isoformat(), "reason": reason}
    record(Subject("officer", post.officer_id), "officer.relieved", actor=actor, at=at, particulars=told)
    return post
