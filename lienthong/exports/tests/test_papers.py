"""Long tables as paper and as sheets: whole, in order, numbered, and harmless."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pypdfium2
import pytest
from pypdf import PdfReader

from lienthong.exports import papers
from lienthong.exports.tables import Table, write

EVIL = ("=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\tx")


def table(rows: Sequence[Sequence[Any]]) -> Table:
    return Table(
        title="Sổ thử",
        name="Sổ thử",
        owner="Sở Thông tin và Truyền thông",
        lines=("Sổ văn bản đến", "Từ ngày 01/01/2014 đến ngày 31/12/2014"),
        columns=("Số đến", "Trích yếu"),
        widths=(10, 60),
        total=len(rows),
        rows=lambda: iter(rows),
    )


def written(rows: Sequence[Sequence[Any]], ending: str) -> bytes:
    stream = io.BytesIO()
    write(table(rows), ending, stream, lambda _done: None)
    return stream.getvalue()


def words(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [" ".join(document[number].get_textpage().get_text_range().split()) for number in range(len(document))]


@pytest.fixture
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "PART", 40)


@pytest.mark.usefixtures("_small_parts")
def test_a_long_table_is_set_in_parts_with_every_row_once_and_its_pages_numbered_through() -> None:
    pages = words(written([(number, f"Công văn về việc thứ {number}.") for number in range(1, 101)], "pdf"))
    assert [page.rpartition(" ")[2] for page in pages] == [f"{n}/{len(pages)}" for n in range(1, len(pages) + 1)]
    text = " ".join(pages)
    places = [text.index(f"Công văn về việc thứ {number}.") for number in range(1, 101)]
    assert places == sorted(places)
    assert "SỔ THỬ" in pages[0]
    assert "SỔ THỬ" not in pages[-1]
    assert all("Số đến" in page and "(2)" in page for page in pages)


@pytest.mark.usefixtures("_small_parts")
def test_what_is_joined_still_declares_pdf_a_and_carries_what_it_asks() -> None:
    reader = PdfReader(io.BytesIO(written([(number, "Dòng") for number in range(100)], "pdf")))
    root: Any = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    intent: Any = root["/OutputIntents"][0]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object().get_data()
    assert "/ID" in reader.trailer
    told = reader.metadata
    assert told is not None
    assert told.producer is None or str(told.producer) in metadata
    for page in reader.pages:
        resources: Any = page["/Resources"]
        forms = [form.get_object()["/Resources"] for form in resources["/XObject"].values()]
        for each in [resources, *forms]:
            for font in each.get("/Font", {}).values():
                described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
                assert any(key in described for key in ("/FontFile2", "/FontFile3"))


def test_an_empty_table_is_a_page_with_its_head() -> None:
    (page,) = words(written([], "pdf"))
    assert "Trích yếu" in page
    assert page.endswith("1/1")


def test_what_people_typed_never_runs_as_markup_or_as_a_formula() -> None:
    typed = ["#panic()", "$x^2$", "*a* _b_", r"\#let", "</text>", *EVIL]
    rows = [(number, text) for number, text in enumerate(typed)]
    (page,) = words(written(rows, "pdf"))
    assert "#panic()" in page
    assert "*a* _b_" in page
    sheet: Any = openpyxl.load_workbook(io.BytesIO(written(rows, "xlsx"))).active
    cells = [row[1] for row in sheet.iter_rows(min_row=6)]
    assert [cell.data_type for cell in cells] == ["s"] * len(typed)
    assert [cell.value for cell in cells][-len(EVIL) :] == [f"'{text}" for text in EVIL]
    lines = list(csv.reader(io.StringIO(written(rows, "csv").decode("utf-8-sig"))))
    assert [line[1] for line in lines[-len(EVIL) :]] == [f"'{text}" for text in EVIL]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_progress_may_stop_the_writing(ending: str) -> None:
    class EnoughError(Exception):
        pass

    def stop(_done: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        write(table([(1, "a"), (2, "b")]), ending, io.BytesIO(), stop)
