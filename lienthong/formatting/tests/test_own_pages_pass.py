"""What the system sets itself, as PDF and as DOCX, has nothing that its own check of form would find."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest

from lienthong.formatting.checking import check
from lienthong.formatting.reading.measure_docx import measure_docx
from lienthong.formatting.reading.measure_pdf import measure_pdf
from lienthong.formatting.setting import as_docx, set_pages
from lienthong.formatting.tests.papers import ALL, CREATED

DAYS = [dt.date(2014, 1, 22), dt.date(2020, 3, 5)]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ALL)
def test_own_pages_pass_the_check_of_their_day(name: str, day: dt.date) -> None:
    official = replace(ALL[name], date=day if ALL[name].date else None)
    created = CREATED.replace(year=day.year)
    assert not check(measure_pdf(set_pages(official, created=created)), on=day)
    assert not check(measure_docx(io.BytesIO(as_docx(official, created=created))), on=day)
