from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lienthong.files.queries import attachments
from lienthong.journal.models import Event
from lienthong.organisation.actor import Actor
from lienthong.organisation.operations import delegate, record_absence
from lienthong.organisation.queries import actors_of
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import accept, finish, pass_on
from lienthong.tasks.queries import inbox
from lienthong.tasks.tests.conftest import FRIDAY, Give
from tests.cast import AT, Cast

Login = Callable[[Client, Actor], Client]


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(AT + dt.timedelta(minutes=10), tick=False):
        yield


def text(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()[:2000]
    return str(response.content.decode())


def test_my_work_shows_what_is_late_first_and_counts_right(
    cast: Cast, give: Give, client: Client, login: Login, on: dt.date
) -> None:
    give(title="Việc tuần này")
    give(title="Việc hôm nay", due=Due.on(on))
    give(title="Việc thường xuyên", due=Due.ongoing())
    give(title="Việc đã trễ", when=AT - dt.timedelta(days=7), due=Due.on(on - dt.timedelta(days=3)))
    page = text(login(client, cast.division_head).get("/"))
    order = [page.index(title) for title in ("Việc đã trễ", "Việc hôm nay", "Việc tuần này", "Việc thường xuyên")]
    assert order == sorted(order)
    assert "4 trong 4 mục" in page
    assert "Quá hạn" in page
    only = text(client.get("/?group=overdue"))
    assert "Việc đã trễ" in only
    assert "Việc hôm nay" not in only
    assert "1 trong 1 mục" in only


def test_more_time_is_offered_until_the_deadline_and_then_the_page_says_why_not(
    cast: Cast, give: Give, client: Client, login: Login, on: dt.date
) -> None:
    login(client, cast.division_head)
    page = text(client.get(f"/tasks/{give(due=Due.on(on)).pk}/"))
    assert "Xin gia hạn" in page
    assert "không xin gia hạn được nữa" not in page
    late = give(when=AT - dt.timedelta(days=7), due=Due.on(on - dt.timedelta(days=3)))
    page = text(client.get(f"/tasks/{late.pk}/"))
    assert "Xin gia hạn" not in page
    assert "Đã quá hạn: không xin gia hạn được nữa" in page


def test_each_tab_counts_what_it_lists(cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime) -> None:
    finish(give(title="Chờ xác nhận"), text="Xong", actor=cast.division_head, at=at)
    give(title="Chờ phòng làm")
    give(title="Cùng làm", to=cast.bcvt, co_workers=(cast.cntt,))
    login(client, cast.leader)
    assert "Chờ xác nhận" in text(client.get("/?tab=verify"))
    waiting = text(client.get("/?tab=waiting"))
    assert "Chờ phòng làm" in waiting
    assert "2 trong 2 mục" in waiting
    login(client, cast.division_head)
    co = text(client.get("/?tab=co"))
    assert "Cùng làm" in co
    assert "1 trong 1 mục" in co
    assert "Không có kết quả nào chờ xác nhận" in text(client.get("/?tab=verify"))


def test_the_page_answers_itself_only_when_something_changed(
    cast: Cast, give: Give, client: Client, login: Login
) -> None:
    give()
    page = text(login(client, cast.division_head).get("/"))
    poll = page.split('<div id="work" hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(poll, headers={"HX-Request": "true"}).status_code == 204
    give(title="Việc vừa tới")
    fragment = text(client.get(poll, headers={"HX-Request": "true"}))
    assert "Việc vừa tới" in fragment
    assert "<html" not in fragment


def test_a_substitute_sees_the_absent_persons_work_and_does_it_in_their_name(
    cast: Cast, give: Give, client: Client, login: Login, on: dt.date
) -> None:
    task = give(person=cast.specialist.post)
    record_absence(
        cast.specialist.post,
        substitute=cast.second_specialist.post,
        valid_from=on,
        valid_to=on + dt.timedelta(days=3),
        actor=None,
        at=AT,
    )
    page = text(login(client, cast.second_specialist).get("/"))
    assert task.title in page
    assert "Thay Phạm Ngọc Ánh" in page
    assert '<span class="lt-rail-count">1<' in page
    actors = actors_of(cast.second_specialist.officer.pk, on=on)
    assert inbox.open_tasks(actors).count() == inbox.counts(actors, AT).tabs["todo"] == 1
    assert "xử lý thay Phạm Ngọc Ánh" in text(client.get(f"/tasks/{task.pk}/"))
    assert client.post(f"/tasks/{task.pk}/acceptance/").status_code == 302
    assert "Võ Đình Đức (thay Phạm Ngọc Ánh) nhận" in text(client.get(f"/tasks/{task.pk}/"))
    with time_machine.travel(AT + dt.timedelta(days=4)):
        login(client, cast.second_specialist)
        assert task.title not in text(client.get("/"))
        assert client.get(f"/tasks/{task.pk}/").status_code == 404
        assert client.post(f"/tasks/{task.pk}/result/", {"text": "Xong"}).status_code == 404


def test_a_task_is_walked_through_on_its_page(cast: Cast, give: Give, client: Client, login: Login) -> None:
    task = give()
    login(client, cast.division_head)
    assert "Nhận việc" in text(client.get(f"/tasks/{task.pk}/"))
    client.post(f"/tasks/{task.pk}/acceptance/")
    refused = client.post(f"/tasks/{task.pk}/handover/", {"to": ""})
    assert refused.status_code == 422
    client.post(
        f"/tasks/{task.pk}/handover/",
        {"to": f"post:{cast.specialist.post.pk}", "as_part": "whole", "instruction": "Làm nhé"},
    )
    login(client, cast.specialist)
    client.post(f"/tasks/{task.pk}/progress/", {"text": "Đã có dự thảo", "percent": "40"})
    client.post(f"/tasks/{task.pk}/result/", {"text": "Đã trình ký"})
    login(client, cast.leader)
    page = text(client.get(f"/tasks/{task.pk}/"))
    assert "Đã trình ký" in page
    assert "Xác nhận hoàn thành" in page
    client.post(f"/tasks/{task.pk}/verification/")
    assert "Hoàn thành đúng hạn" in text(client.get(f"/tasks/{task.pk}/"))
    assert "thứ Sáu 14/03/2014" in text(client.get(f"/tasks/{task.pk}/deadline/"))


def test_every_step_page_opens_for_who_may_and_404s_for_who_may_not(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    steps = {
        cast.division_head: ["handover", "result", "progress", "extension", "send-back", "reminder"],
        cast.leader: ["forwarding", "suspension", "cancellation", "reminder"],
    }
    for actor, slugs in steps.items():
        login(client, actor)
        page = text(client.get(f"/tasks/{task.pk}/"))
        for slug in slugs:
            assert f"/tasks/{task.pk}/{slug}/" in page
            assert "<form" in text(client.get(f"/tasks/{task.pk}/{slug}/"))
    login(client, cast.outsider)
    for slug in ["", "deadline/", "handover/", "acceptance/"]:
        assert client.get(f"/tasks/{task.pk}/{slug}").status_code == 404
    assert client.post(f"/tasks/{task.pk}/acceptance/").status_code == 404


def test_what_another_may_do_is_refused_in_words(cast: Cast, give: Give, client: Client, login: Login) -> None:
    task = give()
    login(client, cast.deputy_leader)
    client.post(f"/tasks/{task.pk}/cancellation/", {"reason": "Thử"})
    assert Task.objects.get(pk=task.pk).state == "assigned"
    refused = client.post(f"/tasks/{task.pk}/cancellation/", {"reason": "Thử"})
    assert "Chỉ người giao việc mới làm được việc này" in refused.content.decode()


def test_work_is_given_from_the_form_once(cast: Cast, client: Client, login: Login) -> None:
    page = text(login(client, cast.leader).get("/tasks/new/"))
    key = page.split('name="key" value="')[1].split('"')[0]
    said = {
        "key": key,
        "rows": "1",
        "instruction": "Khẩn trương",
        "row0-title": "Báo cáo tình hình",
        "row0-lead": f"unit:{cast.cntt.pk}",
        "row0-due": "14/03/2014",
        "row0-co_workers": [f"unit:{cast.bcvt.pk}"],
    }
    grown = client.post("/tasks/new/", {**said, "add_row": "1"})
    assert "Việc 2" in grown.content.decode()
    assert "Báo cáo tình hình" in grown.content.decode()
    wrong = client.post("/tasks/new/", {**said, "row0-due": "sớm"})
    assert wrong.status_code == 422
    assert "Không hiểu hạn" in wrong.content.decode()
    past = client.post("/tasks/new/", {**said, "row0-due": "01/03/2014"})
    assert "đã qua" in past.content.decode()
    for _ in range(2):
        assert client.post("/tasks/new/", said).status_code == 302
    task = Task.objects.get()
    assert task.thread == task.subject
    assert task.participants.get().unit == cast.bcvt
    assert login(client, cast.specialist).get("/tasks/new/").status_code == 403


def test_many_are_done_at_once_and_each_refusal_is_said(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    ready = [give(title=f"Việc {number}") for number in range(3)]
    accept(ready[0], actor=cast.division_head, at=at)
    login(client, cast.division_head)
    answer = client.post("/work/", {"pk": [task.pk for task in ready], "step": "acceptance"}, follow=True)
    page = text(answer)
    assert "Đã nhận 2 việc" in page
    assert "1 việc không làm được" in page
    assert set(Task.objects.values_list("state", flat=True)) == {"in_progress"}


def test_the_list_filters_by_class_and_unit(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    give(title="Của phòng một")
    give(title="Của phòng hai", to=cast.bcvt)
    login(client, cast.leader)
    assert "2 trong 2 mục" in text(client.get("/tasks/"))
    page = text(client.get(f"/tasks/?unit={cast.bcvt.pk}&class=not_started"))
    assert "Của phòng hai" in page
    assert "Của phòng một" not in page
    assert "Không có nhiệm vụ nào" in text(client.get("/tasks/?class=done_late&unit=x"))


def test_queries_do_not_grow_with_the_rows(
    cast: Cast,
    give: Give,
    client: Client,
    login: Login,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(30):
        give(title=f"Việc {number}")
    login(client, cast.division_head)
    client.get("/")
    with django_assert_max_num_queries(17):
        page = text(client.get("/"))
    assert "25 trong 30 mục" in page
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    with django_assert_max_num_queries(17):
        assert "5 trong 30 mục" in text(client.get(f"/{older}"))
    with django_assert_max_num_queries(17):
        page = text(client.get("/tasks/"))
    assert "25 trong 30 mục" in page
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    deep = text(client.get(f"/tasks/{older}"))
    assert [f">Việc {number}<" in deep for number in (4, 5)] == [True, False]


def test_a_task_page_costs_a_fixed_number_of_queries(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    task = give(co_workers=(cast.bcvt,))
    for _ in range(5):
        pass_on(task, to=cast.specialist.post, as_part=True, due=Due.on(FRIDAY), actor=cast.division_head, at=at)
    login(client, cast.division_head)
    client.get("/")
    with django_assert_max_num_queries(28):
        text(client.get(f"/tasks/{task.pk}/"))


def test_every_count_is_the_length_of_its_list(
    cast: Cast, give: Give, at: dt.datetime, on: dt.date, django_assert_num_queries: Any
) -> None:
    for days in range(16):
        task = give(
            title=f"Sau {days} ngày", due=Due.on(on + dt.timedelta(days=days)), co_workers=(cast.bcvt,)[: days % 2]
        )
        if days % 3 == 0:
            accept(task, actor=cast.division_head, at=at)
        if days % 5 == 0:
            finish(task, text="Xong", actor=cast.division_head, at=at)
    give(due=Due.ongoing())
    give(by=cast.division_head, person=cast.division_head.post)
    for actor in (cast.division_head, cast.leader, cast.second_division_head, cast.outsider):
        for moment in (at, at + dt.timedelta(days=5), at + dt.timedelta(days=6, hours=20), at + dt.timedelta(days=30)):
            with django_assert_num_queries(1):
                counts = inbox.counts([actor], moment)
            assert counts.tabs == {name: inbox.tab([actor], name).count() for name in inbox.TABS}
            todo = inbox.tab([actor], "todo")
            limits = inbox.conditions(moment)
            assert counts.groups == {name: todo.filter(limits[name]).count() for name in inbox.GROUPS}
            assert sum(counts.groups.values()) == counts.tabs["todo"]


def test_a_lapsed_delegation_gives_nothing_any_more(
    cast: Cast, client: Client, login: Login, on: dt.date, give: Give
) -> None:
    delegate(
        cast.leader.post,
        receiver=cast.division_head.post,
        rights=["tasks.assign"],
        source="Giấy ủy quyền 01/GUQ-STTTT",
        valid_from=on,
        valid_to=on + dt.timedelta(days=2),
        actor=cast.leader,
        at=AT,
    )
    task = give(to=cast.bcvt)
    said = {"reason": "Trùng việc"}
    login(client, cast.division_head)
    with time_machine.travel(AT + dt.timedelta(days=3)):
        login(client, cast.division_head)
        assert client.post(f"/tasks/{task.pk}/cancellation/", said).status_code == 404
        assert Task.objects.get(pk=task.pk).state == "assigned"
    login(client, cast.division_head)
    assert client.post(f"/tasks/{task.pk}/cancellation/", said).status_code == 302
    event = Event.objects.get(kind="task.cancelled")
    assert (event.officer, event.post, event.own_post) == (
        cast.division_head.officer,
        cast.leader.post,
        cast.division_head.post,
    )


def test_files_come_with_the_result_with_or_without_scripts(
    cast: Cast, give: Give, client: Client, login: Login
) -> None:
    task = give()
    login(client, cast.division_head)
    file = SimpleUploadedFile("ket-qua.txt", "Đã làm xong".encode())
    assert client.post(f"/tasks/{task.pk}/result/", {"text": "Xong", "upload": file}).status_code == 302
    assert [attachment.file.name for attachment in attachments(task.subject)] == ["ket-qua.txt"]
    assert "ket-qua.txt" in text(client.get(f"/tasks/{task.pk}/"))
    login(client, cast.outsider)
    assert client.get(f"/files/{attachments(task.subject)[0].file.pk}/").status_code in (403, 404)


def test_several_are_passed_on_to_one_person_in_one_go(cast: Cast, give: Give, client: Client, login: Login) -> None:
    keys = [give(title=f"Việc {number}").pk for number in range(3)]
    login(client, cast.division_head)
    asked = text(client.post("/work/", {"pk": keys, "step": "handover"}))
    assert "Giao tiếp 3 việc" in asked
    assert client.post("/work/", {"pk": keys, "step": "handover", "to": ""}).status_code == 422
    said = {"pk": keys, "step": "handover", "to": f"post:{cast.specialist.post.pk}", "instruction": "Chia nhau"}
    assert "Đã giao tiếp 3 việc" in text(client.post("/work/", said, follow=True))
    assert set(Task.objects.values_list("lead_post", flat=True)) == {cast.specialist.post.pk}


def test_work_by_person_names_each_person_once(cast: Cast, give: Give, client: Client, login: Login) -> None:
    give(by=cast.division_head, person=cast.specialist.post, title="Một")
    give(by=cast.division_head, person=cast.specialist.post, title="Hai")
    login(client, cast.division_head)
    page = client.get("/tasks/by-person/").content.decode()
    assert f"{cast.specialist.officer.full_name} · " not in page
    assert f"{cast.division_head.officer.full_name} giao" in page
    assert f"{cast.specialist.officer.full_name} · " in client.get("/tasks/").content.decode()
