"""The monthly report: in, out, on time, late, by unit; on screen, as XLSX, as the beginning of a draft."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.models import Book, IncomingDocument
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.formatting.blocks import blocks
from lienthong.kernel.clock import at_local
from lienthong.outgoing.tests.builders import issued_document, open_books
from lienthong.reports.operations import draft_of_processing, draft_of_programme
from lienthong.reports.queries.processing import Counts, Processing, processing_of
from lienthong.tasks.due import Due
from lienthong.tasks.models import Programme, Task
from lienthong.tasks.operations import Item, add_tasks, create_programme, finish, verify
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db
MARCH = {"since": dt.date(2014, 3, 1), "until": dt.date(2014, 3, 31)}
APRIL = {"since": dt.date(2014, 4, 1), "until": dt.date(2014, 4, 30)}
END = at_local(dt.date(2014, 5, 5), dt.time(9, 0))


def give(cast: Cast, book: Book, number: int, due: dt.date) -> Task:
    document: IncomingDocument = make_document(book, cast.clerk, symbol=f"{number}/UBND-VX")
    item = Item(title=f"Việc {number}", lead_unit=cast.cntt, lead_post=cast.specialist.post, due=Due.on(due))
    (task,) = instruct(document, text="Tham mưu", items=[item], key=uuid.uuid4(), actor=cast.leader, at=AT)
    return task


def do(cast: Cast, task: Task, at: dt.datetime, *, reason: str = "") -> None:
    finish(task, text="Xong", delay_reason=reason, actor=cast.specialist, at=at)
    verify(Task.objects.get(pk=task.pk), actor=cast.leader, at=at)


@pytest.fixture
def work(cast: Cast) -> None:
    """Four tasks of March: one on time, one late, one overdue at its end, one due in April; and one issued report."""
    open_books(cast)
    book = make_book(cast)
    on_time, late, _, later = (
        give(cast, book, number, due)
        for number, due in enumerate(
            (dt.date(2014, 3, 20), dt.date(2014, 3, 12), dt.date(2014, 3, 25), dt.date(2014, 4, 25)), start=1
        )
    )
    do(cast, on_time, AT + dt.timedelta(days=3))
    do(cast, late, AT + dt.timedelta(days=7), reason="Thiếu số liệu")
    do(cast, later, at_local(dt.date(2014, 4, 15), dt.time(9, 0)))
    issued_document(cast)


def march(cast: Cast) -> Processing:
    return processing_of(cast.stttt, since=MARCH["since"], until=MARCH["until"], at=END)


@pytest.mark.usefixtures("work")
def test_each_unit_has_its_figures_and_they_add_up(cast: Cast) -> None:
    report = march(cast)
    (line,) = report.lines
    assert line.unit == cast.cntt
    assert line.counts == Counts(carried=0, assigned=4, on_time=1, late=1, in_time=1, overdue=1, written=1)
    assert line.counts.had == 1 + 1 + 1 + 1
    assert (report.arrived, report.returned, report.issued, report.internal) == (4, 0, 1, 0)
    assert report.sum.on_time_share == 50


@pytest.mark.usefixtures("work")
def test_what_was_open_is_carried_over_to_the_next_month(cast: Cast) -> None:
    report = processing_of(cast.stttt, since=APRIL["since"], until=APRIL["until"], at=END)
    assert report.sum == Counts(carried=2, assigned=0, on_time=1, late=0, in_time=0, overdue=1, written=0)


@pytest.mark.usefixtures("work")
def test_it_takes_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(5):
        march(cast)


@pytest.mark.usefixtures("work")
def test_a_draft_begins_with_the_figures_and_a_table(cast: Cast) -> None:
    draft = draft_of_processing(march(cast), actor=cast.clerk, at=END)
    body = draft.versions.get().body
    assert "đúng hạn 1, trễ hạn 1, đạt 50% đúng hạn" in body
    (table,) = [block for block in blocks(body) if type(block).__name__ == "Table"]
    assert len(table.rows) == 3  # type: ignore[union-attr]  # the head, the unit and the sum


def test_a_programme_becomes_a_draft_of_its_roll_up(cast: Cast) -> None:
    programme: Programme = create_programme(
        title="Chương trình 119", year=2014, source_text="Quyết định 119/QĐ-UBND", actor=cast.province_leader, at=AT
    )
    items = [Item(title="Hoàn thành | hệ thống *một cửa*", lead_unit=cast.stttt, due=Due.on(dt.date(2014, 6, 30)))]
    add_tasks(programme, items, key=uuid.uuid4(), actor=cast.province_leader, at=AT)
    draft = draft_of_programme(programme, actor=cast.province_leader, at=AT)
    body = draft.versions.get().body
    (table,) = [block for block in blocks(body) if type(block).__name__ == "Table"]
    assert "Hoàn thành | hệ thống *một cửa*" in str(table)
    assert "theo Quyết định 119/QĐ-UBND" in body


@pytest.mark.usefixtures("work")
def test_the_page_shows_exports_and_prints_it(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.leader)
    address = reverse("reports:processing")
    period = {"since": "01/03/2014", "until": "31/03/2014"}
    page = client.get(address, period)
    assert page.status_code == 200
    assert "Phòng Công nghệ thông tin" in page.content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address, {**period, "format": "xlsx"}).content)).active
    assert sheet is not None
    assert any("Cộng" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert client.get(address, {**period, "format": "print"}).status_code == 200


@pytest.mark.parametrize(
    "period", [{"since": "30/02/2014"}, {"since": "01/03/2014", "until": "01/02/2014"}, {"since": "01/01/2010"}]
)
def test_a_period_that_is_none_is_said_beside_the_field(
    cast: Cast, client: Client, login: Login, period: dict[str, str]
) -> None:
    login(client, cast.leader)
    page = client.get(reverse("reports:processing"), {"until": "31/12/2014"} | period)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_who_holds_no_right_sees_no_report(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.outsider)
    assert client.get(reverse("reports:processing")).status_code == 403


@pytest.mark.usefixtures("work")
def test_each_figure_keeps_its_word_on_a_phone_and_the_print_says_it_once(
    cast: Cast, client: Client, login: Login
) -> None:
    login(client, cast.leader)
    address = reverse("reports:processing") + "?since=01/03/2014&until=31/03/2014"
    assert '<span class="lt-phone-word">Được giao trong kỳ</span>' in client.get(address).content.decode()
    assert "lt-phone-word" not in client.get(f"{address}&format=print").content.decode()
