"""A post is ended, an account shut, a unit closed, or a duty changed: open work finds its new holder."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.administration.operations import hand_over_due
from lienthong.journal.models import Event
from lienthong.journal.sentences import sentence_of
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, TakeOver
from lienthong.organisation.operations import (
    carry_out,
    close_officer_account,
    close_unit,
    end_post,
    hand_back,
    hand_over,
    reopen_post,
    succeed,
)
from lienthong.organisation.queries import actor_for
from lienthong.organisation.queries.holdings import in_hand, left_behind
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task, TaskReader
from lienthong.tasks.operations import Item, accept, assign, finish, request_extension
from lienthong.tasks.policies import can_report, can_verify
from lienthong.tasks.verification import differences
from tests.cast import AT, Cast, Login

TODAY = AT.date()
FRIDAY = dt.date(2014, 3, 14)
APRIL = dt.date(2014, 4, 1)
Give = Callable[..., Task]


@pytest.fixture
def give(cast: Cast) -> Give:
    """Assign a task of the division to one of its people."""

    def give_one(title: str, to: Actor | None = None, by: Actor | None = None, **more: Any) -> Task:
        doer = (to or cast.specialist).post
        item = Item(title, doer.unit, Due.on(FRIDAY), lead_post=doer, **more)
        return assign(None, [item], key=uuid.uuid4(), actor=by or cast.division_head, at=AT)[0]

    return give_one


def _fresh(post: Post) -> Actor:
    return actor_for(Post.objects.select_related("officer", "unit__agency").get(pk=post.pk), on=TODAY)


def test_a_post_with_open_work_ends_only_with_a_taker(cast: Cast, give: Give) -> None:
    task = give("Báo cáo quý I")
    accept(task, actor=cast.specialist, at=AT)
    post = cast.specialist.post
    with pytest.raises(Refusal, match=r"Phạm Ngọc Ánh còn giữ nhiệm vụ đang làm: 1\. Hãy chọn người nhận") as refused:
        end_post(post, on=TODAY, actor=cast.administrator, at=AT)
    assert refused.value.field == "taker"
    post.refresh_from_db()
    assert post.valid_to is None

    end_post(post, on=TODAY, taker=cast.second_specialist.post, actor=cast.administrator, at=AT)
    task.refresh_from_db()
    post.refresh_from_db()
    assert post.valid_to == TODAY
    assert (task.lead_post_id, task.holder) == (cast.second_specialist.post.pk, -cast.second_specialist.post.pk)
    assert task.state == "in_progress"
    assert can_report(_fresh(cast.second_specialist.post), task)
    assert not can_report(cast.specialist, task)
    assert Task.objects.visible_to(_fresh(cast.second_specialist.post)).filter(pk=task.pk).exists()
    event = Event.objects.get(kind="task.taken_over", subject_id=task.pk)
    assert sentence_of(event) == "bàn giao việc này từ Phạm Ngọc Ánh, Chuyên viên cho Võ Đình Đức, Chuyên viên"
    told = Notice.objects.get(kind="work.taken_over")
    assert told.post_id == cast.second_specialist.post.pk
    assert told.text == "Nhận bàn giao 1 việc của Phạm Ngọc Ánh, Chuyên viên"
    assert not Notice.objects.filter(post=post, subject_kind="task", cleared_at=None).exists()
    assert list(differences()) == []


def test_what_was_assigned_is_verified_and_extended_by_the_taker(cast: Cast, give: Give) -> None:
    reported, asking, running = give("Đã báo cáo"), give("Xin gia hạn"), give("Đang làm")
    for task in (reported, asking):
        accept(task, actor=cast.specialist, at=AT)
    finish(reported, text="Xong", actor=cast.specialist, at=AT)
    request_extension(asking, until=dt.date(2014, 3, 20), reason="Chờ số liệu", actor=cast.specialist, at=AT)
    head = cast.division_head.post
    counts = {one.kind.kind: one.number for one in in_hand([head], TODAY)[head.pk]}
    assert counts == {"tasks.verify": 1, "tasks.extension": 1, "tasks.given": 1}

    with pytest.raises(Refusal, match="Vai trò chuyên viên của Võ Đình Đức không làm được"):
        hand_over(head, cast.second_specialist.post, actor=cast.administrator, at=AT)
    hand_over(head, cast.deputy_leader.post, actor=cast.leader, at=AT)
    deputy = _fresh(cast.deputy_leader.post)
    for task in (reported, asking, running):
        task.refresh_from_db()
        assert task.assigner_post_id == deputy.post.pk
    assert can_verify(deputy, reported)
    assert not can_verify(cast.division_head, reported)
    assert running.holder == -cast.specialist.post.pk
    assert in_hand([head], TODAY)[head.pk] == []
    assert list(differences()) == []


def test_a_co_worker_goes_too_and_is_not_doubled(cast: Cast, give: Give) -> None:
    mine = give("Một", to=cast.division_head, by=cast.leader, co_workers=(cast.specialist.post,))
    both = give(
        "Hai", to=cast.division_head, by=cast.leader, co_workers=(cast.specialist.post, cast.second_specialist.post)
    )
    hand_over(cast.specialist.post, cast.second_specialist.post, actor=cast.division_head, at=AT)
    for task in (mine, both):
        assert list(task.participants.values_list("audience", flat=True)) == [-cast.second_specialist.post.pk]


def test_single_things_and_whole_kinds_are_handed_over_and_given_back(cast: Cast, give: Give) -> None:
    first, second = give("Một"), give("Hai")
    giver, taker = cast.specialist.post, cast.second_specialist.post
    done = hand_over(giver, taker, chosen={"tasks.doing": [first.pk]}, actor=cast.division_head, at=AT)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.lead_post_id, second.lead_post_id) == (taker.pk, giver.pk)
    assert done.things == {"tasks.doing": [first.pk]}
    hand_back(done, actor=cast.division_head, at=AT)
    first.refresh_from_db()
    assert first.lead_post_id == giver.pk
    with pytest.raises(Refusal, match="Không còn việc nào"):
        hand_back(done, actor=cast.division_head, at=AT)


def test_only_the_head_by_right_and_administrators_hand_over(cast: Cast, give: Give) -> None:
    give("Một")
    giver, taker = cast.specialist.post, cast.second_specialist.post
    for stranger in (cast.specialist, cast.second_division_head, cast.health_leader, cast.clerk):
        with pytest.raises(Forbidden):
            hand_over(giver, taker, actor=stranger, at=AT)
    assert hand_over(giver, taker, actor=cast.leader, at=AT).total == 1


def test_work_goes_over_on_the_day_on_which_the_post_ends(cast: Cast, give: Give) -> None:
    task = give("Một")
    post, taker = cast.specialist.post, cast.second_specialist.post
    end_post(post, on=APRIL, taker=taker, actor=cast.administrator, at=AT)
    task.refresh_from_db()
    assert task.lead_post_id == post.pk
    assert hand_over_due(clock=lambda: AT) == 0
    later = AT + dt.timedelta(days=25)
    assert hand_over_due(clock=lambda: later) == 1
    task.refresh_from_db()
    assert task.lead_post_id == taker.pk
    assert TakeOver.objects.get().done_at == later
    assert hand_over_due(clock=lambda: later) == 0


def test_an_order_that_cannot_be_carried_out_says_why_and_stays(cast: Cast, give: Give) -> None:
    give("Một")
    post, taker = cast.specialist.post, cast.second_specialist.post
    end_post(post, on=APRIL, taker=taker, actor=cast.administrator, at=AT)
    end_post(taker, on=dt.date(2014, 3, 20), actor=cast.administrator, at=AT)
    later = AT + dt.timedelta(days=25)
    assert hand_over_due(clock=lambda: later) == 0
    assert "không giữ chức vụ này vào ngày 04/04/2014" in TakeOver.objects.get().error
    assert [post.pk for post, _ in left_behind(later.date())] == [cast.specialist.post.pk]


def test_an_account_is_shut_with_a_taker_or_for_a_short_time(cast: Cast, give: Give) -> None:
    task = give("Một")
    person = cast.specialist.officer
    assert person.user is not None
    with pytest.raises(Refusal, match="còn giữ nhiệm vụ đang làm: 1"):
        close_officer_account(person, actor=cast.administrator, at=AT)
    person.user.refresh_from_db()
    assert person.user.is_active
    close_officer_account(person, keeps_work=True, actor=cast.administrator, at=AT)
    task.refresh_from_db()
    assert task.lead_post_id == cast.specialist.post.pk
    takers = {cast.specialist.post.pk: cast.second_specialist.post}
    close_officer_account(person, takers=takers, actor=cast.administrator, at=AT)
    task.refresh_from_db()
    person.user.refresh_from_db()
    assert task.lead_post_id == cast.second_specialist.post.pk
    assert not person.user.is_active


def test_an_agency_with_work_of_its_own_closes_only_with_a_successor(cast: Cast) -> None:
    item = Item("Việc của sở", cast.soyte, Due.on(FRIDAY))
    assign(None, [item], key=uuid.uuid4(), actor=cast.province_leader, at=AT)
    for post in Post.objects.filter(unit__in=[cast.nvy, cast.soyte]):
        end_post(post, on=APRIL, actor=cast.administrator, at=AT)
    close_unit(cast.nvy, on=APRIL, actor=cast.administrator, at=AT)
    with pytest.raises(Refusal, match=r"nhiệm vụ chưa xong của đơn vị: 1\. Hãy ghi đơn vị kế thừa từ ngày 01/04/2014"):
        close_unit(cast.soyte, on=APRIL, actor=cast.administrator, at=AT)
    succeed(
        predecessors=[cast.soyte],
        successors=[cast.stttt],
        kind="merge",
        on=APRIL,
        source="12/QĐ-UBND",
        actor=cast.administrator,
        at=AT,
    )
    assert close_unit(cast.soyte, on=APRIL, actor=cast.administrator, at=AT).valid_to == APRIL


def test_the_work_of_a_part_falls_to_the_unit_above_it(cast: Cast) -> None:
    item = Item("Việc của phòng", cast.bcvt, Due.on(FRIDAY))
    assign(None, [item], key=uuid.uuid4(), actor=cast.leader, at=AT)
    end_post(cast.second_division_head.post, on=APRIL, actor=cast.administrator, at=AT)
    assert close_unit(cast.bcvt, on=APRIL, actor=cast.administrator, at=AT).valid_to == APRIL


def test_people_of_a_unit_with_a_successor_need_no_taker(cast: Cast, give: Give) -> None:
    give("Một")
    succeed(
        predecessors=[cast.cntt],
        successors=[cast.bcvt],
        kind="merge",
        on=APRIL,
        source="12/QĐ-STTTT",
        actor=cast.administrator,
        at=AT,
    )
    assert end_post(cast.specialist.post, on=APRIL, actor=cast.administrator, at=AT).valid_to == APRIL


def test_an_ended_post_goes_on_again(cast: Cast) -> None:
    post = cast.second_specialist.post
    with pytest.raises(Refusal, match="đang giữ"):
        reopen_post(post, actor=cast.administrator, at=AT)
    end_post(post, on=TODAY, actor=cast.administrator, at=AT)
    assert reopen_post(post, actor=cast.administrator, at=AT).valid_to is None
    with pytest.raises(Forbidden):
        reopen_post(post, actor=cast.leader, at=AT)


def test_the_end_page_shows_what_is_held_and_asks_who_takes_over(
    cast: Cast, client: Client, login: Login, give: Give
) -> None:
    task = give("Báo cáo quý I")
    login(client, cast.administrator)
    address = reverse("administration:post_end", args=[cast.specialist.post.pk])
    page = client.get(address).text
    assert "Nhiệm vụ đang làm</a>" in page
    assert "Cùng đơn vị (Phòng CNTT)" in page
    form = {"on": "10/03/2014"}
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert "Hãy chọn người nhận bàn giao." in refused.text
    answer = client.post(address, form | {"taker": cast.second_specialist.post.pk}, follow=True)
    assert "Đã bàn giao 1 việc cho Võ Đình Đức, Chuyên viên." in answer.text
    task.refresh_from_db()
    assert task.lead_post_id == cast.second_specialist.post.pk


def test_a_head_chooses_things_and_an_administrator_sees_only_numbers(
    cast: Cast, client: Client, login: Login, give: Give
) -> None:
    first, _ = give("Soạn kế hoạch đào tạo"), give("Kiểm kê thiết bị")
    address = reverse("administration:post_take_over", args=[cast.specialist.post.pk])
    login(client, cast.administrator)
    page = client.get(address).text
    assert "cả 2 việc" in page
    assert "Soạn kế hoạch đào tạo" not in page
    login(client, cast.division_head)
    assert "Soạn kế hoạch đào tạo" in client.get(address).text
    nothing = client.post(address, {"taker": cast.second_specialist.post.pk})
    assert "Hãy đánh dấu ít nhất một việc" in nothing.text
    form = {"taker": cast.second_specialist.post.pk, "thing": f"tasks.doing:{first.pk}"}
    assert "Bàn giao công việc" in client.post(address, form, follow=True).text
    first.refresh_from_db()
    assert first.lead_post_id == cast.second_specialist.post.pk
    login(client, cast.second_division_head)
    assert client.get(address).status_code == 403


def test_the_unit_page_says_what_stands_in_the_way_of_closing(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    page = client.get(reverse("administration:unit_end", args=[cast.stttt.pk])).text
    assert "Đơn vị trực thuộc còn hoạt động" in page
    assert "Nguyễn Hoàng Minh, Giám đốc" in page


def test_the_account_page_asks_for_each_post(cast: Cast, client: Client, login: Login, give: Give) -> None:
    give("Một")
    login(client, cast.administrator)
    address = reverse("administration:account_end", args=[cast.specialist.officer.pk])
    assert "Người nhận bàn giao việc của Chuyên viên" in client.get(address).text
    assert client.post(address, {}).status_code == 422
    form = {f"taker_{cast.specialist.post.pk}": cast.second_specialist.post.pk}
    assert "Đã khóa tài khoản." in client.post(address, form, follow=True).text


def test_counts_cost_one_query_for_each_kind(cast: Cast, give: Give, django_assert_num_queries: Any) -> None:
    for number in range(5):
        give(f"Việc {number}")
    with django_assert_num_queries(17):
        in_hand([cast.specialist.post, cast.division_head.post], TODAY)
    end_post(cast.editor.post, on=TODAY, actor=cast.administrator, at=AT)
    with django_assert_num_queries(18):
        left_behind(TODAY)


def test_a_hundred_tasks_cost_as_many_queries_as_one(
    cast: Cast, give: Give, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        give(f"Việc {number}")
    with django_assert_max_num_queries(60):
        done = hand_over(cast.specialist.post, cast.second_specialist.post, actor=cast.division_head, at=AT)
    assert done.total == 30
    assert TaskReader.objects.filter(audience=-cast.second_specialist.post.pk).count() == 30


def test_much_waits_for_a_worker(cast: Cast, give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lienthong.organisation.operations.handing_over.AT_ONCE", 1)
    tasks = [give("Một"), give("Hai")]
    order = hand_over(cast.specialist.post, cast.second_specialist.post, actor=cast.division_head, at=AT)
    assert order.done_at is None
    assert hand_over_due(clock=lambda: AT) == 1
    assert carry_out(order, at=AT).total == 2
    assert {Task.objects.get(pk=task.pk).lead_post_id for task in tasks} == {cast.second_specialist.post.pk}
