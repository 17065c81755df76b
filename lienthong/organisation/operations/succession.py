"""Who takes over from whom when the organisation changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Succession, Unit
from lienthong.organisation.policies import require_administrator
from lienthong.organisation.queries import inherits_from
from lienthong.organisation.rules import day, required, short_enough


@transaction.atomic
def succeed(
    *,
    kind: str,
    predecessors: Sequence[Unit],
    successors: Sequence[Unit],
    on: dt.date,
    source: str,
    function: str = "",
    actor: Actor | None,
    at: dt.datetime,
) -> list[Succession]:
    """Say that units take over from units on a day; refuses circles and shapes that the kind does not have.

    A merger has one successor, a split one predecessor, a renaming one of each; a transfer names its function. Said
    twice, it is one fact.
    """
    require_administrator(actor)
    source = required(source, what="văn bản căn cứ", field="source", longest=200)
    function = short_enough(function, what="lĩnh vực", field="function", longest=200)
    _require_shape(kind, predecessors, successors, function)
    rows = []
    for predecessor in predecessors:
        for successor in successors:
            if successor.valid_to is not None and successor.valid_to <= on:
                raise Refusal(f"{successor} đã thôi hoạt động trước ngày {day(on)}. Hãy chọn đơn vị khác.")
            if successor.pk == predecessor.pk or (not function and inherits_from(predecessor, successor)):
                raise Refusal(f"{predecessor} kế thừa {successor}, nên không thể ngược lại. Hãy xem lại hai bên.")
            row, is_new = Succession.objects.get_or_create(
                predecessor=predecessor,
                successor=successor,
                function=function,
                on=on,
                defaults={"kind": kind, "source": source},
            )
            rows.append(row)
            if is_new:
                _tell(row, actor, at)
    return rows


def _require_shape(kind: str, predecessors: Sequence[Unit], successors: Sequence[Unit], function: str) -> None:
    if kind not in Succession.Kind.values:
        raise Refusal(f"Không có cách kế thừa “{kind}”. Hãy chọn trong danh sách.", field="kind")
    if not predecessors or not successors:
        raise Refusal("Hãy chọn đơn vị bàn giao và đơn vị tiếp nhận.", field="successors")
    if kind in {"merge", "rename"} and len(successors) != 1:
        raise Refusal("Hợp nhất, đổi tên chỉ có một đơn vị tiếp nhận. Hãy chọn lại.", field="successors")
    if kind in {"split", "rename"} and len(predecessors) != 1:
        raise Refusal("Chia tách, đổi tên chỉ có một đơn vị bàn giao. Hãy chọn lại.", field="predecessors")
    if kind == "transfer" and not function:
        raise Refusal("Hãy ghi lĩnh vực được chuyển giao, ví dụ “báo chí, xuất bản”.", field="function")
    if kind != "transfer" and function:
        raise Refusal("Chỉ chuyển giao chức năng mới ghi lĩnh vực. Hãy để trống ô này.", field="function")


def _tell(row: Succession, actor: Actor | None, at: dt.datetime) -> None:
    """Record the fact on both sides."""
    told = {
        "kind": row.kind,
        "predecessor": row.predecessor.name,
        "successor": row.successor.name,
        "function": row.function,
        "on": row.on.isoformat(),
        "source": row.source,
    }
    for unit in (row.predecessor, row.successor):
        record(Subject("unit", unit.pk), "unit.succeeded", actor=actor, at=at, particulars=told)
