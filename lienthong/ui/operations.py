"""Saving a filter, taking it away, bringing it back. Convenience of one person: the journal does not hear of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer
from lienthong.ui import policies, worklists
from lienthong.ui.models import SavedFilter

MOST = 12
KEPT = dt.timedelta(days=1)


@transaction.atomic
def save_filter(key: str, *, name: str, query: str, actor: Actor, at: dt.datetime) -> SavedFilter:
    """Keep what narrows a list under a name. Refuses: no name, one already used, the same filter twice, too many."""
    work_list = worklists.named(key)
    said = work_list.query(query) if work_list else ""
    if not said or len(said) > 500:
        raise Refusal("Danh sách chưa được lọc nên chưa có gì để lưu. Hãy chọn điều kiện lọc trước.", field="name")
    called = " ".join(name.split())
    if not called or len(called) > 60:
        raise Refusal("Đặt tên cho bộ lọc, tối đa 60 ký tự.", field="name")
    standing = _standing(actor, key, at)
    if any(one.name.casefold() == called.casefold() for one in standing):
        raise Refusal(f"Đã có bộ lọc tên “{called}”. Hãy đặt tên khác.", field="name")
    same = next((one for one in standing if one.query == said), None)
    if same:
        raise Refusal(f"Bộ lọc này đã được lưu với tên “{same.name}”.", field="name")
    _leave_room(standing)
    return SavedFilter.objects.create(officer=actor.officer, work_list=key, name=called, query=said, created_at=at)


@transaction.atomic
def remove_filter(saved: SavedFilter, *, actor: Actor, at: dt.datetime) -> SavedFilter:
    """Take a saved filter away; for a day it can be brought back. Refuses another's; twice is once."""
    saved = _own(saved, actor)
    if saved.removed_at is None:
        saved.removed_at = at
        saved.save(update_fields=["removed_at"])
    return saved


@transaction.atomic
def restore_filter(saved: SavedFilter, *, actor: Actor, at: dt.datetime) -> SavedFilter:
    """Bring a removed filter back. Refuses another's, and where its name or its like was saved anew meanwhile."""
    standing = _standing(actor, saved.work_list, at, but=saved.pk)
    saved = _own(saved, actor)
    if saved.removed_at is None:
        return saved
    if any(one.name.casefold() == saved.name.casefold() or one.query == saved.query for one in standing):
        raise Refusal(f"Đã có bộ lọc khác cùng tên hoặc cùng điều kiện với “{saved.name}” nên không khôi phục được.")
    _leave_room(standing)
    saved.removed_at = None
    saved.save(update_fields=["removed_at"])
    return saved


def _standing(actor: Actor, key: str, at: dt.datetime, *, but: int | None = None) -> list[SavedFilter]:
    """Return the officer's filters of a list, one writer at a time; what was removed long ago goes for good."""
    Officer.objects.select_for_update(no_key=True).get(pk=actor.officer.pk)
    own = SavedFilter.objects.visible_to(actor).filter(work_list=key)
    own.filter(removed_at__lt=at - KEPT).exclude(pk=but or 0).delete()
    return list(own.standing())


def _leave_room(standing: list[SavedFilter]) -> None:
    if len(standing) >= MOST:
        raise Refusal(f"Mỗi danh sách lưu tối đa {MOST} bộ lọc. Hãy xóa bớt bộ lọc không dùng.", field="name")


def _own(saved: SavedFilter, actor: Actor) -> SavedFilter:
    saved = SavedFilter.objects.select_for_update().get(pk=saved.pk)
    if not policies.can_change(actor, saved):
        raise Forbidden("Bộ lọc này của người khác.")
    return saved
