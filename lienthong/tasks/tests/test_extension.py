from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings

from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.tasks.operations import decide_extension, request_extension, set_reminder
from lienthong.tasks.tests.conftest import FRIDAY, Give
from tests.cast import Cast

NEXT_FRIDAY = FRIDAY + dt.timedelta(weeks=1)


def test_more_time_is_asked_before_and_decided_by_the_assigner(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    reminder = set_reminder(task, days_before=1, actor=cast.leader, at=at)
    asked = request_extension(task, until=NEXT_FRIDAY, reason="Chờ số liệu", actor=cast.division_head, at=at)
    with pytest.raises(Refusal, match="đang chờ quyết định"):
        request_extension(task, until=NEXT_FRIDAY, reason="Chờ số liệu", actor=cast.division_head, at=at)
    with pytest.raises(Forbidden):
        decide_extension(asked, granted=True, actor=cast.division_head, at=at)
    decide_extension(asked, granted=True, actor=cast.leader, at=at)
    task.refresh_from_db()
    reminder.refresh_from_db()
    assert task.due_at == at_local(NEXT_FRIDAY, dt.time(17, 0))
    assert task.original_due_at == at_local(FRIDAY, dt.time(17, 0))
    assert reminder.remind_at == at_local(NEXT_FRIDAY - dt.timedelta(days=1), dt.time(7, 0))
    with pytest.raises(Refusal, match="đã được quyết định"):
        decide_extension(asked, granted=False, note="Không", actor=cast.leader, at=at)


def test_after_the_deadline_it_is_too_late_to_ask(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    evening = at_local(FRIDAY, dt.time(22, 0))
    with pytest.raises(Refusal, match="phải sau hạn hiện nay"):
        request_extension(task, until=FRIDAY, reason="Bận", actor=cast.division_head, at=at)
    with pytest.raises(Refusal, match="Đã quá hạn"):
        request_extension(
            task, until=NEXT_FRIDAY, reason="Bận", actor=cast.division_head, at=evening + dt.timedelta(hours=3)
        )
    assert request_extension(task, until=NEXT_FRIDAY, reason="Bận", actor=cast.division_head, at=evening).pk


def test_a_refusal_needs_words_and_leaves_the_deadline(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    asked = request_extension(task, until=NEXT_FRIDAY, reason="Bận", actor=cast.division_head, at=at)
    with pytest.raises(Refusal, match="lý do không đồng ý"):
        decide_extension(asked, granted=False, actor=cast.leader, at=at)
    decide_extension(asked, granted=False, note="Việc gấp", actor=cast.leader, at=at)
    task.refresh_from_db()
    assert task.due_at == task.original_due_at


def test_only_so_many_extensions(cast: Cast, give: Give, at: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TASK_EXTENSIONS_MAX", 1)
    task = give()
    asked = request_extension(task, until=NEXT_FRIDAY, reason="Bận", actor=cast.division_head, at=at)
    decide_extension(asked, granted=True, actor=cast.leader, at=at)
    with pytest.raises(Refusal, match="đã được gia hạn 1 lần"):
        request_extension(task, until=NEXT_FRIDAY + dt.timedelta(days=7), reason="Bận", actor=cast.division_head, at=at)
