"""The list of incoming documents goes home as a spreadsheet, and its filters are kept under a name."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lienthong.documents.tests.builders import AT, make_book, make_document
from lienthong.documents.views import exports
from tests.cast import Cast, Login


@pytest.fixture(autouse=True)
def _that_monday() -> object:
    with time_machine.travel(AT, tick=False):
        yield


def rows_of(client: Client, query: str) -> list[tuple[object, ...]]:
    answer = client.get(f"{reverse('documents:incoming')}?{query}")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]  # type: ignore[union-attr]  # one sheet


@pytest.fixture
def three(cast: Cast) -> None:
    book = make_book(cast)
    for number, title in ((1, "Về việc thứ nhất"), (2, "=HYPERLINK(1)"), (3, "Về việc thứ ba")):
        make_document(
            book, cast.clerk, symbol=f"{number}/QĐ-UBND", abstract=title, at=AT + dt.timedelta(minutes=number - 10)
        )


@pytest.mark.usefixtures("three")
def test_the_spreadsheet_holds_what_the_filter_shows(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.clerk)
    rows = rows_of(client, "format=xlsx&state=registered")
    assert rows[0][0] == "Văn bản đến: Mới vào sổ"
    assert rows[2] == exports.COLUMNS
    assert [row[2] for row in rows[3:]] == ["3/QĐ-UBND", "2/QĐ-UBND", "1/QĐ-UBND"]
    assert rows[4][5] == "'=HYPERLINK(1)"
    assert len(rows_of(client, "format=xlsx&state=settled")) == 3


@pytest.mark.usefixtures("three")
def test_nobody_takes_home_what_they_may_not_read(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.outsider)
    assert len(rows_of(client, "format=xlsx")) == 3


@pytest.mark.usefixtures("three")
def test_a_long_list_is_cut_where_its_head_says(
    cast: Cast, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "BATCH", 1)
    monkeypatch.setattr(exports, "MOST_EXPORTED", 2)
    login(client, cast.clerk)
    rows = rows_of(client, "format=xlsx")
    assert "tối đa 2 văn bản" in str(rows[1][0])
    assert [row[2] for row in rows[3:]] == ["3/QĐ-UBND", "2/QĐ-UBND"]


def test_a_filter_of_the_list_is_kept_under_a_name(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.clerk)
    listing = reverse("documents:incoming")
    kept = {"work_list": "incoming", "query": "urgent=1&state=registered", "name": "Khẩn chưa chuyển"}
    client.post(reverse("ui:saved_filters"), kept)
    page = client.get(f"{listing}?urgent=1&state=registered").content.decode()
    assert "Khẩn chưa chuyển" in page
    assert "Lưu bộ lọc này" not in page
