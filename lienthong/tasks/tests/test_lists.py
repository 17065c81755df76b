"""The list of tasks: sorted, saved filters, the side preview; steps that are closed say why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from lienthong.organisation.actor import Actor
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import (
    accept,
    cancel,
    decide_extension,
    finish,
    report,
    request_extension,
    return_work,
    send_back,
    verify,
)
from lienthong.tasks.queries import inbox
from lienthong.tasks.queries.rows import _beside
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


def test_the_list_is_sorted_as_asked_and_the_open_one_is_grouped(
    cast: Cast, give: Give, client: Client, login: Login, on: dt.date
) -> None:
    give(title="Gần", due=Due.on(on + dt.timedelta(days=1)))
    give(title="Xa", due=Due.on(on + dt.timedelta(days=40)))
    login(client, cast.leader)
    newest, nearest = text(client.get("/tasks/")), text(client.get("/tasks/?sort=due"))
    assert newest.index(">Xa<") < newest.index(">Gần<")
    assert nearest.index(">Gần<") < nearest.index(">Xa<")
    opened = text(client.get("/tasks/?open=1"))
    assert opened.index("Tuần này") < opened.index(">Gần<") < opened.index("Sau đó") < opened.index(">Xa<")
    assert 'aria-label="2 mục"' in opened
    assert "Bỏ lọc" not in nearest


def test_a_filter_of_the_list_is_saved_and_chosen_again(
    cast: Cast, give: Give, client: Client, login: Login, django_assert_max_num_queries: Any
) -> None:
    give()
    login(client, cast.leader)
    page = text(client.get(f"/tasks/?open=1&unit={cast.cntt.pk}"))
    assert "Lưu bộ lọc này" in page
    query = page.split('name="query" value="')[1].split('"')[0].replace("&amp;", "&")
    saved = client.post("/saved-filters/", {"work_list": "tasks", "name": "Phòng CNTT", "query": query}, follow=True)
    assert "Đã lưu bộ lọc “Phòng CNTT”" in text(saved)
    assert "Xóa bộ lọc Phòng CNTT" in text(saved)
    assert "Lưu bộ lọc này" not in text(saved)
    with django_assert_max_num_queries(18):
        assert "Phòng CNTT" in text(client.get("/tasks/"))
    assert "Lưu bộ lọc này" not in text(client.get("/tasks/"))


def test_the_preview_says_the_gist_and_offers_the_next_step(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    task = accept(give(co_workers=(cast.bcvt,)), actor=cast.division_head, at=at)
    report(task, text="Đã có dự thảo", percent=40, actor=cast.division_head, at=at)
    request_extension(task, until=FRIDAY + dt.timedelta(days=7), reason="Chờ số liệu", actor=cast.division_head, at=at)
    login(client, cast.leader)
    assert f'data-preview="/tasks/{task.pk}/preview/"' in text(client.get("/tasks/"))
    ask = {"HX-Request": "true"}
    with django_assert_max_num_queries(16):
        gist = text(client.get(f"/tasks/{task.pk}/preview/", headers=ask))
    for words in (task.title, "Đã có dự thảo", "Chờ số liệu", "Quyết định gia hạn", "Đôn đốc", "Mở trang"):
        assert words in gist
    assert "<html" not in gist
    assert client.get(f"/tasks/{task.pk}/preview/")["Location"] == f"/tasks/{task.pk}/"
    login(client, cast.outsider)
    assert client.get(f"/tasks/{task.pk}/preview/", headers=ask).status_code == 404


def test_a_late_extension_is_refused_in_plain_words_at_its_address(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    address = f"/tasks/{task.pk}/extension/"
    login(client, cast.division_head)
    assert "Hạn hiện nay: hết ngày 14/03/2014" in text(client.get(address))
    with time_machine.travel(AT + dt.timedelta(days=14)):
        login(client, cast.division_head)
        page = text(client.get(address, follow=True))
        assert "phải xin trước khi hết hạn" in page
        assert "Xin gia hạn đến ngày" not in page
        said = {"until": "30/06/2014", "reason": "Bận"}
        assert "phải xin trước khi hết hạn" in client.post(address, said).content.decode()


def test_a_closed_step_says_why_at_its_address(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    login(client, cast.division_head)
    assert "Lúc này không làm được bước “Xác nhận hoàn thành”" in text(
        client.get(f"/tasks/{task.pk}/verification/", follow=True)
    )
    request_extension(task, until=FRIDAY + dt.timedelta(days=7), reason="Bận", actor=cast.division_head, at=at)
    assert "đang chờ quyết định" in text(client.get(f"/tasks/{task.pk}/extension/", follow=True))
    finish(task, text="Xong", actor=cast.division_head, at=at)
    verify(Task.objects.get(pk=task.pk), actor=cast.leader, at=at)
    assert "đã kết thúc (hoàn thành)" in text(client.get(f"/tasks/{task.pk}/progress/", follow=True))


def test_what_can_be_taken_back_offers_it_at_once(cast: Cast, give: Give, client: Client, login: Login) -> None:
    task = give()
    undo = f'action="/tasks/{task.pk}/undo/"'
    login(client, cast.division_head)
    assert undo in text(client.post(f"/tasks/{task.pk}/acceptance/", follow=True)).split("<h1")[0]
    assert undo in text(client.post(f"/tasks/{task.pk}/result/", {"text": "Xong"}, follow=True)).split("<h1")[0]
    login(client, cast.leader)
    assert undo in text(client.post(f"/tasks/{task.pk}/verification/", follow=True)).split("<h1")[0]
    assert "Đã hoàn tác" in text(client.post(f"/tasks/{task.pk}/undo/", follow=True))


def test_the_assigner_urges_from_the_page(cast: Cast, give: Give, client: Client, login: Login) -> None:
    task = give()
    login(client, cast.division_head)
    assert "Đôn đốc" not in text(client.get(f"/tasks/{task.pk}/"))
    login(client, cast.leader)
    assert "Đã đôn đốc" in text(client.post(f"/tasks/{task.pk}/urging/", follow=True))


def test_the_reason_of_a_delay_is_asked_only_where_there_is_one(
    cast: Cast, give: Give, client: Client, login: Login
) -> None:
    task = give()
    login(client, cast.division_head)
    assert "Lý do chậm" not in text(client.get(f"/tasks/{task.pk}/result/"))
    with time_machine.travel(AT + dt.timedelta(days=14)):
        login(client, cast.division_head)
        assert "Lý do chậm" in text(client.get(f"/tasks/{task.pk}/result/"))
        refused = client.post(f"/tasks/{task.pk}/result/", {"text": "Xong"})
        assert refused.status_code == 422
        assert "cần ghi lý do chậm" in refused.content.decode()


@pytest.mark.parametrize(
    ("about", "title", "rest"),
    [
        ("241/UBND-VX V/v góp ý dự thảo quy chế", "Góp ý dự thảo quy chế", "241/UBND-VX"),
        ("241/UBND-VX: Góp ý dự thảo", "Góp ý dự thảo", "241/UBND-VX"),
        ("139/QĐ-UBND Giao chỉ tiêu năm 2014", "Lập danh mục trạm", "139/QĐ-UBND Giao chỉ tiêu năm 2014"),
        ("Góp ý", "Góp ý", ""),
    ],
)
def test_the_second_line_does_not_repeat_the_first(about: str, title: str, rest: str) -> None:
    assert _beside(about, title) == rest


def test_a_wrong_deadline_of_a_part_is_said_beside_its_field(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    login(client, cast.division_head)
    said = {"to": f"post:{cast.specialist.post.pk}", "as_part": "part", "due": "30/12/2014", "instruction": "Làm nhé"}
    page = client.post(f"/tasks/{task.pk}/handover/", said).content.decode()
    assert "không được sau hạn của việc chính" in page.split('id="id_due_error"')[1][:400]
    assert "Làm nhé" in page


def test_a_part_has_a_name_of_its_own(cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime) -> None:
    task = accept(give(title="Rà soát đại lý Internet"), actor=cast.division_head, at=at)
    login(client, cast.division_head)
    said = {"to": f"post:{cast.specialist.post.pk}", "as_part": "part", "title": "Lập bảng theo huyện"}
    assert client.post(f"/tasks/{task.pk}/handover/", said).status_code == 302
    assert [part.title for part in task.parts.all()] == ["Lập bảng theo huyện"]
    page = client.post(f"/tasks/{task.pk}/handover/", {**said, "as_part": "whole"}).content.decode()
    assert "Chuyển cả việc thì tên giữ nguyên" in page.split('id="id_title_error"')[1][:400]
    assert task.parts.count() == 1


def test_a_request_for_more_time_waits_on_the_desk_of_whoever_decides(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    task = accept(give(title="Tổng hợp số liệu"), actor=cast.division_head, at=at)
    login(client, cast.leader)
    assert "Chờ tôi gia hạn" not in text(client.get("/"))
    until = FRIDAY + dt.timedelta(weeks=1)
    asked = request_extension(task, until=until, reason="Chờ số liệu", actor=cast.division_head, at=at)
    assert 'Chờ tôi gia hạn <span class="lt-count">1<' in text(client.get("/"))
    assert "Tổng hợp số liệu" in text(client.get("/?tab=extension"))
    assert inbox.counts([cast.leader], at).tabs["extension"] == inbox.tab([cast.leader], "extension").count() == 1
    assert inbox.counts([cast.division_head], at).tabs["extension"] == 0
    decide_extension(asked, granted=True, actor=cast.leader, at=at)
    assert "Chờ tôi gia hạn" not in text(client.get("/"))


def test_a_stale_form_on_a_cancelled_task_says_that_it_ended_and_keeps_the_words(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    cancel(task, reason="Trùng", actor=cast.leader, at=at)
    login(client, cast.division_head)
    page = client.post(f"/tasks/{task.pk}/result/", {"text": "Đã xong rồi"}).content.decode()
    assert "đã kết thúc (đã hủy)" in page
    assert "Đã xong rồi" in page
    assert text(client.get(f"/tasks/{task.pk}/")).split("lt-head-actions")[0].count(">Đã hủy<") == 1


def test_why_it_came_back_stands_at_the_top(
    cast: Cast, give: Give, client: Client, login: Login, at: dt.datetime
) -> None:
    task = accept(give(), actor=cast.division_head, at=at)
    finish(task, text="Xong", actor=cast.division_head, at=at)
    return_work(Task.objects.get(pk=task.pk), reason="Thiếu số liệu huyện", actor=cast.leader, at=at)
    again = give(title="Nhầm nơi")
    send_back(again, reason="Không đúng lĩnh vực", actor=cast.division_head, at=at)
    login(client, cast.division_head)
    assert "yêu cầu làm lại:" in text(client.get(f"/tasks/{task.pk}/"))
    login(client, cast.leader)
    page = text(client.get(f"/tasks/{again.pk}/"))
    assert "trả lại việc này:" in page
    assert page.index("Không đúng lĩnh vực") < page.index("Nội dung")
    gist = text(client.get(f"/tasks/{again.pk}/preview/", headers={"HX-Request": "true"}))
    assert "Không đúng lĩnh vực" in gist
