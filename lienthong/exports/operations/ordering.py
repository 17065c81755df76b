"""Ordering a long file, and thinking better of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from lienthong.exports import policies
from lienthong.exports.kinds import kind_of
from lienthong.exports.models import Export, parameters_key
from lienthong.exports.tables import FORMATS
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor

MOST = 5
"""How many one post may have under way."""


@transaction.atomic
def order(
    kind: str,
    parameters: Mapping[str, Any],
    format: str,  # noqa: A002 - the word of the page
    *,
    actor: Actor,
    at: dt.datetime,
) -> Export:
    """Order a file; the same order while one is under way is that one.

    Refuses an unknown kind or form, parameters without sense, and a sixth order under way; forbidden for who may not
    see what stands in it.
    """
    declared = kind_of(kind)
    if declared is None or format not in declared.formats:
        raise Refusal("Không có bản kết xuất loại này. Hãy mở lại trang rồi đặt từ nút trên trang.")
    wish = declared.clean(parameters)
    if not policies.can_order(actor, kind, wish):
        raise Forbidden("Chức vụ hiện tại không được kết xuất nội dung này.")
    table = declared.table(actor, wish)
    export, is_new = Export.objects.get_or_create(
        ordered_by=actor.post,
        officer=actor.officer,
        kind=kind,
        format=format,
        parameters_key=parameters_key(wish),
        state__in=(Export.State.WAITING, Export.State.RUNNING),
        defaults={
            "parameters": wish,
            "title": (table.label or table.name)[:200],
            "total": table.total,
            "ordered_at": at,
            "seen_at": at,
        },
    )
    if not is_new:
        return export
    if Export.objects.under_way().filter(ordered_by=actor.post).count() > MOST:
        raise Refusal(f"Đang có {MOST} bản kết xuất chờ lập. Hãy đợi một bản xong, hoặc hủy bớt rồi đặt lại.")
    event = {"title": export.title, "format": FORMATS[format], "kind": kind, "parameters": wish}
    record(export.subject, "export.ordered", actor=actor, at=at, particulars=event, is_new=True)
    defer(export)
    return export


def order_again(export: Export, *, actor: Actor, at: dt.datetime) -> Export:
    """Order the same once more. Refuses one that is under way or can be fetched."""
    if not export.may_be_ordered_again:
        raise Refusal(f"Bản kết xuất này {export.get_state_display().lower()} nên không cần đặt lại.")
    return order(export.kind, export.parameters, export.format, actor=actor, at=at)


@transaction.atomic
def cancel(export: Export, *, actor: Actor, at: dt.datetime) -> Export:
    """Cancel an order under way; the job stops at its next sign of life. Refuses one that is finished."""
    if not policies.can_cancel(actor, export):
        raise Forbidden("Chỉ chức vụ đã đặt bản kết xuất mới hủy được.")
    export = Export.objects.select_for_update().get(pk=export.pk)
    if not export.is_under_way:
        raise Refusal(f"Bản kết xuất này {export.get_state_display().lower()} nên không hủy được nữa.")
    export.state, export.finished_at = Export.State.CANCELLED, at
    export.save(update_fields=["state", "finished_at"])
    record(export.subject, "export.cancelled", actor=actor, at=at)
    return export


def defer(export: Export, *, seconds: int = 0) -> None:
    """Hand an order to the worker, in the caller's transaction, perhaps for a little later."""
    later = {"seconds": seconds} if seconds else None
    task = jobs.configure_task("lienthong.exports.jobs.produce", queue="exports", schedule_in=later)
    task.defer(export_id=export.pk)
