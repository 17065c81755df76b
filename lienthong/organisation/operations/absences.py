"""Who is away, and who stands in."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Absence, Post
from lienthong.organisation.policies import require_arranger
from lienthong.organisation.rules import day, ordered, short_enough, within


@transaction.atomic
def record_absence(
    post: Post,
    *,
    substitute: Post,
    valid_from: dt.date,
    valid_to: dt.date,
    reason: str = "",
    actor: Actor | None,
    at: dt.datetime,
) -> Absence:
    """Say that the holder of a post is away and who stands in; ``valid_to`` is the day of return.

    Refuses a substitute of another agency, one who is away too, oneself, and a second absence in the same days.
    """
    require_arranger(actor, post)
    ordered(valid_from, valid_to)
    reason = short_enough(reason, what="lý do", field="reason", longest=200)
    locked = Post.objects.select_for_update(of=("self",)).select_related("officer", "unit").order_by("pk")
    posts = {found.pk: found for found in locked.filter(pk__in=[post.pk, substitute.pk])}
    post, substitute = posts[post.pk], posts[substitute.pk]
    same = Absence.objects.filter(post=post, substitute=substitute, valid_from=valid_from, valid_to=valid_to).first()
    if same is not None:
        return same
    _require_fitting(post, substitute, valid_from, valid_to)
    absence = Absence.objects.create(
        post=post, substitute=substitute, reason=reason, valid_from=valid_from, valid_to=valid_to, recorded_at=at
    )
    told = {
        "title": post.title,
        "substitute": substitute.officer.full_name,
        "from": valid_from.isoformat(),
        "to": valid_to.isoformat(),
        "reason": reason,
    }
    record(Subject("officer", post.officer_id), "officer.absent", actor=actor, at=at, particulars=told)
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, *, on: dt.date, actor: Actor | None, at: dt.datetime) -> None:
    """Take an absence back: one to come disappears, one that runs ends on the day."""
    absence = Absence.objects.select_for_update(of=("self",)).select_related("post__officer").get(pk=absence.pk)
    require_arranger(actor, absence.post)
    if absence.valid_to <= on:
        raise Refusal(f"Đợt vắng này đã hết từ {day(absence.valid_to)}.")
    if absence.valid_from < on:
        absence.valid_to = on
        absence.save(update_fields=["valid_to"])
    else:
        absence.delete()
    told = {"title": absence.post.title, "from": absence.valid_from.isoformat(), "on": on.isoformat()}
    record(Subject("officer", absence.post.officer_id), "officer.returned", actor=actor, at=at, particulars=told)


def _require_fitting(post: Post, substitute: Post, valid_from: dt.date, valid_to: dt.date) -> None:
    if substitute.officer_id == post.officer_id:
        raise Refusal("Người thay phải là người khác. Hãy chọn một đồng nghiệp.", field="substitute")
    if substitute.unit.agency_id != post.unit.agency_id:
        raise Refusal(
            f"{substitute.officer} không cùng cơ quan với {post.officer}. Hãy chọn người trong cơ quan.",
            field="substitute",
        )
    within(valid_from, valid_to, post.valid_from, post.valid_to, what=f"Chức vụ {post.title}")
    within(valid_from, valid_to, substitute.valid_from, substitute.valid_to, what=f"Chức vụ của {substitute.officer}")
    days = Absence.objects.filter(valid_from__lt=valid_to, valid_to__gt=valid_from)
    mine = days.filter(post=post).first()
    if mine is not None:
        raise Refusal(
            f"Đã khai vắng mặt từ {day(mine.valid_from)} đến trước {day(mine.valid_to)}. "
            "Hãy bỏ đợt đó trước, hoặc chọn ngày khác.",
            field="valid_from",
        )
    away = days.filter(post__officer_id=substitute.officer_id).first()
    if away is not None:
        raise Refusal(
            f"{substitute.officer} cũng vắng từ {day(away.valid_from)} đến trước {day(away.valid_to)}. "
            "Hãy chọn người khác.",
            field="substitute",
        )
