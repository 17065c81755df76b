"""Each file of ``data/stationery``: it opens, its fields are right, and filled with its examples it makes a paper."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from lienthong.formatting import setting
from lienthong.formatting.blocks import blocks
from lienthong.formatting.checking import check
from lienthong.formatting.official import Official
from lienthong.formatting.reading.measure_docx import measure_docx
from lienthong.formatting.reading.measure_pdf import measure_pdf
from lienthong.stationery import checking, papers, skeletons, word_files
from lienthong.stationery.filling import context_of
from lienthong.stationery.heads import HeadLines
from lienthong.stationery.placeholders import read
from lienthong.stationery.words import Field, samples

FILES = skeletons.files()
DECREE_30 = [
    "nghi-quyet", "quyet-dinh", "chi-thi", "quy-che", "quy-dinh", "thong-cao", "thong-bao", "huong-dan", "chuong-trinh",
    "ke-hoach", "phuong-an", "de-an", "du-an", "bao-cao", "bien-ban", "to-trinh", "hop-dong", "cong-van", "cong-dien",
    "ban-ghi-nho", "ban-thoa-thuan", "giay-uy-quyen", "giay-moi", "giay-gioi-thieu", "giay-nghi-phep", "phieu-gui",
    "phieu-chuyen", "phieu-bao", "thu-cong",
]  # fmt: skip
HEAD = HeadLines("UBND TỈNH BÌNH THUẬN", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Bình Thuận")
LAST_AND_FIRST = [dt.date(2020, 3, 4), dt.date(2020, 3, 5)]
"""The last day of the circular and the first of the decree."""
MOMENT = dt.datetime(2014, 3, 10, 3, tzinfo=dt.UTC)

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def types() -> dict[str, dict[str, Any]]:
    """The types of the catalogue by code."""
    listed = tomllib.loads((settings.BASE_DIR / "data" / "document_types.toml").read_text(encoding="utf-8"))["types"]
    return {entry["code"]: entry for entry in listed}


def paper_of(skeleton: dict[str, Any]) -> Official:
    """The paper of a skeleton with its examples."""
    kind = types()[skeleton["type"]]
    return papers.sample(
        skeleton["content"],
        code=skeleton["type"],
        type_name=kind["name"],
        abbreviation=kind["abbreviation"],
        head=HEAD,
        values={},
        year=2014,
    )


def test_each_of_the_29_types_has_a_skeleton() -> None:
    assert len(DECREE_30) == 29
    assert {path.stem for path in FILES} >= set(DECREE_30)


@each_file
def test_it_is_complete_and_without_fault(path: Path) -> None:
    skeleton = skeletons.read(path)
    assert skeleton["type"] in types()
    assert checking.faults_of(skeleton["content"]) == ()
    assert skeleton["content"]["guidance"]
    assert skeleton["content"]["signing_hint"]
    fields = [Field(**entry) for entry in skeleton["content"]["fields"]]
    assert all(field.sample for field in fields)
    texts = (skeleton["content"][part] for part in checking.PARTS)
    used = {
        name
        for text in texts
        for name in read(text, part="", known=checking.known(fields), lists=checking.lists(fields)).used
    }
    assert {field.name for field in fields} <= used


@each_file
def test_filled_with_its_examples_it_makes_pages(path: Path) -> None:
    paper = paper_of(skeletons.read(path))
    assert not any(mark in paper.body + paper.abstract for mark in ("{{", "{%", "〈"))
    assert blocks(paper.body)
    pdf = setting.set_pages(paper, created=MOMENT)
    assert 1 <= setting.page_count(pdf) <= 4
    assert pdf == setting.set_pages(paper, created=MOMENT)


@pytest.mark.parametrize("on", [dt.date(2014, 3, 10), dt.date(2026, 3, 10)], ids=["circular-2011", "decree-2020"])
@each_file
def test_its_paper_has_no_error_of_form(path: Path, on: dt.date) -> None:
    skeleton = skeletons.read(path)
    paper = paper_of(skeleton)
    issued = replace(paper, symbol=paper.symbol.replace(papers.DRAFT_SYMBOL, "139/"), date=on)
    measured = measure_pdf(setting.set_pages(issued, created=dt.datetime(on.year, on.month, on.day, 3, tzinfo=dt.UTC)))
    assert check(measured, on=on, type_code=skeleton["type"]) == ()


@limits(max_examples=60, deadline=None)
@given(
    path=st.sampled_from(FILES),
    on=st.dates(dt.date(2011, 3, 5), dt.date(2027, 12, 31)) | st.sampled_from(LAST_AND_FIRST),
    number=st.integers(1, 9999),
    is_draft=st.booleans(),
)
def test_whatever_the_day_its_paper_has_no_fault_under_the_law_of_that_day(
    path: Path, on: dt.date, number: int, *, is_draft: bool
) -> None:
    skeleton = skeletons.read(path)
    paper = paper_of(skeleton)
    created = dt.datetime(on.year, on.month, on.day, 3, tzinfo=dt.UTC)
    if not is_draft:
        paper = replace(paper, symbol=paper.symbol.replace(papers.DRAFT_SYMBOL, f"{number:02}/"), date=on)
    for measured in (
        measure_docx(io.BytesIO(setting.as_docx(paper, created=created))),
        measure_pdf(setting.set_pages(paper, created=created)),
    ):
        assert check(measured, on=on, type_code=skeleton["type"]) == ()


@each_file
def test_its_word_form_goes_out_with_tags_and_comes_back_filled(path: Path) -> None:
    skeleton = skeletons.read(path)
    content = skeleton["content"]
    kind = types()[skeleton["type"]]
    tagged = papers.tagged(content, heading=papers.heading(skeleton["type"], kind["name"]))
    data = word_files.with_tags(setting.as_docx(tagged))
    fields = {entry["name"]: Field(**entry) for entry in content["fields"]}
    assert word_files.faults_in(data, fields.values()) == ()
    values = samples(fields)
    filled = docx.Document(io.BytesIO(word_files.render(data, context_of(values, fields))))
    text = "\n".join(element.text or "" for element in filled.element.body.iter() if element.tag.endswith("}t"))
    assert "{" not in text
    assert "Nguyễn Hoàng Minh" in text
