from __future__ import annotations

import datetime as dt

import pytest

from lienthong.calendars.queries import deadline_of
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import (
    accept,
    cancel,
    contribute,
    finish,
    pass_on,
    report,
    resume,
    return_work,
    suspend,
    undo,
    verify,
)
from lienthong.tasks.tests.conftest import Give
from tests.cast import Cast

HOUR = dt.timedelta(hours=1)
LATE = at_local(dt.date(2014, 3, 17), dt.time(9, 0))


def test_work_is_reported_finished_and_verified(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    report(task, text="Đã có dự thảo", percent=60, actor=cast.division_head, at=at + HOUR)
    task = finish(task, text="Đã trình dự thảo", actor=cast.division_head, at=at + 2 * HOUR)
    assert (task.state, task.holder, task.is_late) == ("reported", cast.leader.post.audience, False)
    assert task.finished_at == at + 2 * HOUR
    for actor in (cast.division_head, cast.deputy_leader, cast.outsider):
        with pytest.raises(Forbidden, match="Chỉ người giao việc"):
            verify(task, actor=actor, at=at + 3 * HOUR)
    task = verify(task, actor=cast.leader, at=at + 3 * HOUR)
    assert (task.state, task.verified_at, task.percent) == ("done", at + 3 * HOUR, 100)
    deadline = deadline_of(task.subject)
    assert deadline
    assert deadline.was_met


def test_a_returned_result_goes_on_with_its_deadline(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = finish(give(), text="Xong", actor=cast.division_head, at=at)
    due_at = task.due_at
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        return_work(task, reason="", actor=cast.leader, at=at)
    task = return_work(task, reason="Thiếu số liệu", actor=cast.leader, at=at + HOUR)
    assert (task.state, task.holder, task.finished_at, task.is_late) == ("in_progress", cast.cntt.audience, None, None)
    assert task.due_at == due_at
    task = finish(task, text="Đã bổ sung", actor=cast.division_head, at=at + 2 * HOUR)
    assert verify(task, actor=cast.leader, at=at + 3 * HOUR).state == "done"


def test_a_late_finish_needs_the_reason_of_the_delay(cast: Cast, give: Give) -> None:
    task = give()
    with pytest.raises(Refusal, match="lý do chậm"):
        finish(task, text="Xong", actor=cast.division_head, at=LATE)
    task = finish(task, text="Xong", delay_reason="Chờ số liệu huyện", actor=cast.division_head, at=LATE)
    assert task.is_late
    assert task.reports.get().delay_reason == "Chờ số liệu huyện"


def test_a_whole_waits_for_its_parts(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    part = pass_on(task, to=cast.specialist.post, as_part=True, actor=cast.division_head, at=at)
    with pytest.raises(Refusal, match="Còn 1 việc giao tiếp chưa xong"):
        finish(task, text="Xong", actor=cast.division_head, at=at)
    finish(part, text="Số liệu đã đủ", actor=cast.specialist, at=at)
    verify(part, actor=cast.division_head, at=at)
    assert finish(task, text="Xong", actor=cast.division_head, at=at).state == "reported"


def test_what_one_gave_oneself_is_done_at_once(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give(by=cast.division_head, person=cast.division_head.post)
    assert finish(task, text="Xong", actor=cast.division_head, at=at).state == "done"


def test_evidence_one_may_not_see_is_refused(cast: Cast, give: Give, at: dt.datetime) -> None:
    task, secret = give(), give(by=cast.province_leader, to=cast.soyte, title="Việc khác")
    with pytest.raises(Refusal, match="Không tìm thấy"):
        finish(task, text="Xong", evidence=secret.subject, actor=cast.division_head, at=at)
    seen = give(title="Văn bản trả lời")
    finish(task, text="Xong", evidence=seen.subject, actor=cast.division_head, at=at)
    assert task.reports.get().evidence == Subject("task", seen.pk)


def test_a_co_worker_gives_their_part(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give(co_workers=(cast.bcvt,))
    asked = task.participants.get()
    with pytest.raises(Forbidden):
        contribute(asked, note="Nhất trí", actor=cast.division_head, at=at)
    assert contribute(asked, note="Nhất trí", actor=cast.second_division_head, at=at).done_at == at
    with pytest.raises(Refusal, match="đã kết thúc"):
        contribute(asked, note="Nhất trí", actor=cast.second_division_head, at=at)


def test_the_last_step_can_be_taken_back_while_harmless(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    task = undo(task, actor=cast.division_head, at=at + dt.timedelta(minutes=5))
    assert (task.state, task.accepted_at) == ("assigned", None)
    task = finish(task, text="Xong", actor=cast.division_head, at=at + HOUR)
    task = undo(task, actor=cast.division_head, at=at + 5 * HOUR)
    assert (task.state, task.holder) == ("in_progress", cast.cntt.audience)
    finish(task, text="Xong", actor=cast.division_head, at=at + 5 * HOUR)
    task = verify(task, actor=cast.leader, at=at + 6 * HOUR)
    with pytest.raises(Refusal):
        undo(task, actor=cast.division_head, at=at + 6 * HOUR)
    with pytest.raises(Refusal):
        undo(task, actor=cast.leader, at=at + 7 * HOUR)
    assert undo(task, actor=cast.leader, at=at + 6 * HOUR).state == "reported"


def test_a_pause_stops_the_clock_in_working_time(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give(due=Due.within(3))
    with pytest.raises(Forbidden):
        suspend(task, reason="Chờ ý kiến Bộ", actor=cast.division_head, at=at)
    task = suspend(task, reason="Chờ ý kiến Bộ", actor=cast.leader, at=at + dt.timedelta(days=1))
    with pytest.raises(Forbidden):
        report(task, text="…", percent=10, actor=cast.division_head, at=at)
    before = task.due_at
    task = resume(task, actor=cast.leader, at=at + dt.timedelta(days=2))
    assert task.state == "assigned"
    assert task.due_at
    assert before
    assert task.due_at - before == dt.timedelta(days=1)
    assert task.original_due_at == before


def test_cancelling_ends_the_parts_too(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    part = pass_on(task, to=cast.specialist.post, as_part=True, actor=cast.division_head, at=at)
    with pytest.raises(Forbidden):
        cancel(task, reason="Không cần nữa", actor=cast.division_head, at=at)
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        cancel(task, reason=" ", actor=cast.leader, at=at)
    cancel(task, reason="Không cần nữa", actor=cast.leader, at=at)
    assert set(Task.objects.filter(pk__in=[task.pk, part.pk]).values_list("state", flat=True)) == {"cancelled"}
    with pytest.raises(Forbidden):
        cancel(task, reason="Lần nữa", actor=cast.leader, at=at)
