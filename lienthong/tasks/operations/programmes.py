"""Programmes: made from a decision, filled by table, broken down by the units, closed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.search import operations as search
from lienthong.tasks import policies
from lienthong.tasks.found import programme_entry
from lienthong.tasks.models import Programme, ProgrammeReader, Task
from lienthong.tasks.operations.assignment import Item, assign
from lienthong.tasks.operations.steps import allow
from lienthong.tasks.queries import chains

NOT_YOURS = "Chức vụ này không có quyền lập, sửa chương trình nhiệm vụ."


@transaction.atomic
def create_programme(
    *,
    title: str,
    year: int,
    actor: Actor,
    at: dt.datetime,
    issuer: Unit | None = None,
    source: Subject | None = None,
    source_text: str = "",
) -> Programme:
    """Open a programme of one year for the tasks of a decision. Refuses a post without the right, and no title."""
    allow(policies.can_manage_programmes(actor), NOT_YOURS)
    if not title.strip():
        raise Refusal("Cần ghi tên chương trình.", field="title")
    if not 1975 <= year <= 2200:
        raise Refusal("Năm không hợp lệ.", field="year")
    unit = issuer or actor.post.unit
    programme = Programme.objects.create(
        title=title.strip(),
        year=year,
        issuer=unit,
        owner=actor.post,
        source_kind=source.kind if source else "",
        source_id=source.pk if source else None,
        source_text=source_text.strip(),
        created_at=at,
    )
    readers = {key for chain in chains([unit.pk, actor.post.unit_id]).values() for key in chain.within} | {
        actor.post.audience
    }
    ProgrammeReader.objects.bulk_create([ProgrammeReader(programme=programme, audience=key) for key in sorted(readers)])
    record(
        programme.subject,
        "programme.created",
        actor=actor,
        at=at,
        particulars={"title": programme.title},
        thread=source,
        is_new=True,
    )
    search.index_entry(programme_entry(programme, sorted(readers), at=at))
    return programme


@transaction.atomic
def add_tasks(
    programme: Programme, items: Sequence[Item], *, key: uuid.UUID, actor: Actor, at: dt.datetime
) -> list[Task]:
    """Add numbered tasks, many at once; those without a number go on from the last. The same ``key`` adds once."""
    programme = _open(programme, actor)
    taken = set(Task.objects.filter(programme=programme, parent=None).values_list("number", flat=True))
    following = max((number for number in taken if number), default=0)
    numbered: list[Item] = []
    for item in items:
        following = item.number or following + 1
        numbered.append(item.with_number(following))
    if not Task.objects.filter(assignment__key=key).exists():
        _check_numbers([item.number for item in numbered], taken)
    return assign(programme.subject, numbered, key=key, programme=programme, actor=actor, at=at)


@transaction.atomic
def close_programme(programme: Programme, *, actor: Actor, at: dt.datetime) -> Programme:
    """Close a programme. Refuses while tasks with a deadline are open."""
    programme = _open(programme, actor)
    ended = (Task.State.DONE, Task.State.CANCELLED)
    left = programme.tasks.filter(parent=None).exclude(state__in=ended).exclude(deadline_kind="ongoing").count()
    if left:
        raise Refusal(f"Còn {left} nhiệm vụ có thời hạn chưa kết thúc. Xác nhận, hủy hoặc gia hạn trước khi đóng.")
    programme.closed_at = at
    programme.save(update_fields=["closed_at"])
    record(programme.subject, "programme.closed", actor=actor, at=at, particulars={"title": programme.title})
    search.set_state(programme.subject, "closed")
    return programme


def _open(programme: Programme, actor: Actor) -> Programme:
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    allow(policies.can_edit_programme(actor, programme), NOT_YOURS)
    return programme


def _check_numbers(numbers: Sequence[int | None], taken: set[int | None]) -> None:
    seen = set(taken)
    for number in numbers:
        if number in seen:
            raise Refusal(f"Số thứ tự {number} đã có trong chương trình.", field="number")
        seen.add(number)
