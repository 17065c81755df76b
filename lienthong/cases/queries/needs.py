"""What must be there before a move, and is not."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from lienthong.cases.models import Case
from lienthong.cases.queries.links import awaited
from lienthong.payments.queries.owed import owed
from lienthong.ui.formats import dong
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Move, Need

NO_RESULT = "chưa có kết quả; soạn hoặc ghi kết quả trước"


def unmet(case: Case, move: Move) -> list[str]:
    """Return what is missing for a move, each in words that say what to do."""
    return list(_unmet(case, move))


def _unmet(case: Case, move: Move) -> Iterator[str]:
    if move.action == Action.ACCEPT and (first := awaited(case)):
        yield f"chờ kết quả của hồ sơ liên thông trước {first.code}"
    if Need.PAPERS in move.needs:
        missing = case.papers.filter(is_required=True, given_at=None).order_by("order").values_list("name", flat=True)
        if missing:
            yield f"thiếu giấy tờ bắt buộc: {', '.join(missing)}"
    if Need.RESULT in move.needs and not case.results.exists():
        yield NO_RESULT
    if Need.PAID in move.needs:
        at_receipt, before_result = owed(case.subject)
        due = at_receipt + (before_result if move.action == Action.HAND_OVER else 0)
        if due:
            yield f"còn phải thu {dong(due)}"
    if move.action == Action.HAND_OVER and (gone := list(case.results.filter(standing="recalled"))):
        yield f"kết quả đã bị thu hồi, cần kết quả mới: {', '.join(one.name for one in gone)}"
    if Need.SIGNED_RESULT in move.needs:
        unsigned = case.results.filter(Q(symbol="") | Q(signed_at=None)).values_list("name", flat=True)
        if not case.results.exists():
            yield NO_RESULT
        elif unsigned:
            yield f"kết quả chưa ký, chưa có số: {', '.join(unsigned)}"
