from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from docx import Document
from openpyxl import Workbook, load_workbook

from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks import tables, threads
from lienthong.tasks.due import Due
from lienthong.tasks.models import Programme, Task
from lienthong.tasks.operations import (
    Item,
    add_tasks,
    cancel,
    close_programme,
    create_programme,
    finish,
    pass_on,
    verify,
)
from lienthong.tasks.queries.lists import Filters, visible
from lienthong.tasks.queries.rollup import BY, board
from tests.cast import AT, Cast

Login = Callable[[Client, Actor], Client]
LATER = at_local(dt.date(2014, 4, 2), dt.time(9, 0))
TABLE = """STT\tNội dung nhiệm vụ\tĐơn vị chủ trì\tPhối hợp\tSản phẩm\tThời hạn
1\tXây dựng kế hoạch ứng dụng CNTT\tSở TT&TT\tSở Y tế\tKế hoạch\t31/3/2014
2\tQuy hoạch báo chí\tSở Thông tin và Truyền thông\t\tĐề án\tQuý II
3\tQuản lý trò chơi điện tử\tSTTTT\t\t\tThường xuyên
4\tKhám chữa bệnh từ xa\tSở Y tế\tSở TT&TT\t=cmd()\tQuý III/2014
"""


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(AT + dt.timedelta(minutes=10), tick=False):
        yield


@pytest.fixture
def programme(cast: Cast, at: dt.datetime) -> Programme:
    made = create_programme(
        title="Danh mục nhiệm vụ năm 2014",
        year=2014,
        source_text="Quyết định 139/QĐ-UBND ngày 10/01/2014",
        issuer=cast.ubnd,
        actor=cast.office_head,
        at=at,
    )
    rows = tables.drafts(tables.read_pasted(TABLE), [cast.stttt, cast.soyte], year=2014, on=dt.date(2014, 1, 10))
    assert [row.faults for row in rows] == [[], [], [], []]
    add_tasks(made, [row.item() for row in rows], key=uuid.uuid4(), actor=cast.office_head, at=at)
    return made


def test_a_decision_becomes_numbered_tasks(cast: Cast, programme: Programme) -> None:
    tasks = list(programme.tasks.order_by("number"))
    assert [(task.number, task.lead_unit.short_name, task.deadline_kind) for task in tasks] == [
        (1, "Sở TT&TT", "date"),
        (2, "Sở TT&TT", "quarter"),
        (3, "Sở TT&TT", "ongoing"),
        (4, "Sở Y tế", "quarter"),
    ]
    assert tasks[1].due_at == at_local(dt.date(2014, 6, 30), dt.time(17, 0))
    assert {one.unit for one in tasks[0].participants.all()} == {cast.soyte}


def test_who_may_set_it_up_and_who_sees_it(cast: Cast, programme: Programme, at: dt.datetime) -> None:
    with pytest.raises(Forbidden):
        create_programme(title="Của tôi", year=2014, actor=cast.specialist, at=at)
    with pytest.raises(Forbidden):
        add_tasks(programme, [Item("Thêm", cast.stttt, Due.ongoing())], key=uuid.uuid4(), actor=cast.leader, at=at)
    item = Item("Trùng số", cast.stttt, Due.ongoing(), number=2)
    with pytest.raises(Refusal, match="Số thứ tự 2 đã có"):
        add_tasks(programme, [item], key=uuid.uuid4(), actor=cast.office_head, at=at)
    seeing = {name for name, actor in cast.actors().items() if Programme.objects.visible_to(actor).exists()}
    assert {"office_head", "province_leader", "leader", "health_leader"} <= seeing
    assert not {"outsider", "district_leader", "specialist"} & seeing
    assert visible(cast.leader, Filters(programme=str(programme.pk)), at).count() == 4  # one as co-worker
    assert visible(cast.health_leader, Filters(programme=str(programme.pk)), at).count() == 2


def test_each_figure_equals_the_list_that_it_opens(cast: Cast, programme: Programme) -> None:
    first = programme.tasks.get(number=1)
    finish(first, text="Đã ban hành kế hoạch", delay_reason="Chờ góp ý", actor=cast.leader, at=LATER)
    verify(first, actor=cast.office_head, at=LATER)
    part = pass_on(
        programme.tasks.get(number=2),
        to=cast.cntt,
        as_part=True,
        due=Due.on(dt.date(2014, 4, 1)),
        actor=cast.leader,
        at=AT,
    )
    assert part.programme == programme
    cancel(programme.tasks.get(number=3, parent=None), reason="Chuyển sang năm sau", actor=cast.office_head, at=LATER)
    for actor in (cast.office_head, cast.leader, cast.health_leader):
        for by in BY:
            rolled = board(actor, Filters(), by=by, at=LATER)
            for line in (*rolled.lines, rolled.sum):
                assert sum(figure.value for figure in line.figures) == line.total.value
                for figure in (line.total, *line.figures):
                    query = dict(re.findall(r"(\w+)=([^&]+)", figure.url))
                    assert visible(actor, Filters.of(query), LATER).count() == figure.value, figure.url
    line = board(cast.office_head, Filters(), by="programme", at=LATER).lines[0]
    values = {figure.kind: figure.value for figure in line.figures}
    assert (line.total.value, values["done_late"], values["cancelled"], values["not_started"]) == (4, 1, 1, 1)
    assert (line.light, line.percent) == ("soon", 33)


def test_the_roll_up_costs_one_query(cast: Cast, programme: Programme, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        board(cast.leader, Filters(), by="unit", at=LATER)


def test_a_programme_closes_when_its_dated_tasks_have_ended(cast: Cast, programme: Programme) -> None:
    with pytest.raises(Refusal, match="Còn 3 nhiệm vụ"):
        close_programme(programme, actor=cast.office_head, at=LATER)
    for task in programme.tasks.exclude(deadline_kind="ongoing"):
        cancel(task, reason="Thử", actor=cast.office_head, at=LATER)
    assert close_programme(programme, actor=cast.office_head, at=LATER).closed_at == LATER
    with pytest.raises(Forbidden):
        add_tasks(
            programme, [Item("Thêm", cast.stttt, Due.ongoing())], key=uuid.uuid4(), actor=cast.office_head, at=LATER
        )


def test_a_bad_table_names_each_fault_and_adds_nothing(cast: Cast) -> None:
    bad = "1\tViệc\tSở Không Có\t\t\t30/02/2014\n2\t\tSở Y tế\t\t\tQuý I\n"
    rows = tables.drafts(tables.read_pasted(bad), [cast.soyte], year=2014, on=dt.date(2014, 1, 10))
    assert rows[0].faults == [
        "Không có đơn vị chủ trì “Sở Không Có” trong phạm vi giao việc.",
        "Không hiểu thời hạn “30/02/2014”.",
    ]
    assert rows[1].faults == ["Thiếu nội dung nhiệm vụ."]
    past = tables.drafts(
        tables.read_pasted("1\tViệc\tSở Y tế\t\t\t31/12/2013\n"), [cast.soyte], year=2014, on=dt.date(2014, 1, 10)
    )
    assert past[0].faults == ["Thời hạn 31/12/2013 đã qua."]
    with pytest.raises(Refusal, match="hơn 500 dòng"):
        tables.read_pasted("việc\tđơn vị\n" * 600)
    with pytest.raises(Refusal, match="Không đọc được"):
        tables.read_xlsx(io.BytesIO(b"<html>not a workbook</html>"))


@pytest.mark.parametrize("said", ["UBND tỉnh Bình Thuận", "Uỷ ban nhân dân tỉnh  Bình Thuận", "ubnd. tỉnh Bình Thuận"])
def test_a_unit_is_known_by_its_usual_short_forms(cast: Cast, said: str) -> None:
    rows = tables.drafts(tables.read_pasted(f"1\tViệc\t{said}\t\t\tQuý II\n"), [cast.ubnd], year=2014, on=AT.date())
    assert rows[0].lead == cast.ubnd
    assert rows[0].faults == []


def test_a_workbook_is_read_like_a_pasted_table(cast: Cast) -> None:
    book = Workbook()
    for line in TABLE.strip().split("\n"):
        book.worksheets[0].append(line.split("\t"))
    book.worksheets[0].cell(row=2, column=6).value = dt.datetime(2014, 3, 31, tzinfo=None)  # noqa: DTZ001
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    rows = tables.drafts(tables.read_xlsx(out), [cast.stttt, cast.soyte], year=2014, on=dt.date(2014, 1, 10))
    assert [row.faults for row in rows] == [[], [], [], []]
    assert rows[0].due == Due.on(dt.date(2014, 3, 31))


def test_the_pages_look_first_and_add_once(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.office_head)
    made = client.post("/programmes/new/", {"title": "Nhiệm vụ 2014", "year": "2014", "source_text": "139/QĐ-UBND"})
    address = made["Location"]
    key = str(uuid.uuid4())
    seen = client.post(address, {"key": key, "pasted": TABLE}).content.decode()
    assert "4 nhiệm vụ, không có lỗi" in seen
    assert not Task.objects.exists()
    for _ in range(2):
        assert client.post(address, {"key": key, "pasted": TABLE, "confirm": "1"}).status_code == 302
    assert Task.objects.count() == 4
    page = client.get(address.replace("tasks/", "")).content.decode()
    assert "Xây dựng kế hoạch ứng dụng CNTT" in page
    assert client.get(address.replace("tasks/", "") + "?print").status_code == 200
    assert "Nhiệm vụ 2014" in client.get("/programmes/").content.decode()
    for by in BY:
        assert client.get(f"/programmes/board/?by={by}").status_code == 200
    assert client.post(address, {"key": key, "pasted": ""}).status_code == 422
    assert client.get("/tasks/by-person/").status_code == 200
    login(client, cast.specialist)
    assert client.get("/programmes/").status_code == 403
    login(client, cast.district_leader)
    assert client.get(address.replace("tasks/", "")).status_code == 404


def test_the_papers_are_made_from_the_data(cast: Cast, programme: Programme, client: Client, login: Login) -> None:
    login(client, cast.office_head)
    sheet = load_workbook(io.BytesIO(client.get(f"/programmes/{programme.pk}/table.xlsx").content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Quý II/2014" in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]
    paper = Document(io.BytesIO(client.get(f"/programmes/{programme.pk}/report.docx").content))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "chương trình có 4 nhiệm vụ" in words
    assert "Chưa thực hiện: 3 nhiệm vụ." in words


def test_a_decision_that_is_registered_here_becomes_the_source(
    cast: Cast, client: Client, login: Login, programme: Programme, at: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = programme.tasks.get(number=1)  # any subject that one may see
    login(client, cast.office_head)
    page = client.get(f"/programmes/new/?source=task:{task.pk}").content.decode()
    assert f'value="task:{task.pk}"' in page
    assert task.title in page
    client.post("/programmes/new/", {"title": "Từ văn bản", "year": "2014", "source": f"task:{task.pk}"})
    made = Programme.objects.get(title="Từ văn bản")
    assert made.source == task.subject
    admitted: set[int] = set()
    kind = threads.ThreadKind("task", lambda _, keys, __: admitted.update(keys), lambda _, __: None)
    monkeypatch.setattr(threads, "_kinds", {"task": kind})
    add_tasks(made, [Item("Việc", cast.district, Due.ongoing())], key=uuid.uuid4(), actor=cast.office_head, at=at)
    assert cast.district.audience in admitted
    client.post("/programmes/new/", {"title": "Không thấy", "year": "2014", "source": "task:999999"})
    assert Programme.objects.get(title="Không thấy").source is None


def test_a_programme_without_a_task_for_the_unit_says_so(
    cast: Cast, programme: Programme, client: Client, login: Login
) -> None:
    programme.tasks.get(number=4).readers.filter(audience=cast.health_leader.audience).delete()
    programme.tasks.get(number=1).readers.filter(audience=cast.health_leader.audience).delete()
    login(client, cast.health_leader)
    page = client.get(f"/programmes/{programme.pk}/").content.decode()
    assert "Không có nhiệm vụ nào giao cho đơn vị này" in page
    assert "Dán bảng" not in page
    login(client, cast.office_head)
    page = client.get(f"/programmes/{programme.pk}/").content.decode()
    assert "Đóng chương trình này?" in page


def test_the_closing_report_says_what_was_done_and_why_it_was_late(
    cast: Cast, programme: Programme, client: Client, login: Login, at: dt.datetime
) -> None:
    task = programme.tasks.get(number=1)
    with time_machine.travel(LATER):
        finish(task, text="Đã ban hành kế hoạch.", delay_reason="Chờ góp ý.", actor=cast.leader, at=LATER)
        verify(task, note="", actor=cast.office_head, at=LATER)
        login(client, cast.office_head)
        paper = Document(io.BytesIO(client.get(f"/programmes/{programme.pk}/report.docx").content))
    words = [paragraph.text for paragraph in paper.paragraphs]
    done = (
        "1. Xây dựng kế hoạch ứng dụng CNTT (Sở TT&TT; phối hợp: Sở Y tế; hạn: 31/03/2014; hoàn thành quá hạn)."
        " Kết quả: Đã ban hành kế hoạch. Lý do chậm: Chờ góp ý."
    )
    assert words[words.index("1. Nhiệm vụ đã hoàn thành") + 1] == done
    assert words[words.index("2. Nhiệm vụ quá hạn") + 1] == "Không có."
    assert "3. Quản lý trò chơi điện tử (Sở TT&TT; việc thường xuyên)." in words


def test_the_roll_up_says_amber_for_what_ended_late_and_names_each_figure_on_a_phone(
    cast: Cast, programme: Programme, client: Client, login: Login
) -> None:
    task = programme.tasks.get(number=1)
    with time_machine.travel(LATER):
        login(client, cast.office_head)
        assert "Có quá hạn" in client.get("/programmes/board/").content.decode()
        finish(task, text="Xong.", delay_reason="Chờ góp ý.", actor=cast.leader, at=LATER)
        verify(task, note="", actor=cast.office_head, at=LATER)
        page = client.get("/programmes/board/").content.decode()
    assert "Có việc xong trễ" in page
    assert "Có quá hạn" not in page
    assert '<span class="lt-phone-word">Xong trễ</span>' in page


def test_a_task_leads_to_its_programme_where_that_opens(
    cast: Cast, programme: Programme, client: Client, login: Login
) -> None:
    task = programme.tasks.get(number=1)
    link = f'<a href="/programmes/{programme.pk}/">{programme.title}</a>'
    login(client, cast.office_head)
    assert link in client.get(f"/tasks/{task.pk}/").content.decode()
    part = pass_on(task, to=cast.cntt, actor=cast.leader, at=AT)
    login(client, cast.division_head)
    page = client.get(f"/tasks/{part.pk}/").content.decode()
    assert programme.title in page
    assert (link in page) == cast.division_head.can("programmes.read")
