from __future__ import annotations

import datetime as dt
import uuid

import pytest

from lienthong.journal.models import Event
from lienthong.journal.queries import timeline
from lienthong.kernel.clock import at_local, local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.notifications.models import Notice
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.tasks import threads
from lienthong.tasks.due import Due
from lienthong.tasks.models import Assignment, Reminder, Task
from lienthong.tasks.operations import (
    Item,
    accept,
    assign,
    finish,
    forward,
    pass_on,
    send_back,
    set_reminder,
    verify,
)
from lienthong.tasks.tests.conftest import DOCUMENT, FRIDAY, Give
from tests.cast import Cast

HOUR = dt.timedelta(hours=1)


def test_a_leader_assigns_to_a_division_by_a_date(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    assert task.state == "assigned"
    assert task.holder == cast.cntt.audience
    assert task.verifier == cast.leader.post.audience
    assert task.due_at == task.original_due_at == at_local(FRIDAY, dt.time(17, 0))
    assert Notice.objects.filter(post=cast.division_head.post, subject_id=task.pk, kind="task.assigned").exists()
    assert "giao Phòng CNTT “Tham mưu văn bản triển khai”, hạn hết ngày 14/03/2014" in timeline(DOCUMENT)[0].sentence


def test_several_assignments_go_out_in_one_go(cast: Cast, at: dt.datetime) -> None:
    items = [
        Item("Xây dựng kế hoạch", cast.cntt, Due.within(3), co_workers=[cast.bcvt], product="Kế hoạch"),
        Item(
            "Rà soát hạ tầng", cast.bcvt, Due.ongoing(), lead_post=cast.second_division_head.post, informed=[cast.cntt]
        ),
    ]
    first, second = assign(DOCUMENT, items, key=uuid.uuid4(), instruction="Làm ngay", actor=cast.leader, at=at)
    assert local(first.due_at).date() == dt.date(2014, 3, 13)  # type: ignore[arg-type]
    assert second.due_at is None
    assert second.holder == cast.second_division_head.post.audience
    assert first.participants.get().audience == cast.bcvt.audience
    assert first.assignment
    assert first.assignment.instruction == "Làm ngay"


def test_a_stale_page_submitted_twice_gives_one_set(cast: Cast, at: dt.datetime) -> None:
    key, items = (
        uuid.uuid4(),
        [Item("Việc một", cast.cntt, Due.on(FRIDAY)), Item("Việc hai", cast.bcvt, Due.on(FRIDAY))],
    )
    first = assign(DOCUMENT, items, key=key, actor=cast.leader, at=at)
    again = assign(DOCUMENT, items, key=key, actor=cast.leader, at=at + HOUR)
    assert [task.pk for task in first] == [task.pk for task in again]
    assert Task.objects.count() == 2
    assert Assignment.objects.count() == 1
    with pytest.raises(Refusal, match="đã cũ"):
        assign(Subject("paper", 2), items, key=key, actor=cast.leader, at=at)


def test_who_may_not_assign_is_refused(cast: Cast, give: Give) -> None:
    for actor in (cast.specialist, cast.clerk, cast.outsider):
        with pytest.raises(Forbidden, match="không có quyền giao việc"):
            give(by=actor)
    with pytest.raises(Forbidden, match="không thuộc phạm vi giao việc"):
        give(by=cast.leader, to=cast.soyte)
    with pytest.raises(Forbidden, match="không thuộc phạm vi giao việc"):
        give(by=cast.division_head, to=cast.bcvt)
    with pytest.raises(Forbidden, match="không thuộc phạm vi phối hợp"):
        give(by=cast.leader, co_workers=(cast.nvy,))
    assert not Task.objects.exists()
    assert give(by=cast.province_leader, to=cast.soyte).pk
    assert give(by=cast.office_head, to=cast.stttt).pk
    assert give(by=cast.division_head, to=cast.cntt, person=cast.specialist.post, co_workers=(cast.bcvt,)).pk


def test_a_day_that_is_over_and_a_person_who_left_are_refused(cast: Cast, give: Give, on: dt.date) -> None:
    with pytest.raises(Refusal, match="đã qua"):
        give(due=Due.on(on - dt.timedelta(days=1)))
    Post.objects.filter(pk=cast.specialist.post.pk).update(valid_to=on)
    left = Post.objects.select_related("officer", "unit").get(pk=cast.specialist.post.pk)
    with pytest.raises(Refusal, match="không còn công tác"):
        give(person=left)
    with pytest.raises(Refusal, match="Cần ghi việc phải làm"):
        give(title=" ")


def test_only_those_concerned_see_it(cast: Cast, give: Give) -> None:
    task = give(person=cast.specialist.post, informed=(cast.bcvt,))
    seeing = {
        name for name, actor in cast.actors().items() if Task.objects.visible_to(actor).filter(pk=task.pk).exists()
    }
    assert seeing == {"leader", "deputy_leader", "clerk", "division_head", "specialist", "second_division_head"}
    assert not Task.objects.visible_to(None).exists()


def test_the_subject_learns_whom_to_admit_and_that_something_changed(
    cast: Cast, give: Give, at: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    admitted: set[int] = set()
    changes: list[int] = []
    kind = threads.ThreadKind("paper", lambda _, keys, __: admitted.update(keys), lambda pk, _: changes.append(pk))
    monkeypatch.setattr(threads, "_kinds", {"paper": kind})
    task = give()
    pass_on(task, to=cast.specialist.post, actor=cast.division_head, at=at)
    assert {cast.cntt.audience, cast.stttt.audience, cast.specialist.post.audience} <= admitted
    assert changes == [1, 1]


def test_the_unit_accepts_and_passes_on_to_a_person(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = accept(give(), actor=cast.division_head, at=at + HOUR)
    assert (task.state, task.accepted_at) == ("in_progress", at + HOUR)
    task = pass_on(
        task, to=cast.specialist.post, instruction="Tham mưu trước thứ Năm", actor=cast.division_head, at=at + HOUR
    )
    assert task.holder == cast.specialist.post.audience
    assert Task.objects.visible_to(cast.specialist).get() == task
    assert accept(task, actor=cast.specialist, at=at + HOUR).state == "in_progress"
    with pytest.raises(Forbidden):
        pass_on(task, to=cast.second_specialist.post, actor=cast.specialist, at=at + HOUR)


def test_a_part_of_it_stays_within_the_whole(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    part = pass_on(
        task,
        to=cast.specialist.post,
        as_part=True,
        title="Số liệu",
        due=Due.on(dt.date(2014, 3, 13)),
        actor=cast.division_head,
        at=at,
    )
    task.refresh_from_db()
    assert part.parent == task
    assert part.verifier == cast.division_head.post.audience
    assert (task.state, task.holder) == ("in_progress", cast.cntt.audience)
    with pytest.raises(Refusal, match="không được sau hạn của việc chính"):
        pass_on(
            task,
            to=cast.specialist.post,
            as_part=True,
            due=Due.on(dt.date(2014, 3, 17)),
            actor=cast.division_head,
            at=at,
        )
    with pytest.raises(Forbidden, match="không thuộc phạm vi"):
        pass_on(task, to=cast.second_division_head.post, actor=cast.division_head, at=at)


def test_accepting_is_for_whom_it_was_given_to(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    for actor in (cast.specialist, cast.second_division_head, cast.leader, cast.outsider):
        with pytest.raises(Forbidden):
            accept(task, actor=actor, at=at)
    accept(task, actor=cast.division_head, at=at)
    with pytest.raises(Forbidden):
        accept(task, actor=cast.division_head, at=at)


def test_a_wrong_unit_sends_it_back_and_the_assigner_forwards_it(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        send_back(task, reason=" ", actor=cast.division_head, at=at)
    task = send_back(task, reason="Thuộc chức năng Phòng BCVT", actor=cast.division_head, at=at)
    assert (task.state, task.holder) == ("sent_back", cast.leader.post.audience)
    with pytest.raises(Forbidden):
        forward(task, to=cast.bcvt, actor=cast.division_head, at=at)
    due_at = task.due_at
    task = forward(task, to=cast.bcvt, actor=cast.leader, at=at + HOUR)
    assert (task.state, task.holder, task.lead_unit) == ("assigned", cast.bcvt.audience, cast.bcvt)
    assert task.due_at == due_at
    assert "sang Phòng BCVT" in timeline(DOCUMENT)[0].sentence
    assert accept(task, actor=cast.second_division_head, at=at + HOUR).state == "in_progress"


def test_reminders_follow_the_task_or_die_with_reassignment(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = give()
    followed = set_reminder(task, days_before=1, actor=cast.leader, at=at)
    own = set_reminder(task, days_before=2, actor=cast.division_head, at=at)
    assert followed.remind_at == at_local(dt.date(2014, 3, 13), dt.time(7, 0))
    forward(task, to=cast.bcvt, actor=cast.leader, at=at)
    assert Reminder.objects.get(pk=followed.pk).ended_at is None
    assert Reminder.objects.get(pk=own.pk).ended_at == at


def test_every_step_is_chained_in_the_journal_under_who_did_it(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    events = Event.objects.filter(subject_kind="task", subject_id=task.pk).order_by("sequence")
    assert [(event.kind, event.officer) for event in events] == [
        ("task.assigned", cast.leader.officer),
        ("task.accepted", cast.division_head.officer),
    ]
    assert {event.thread_kind for event in events} == {"paper"}


def test_the_head_moves_it_from_one_person_to_another(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = pass_on(give(), to=cast.specialist.post, actor=cast.division_head, at=at)
    with pytest.raises(Forbidden, match="tách việc con"):
        pass_on(task, to=cast.second_specialist.post, as_part=True, actor=cast.division_head, at=at)
    with pytest.raises(Forbidden):
        pass_on(task, to=cast.second_division_head.post, actor=cast.second_division_head, at=at)
    task = pass_on(task, to=cast.second_specialist.post, actor=cast.division_head, at=at + HOUR)
    assert task.holder == cast.second_specialist.post.audience
    with pytest.raises(Forbidden):
        accept(task, actor=cast.specialist, at=at + HOUR)
    assert Notice.objects.filter(post=cast.specialist.post, kind="task.forwarded").exists()


def test_a_notice_goes_when_what_it_asked_for_is_done(cast: Cast, give: Give, at: dt.datetime) -> None:
    def asked(actor: Actor) -> set[str]:
        return set(Notice.objects.visible_to(actor).standing().values_list("kind", flat=True))

    task = give()
    assert asked(cast.division_head) == {"task.assigned"}
    task = pass_on(task, to=cast.specialist.post, actor=cast.division_head, at=at)
    assert (asked(cast.division_head), asked(cast.specialist)) == (set(), {"task.assigned"})
    finish(task, text="Xong", actor=cast.specialist, at=at)
    assert (asked(cast.specialist), asked(cast.leader)) == (set(), {"task.finished"})
    verify(task, actor=cast.leader, at=at)
    assert (asked(cast.specialist), asked(cast.leader)) == ({"task.verified"}, set())
