"""``bin/manage extract``: JSON for files, figures for a folder with an index."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import docx
import docx.document
import pytest
from django.core.management import CommandError, call_command

from lienthong.documents.extraction import reading, score
from lienthong.documents.tests.extraction_corpus import LETTERS, MOTTO, Letter, render

FIELDS = ["file", *reading.FIELDS]


def run(*args: object, **options: object) -> str:
    out = StringIO()
    call_command("extract", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_files_become_a_json_list_with_null_where_nothing_was_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(render(LETTERS[0], "columns"), encoding="utf-8")
    (tmp_path / "b.txt").write_text("Không có gì ở đây.", encoding="utf-8")
    first, second = json.loads(run(tmp_path / "a.txt", tmp_path / "b.txt", json=True))
    assert list(first) == list(second) == FIELDS
    assert first["file"] == "a.txt"
    assert first["so_ky_hieu"] == LETTERS[0].symbol
    assert first["ngay_ban_hanh"] == LETTERS[0].date
    assert second == {"file": "b.txt", **dict.fromkeys(reading.FIELDS)}


def test_a_word_file_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    for line in render(LETTERS[3], "stacked").split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "c.docx"))
    [found] = json.loads(run(tmp_path / "c.docx", json=True))
    assert found["so_ky_hieu"] == LETTERS[3].symbol
    assert found["nguoi_ky"] == LETTERS[3].signer


def test_an_index_is_scored(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(render(LETTERS[0], "columns"), encoding="utf-8")
    (tmp_path / "index.csv").write_text(
        "file,so_ky_hieu,co_quan_ban_hanh,so_in_text\n" + f"a.txt,{LETTERS[0].symbol},Sở Khác,1\n", encoding="utf-8"
    )
    out = run(score=tmp_path / "index.csv", misses=True)
    lines = [line.split() for line in out.splitlines()]
    assert ["so_ky_hieu", "in", "text", "1", "1.000", "1.000", "1.000"] in lines
    assert ["co_quan_ban_hanh", "all", "1", "0.000", "0.000", "0.000"] in lines
    assert "expected: Sở Khác" in out


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"khong-co\.txt"):
        run(tmp_path / "khong-co.txt", json=True)
    with pytest.raises(CommandError, match="ít nhất một tệp"):
        run()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("V/v  báo cáo.", "về việc báo cáo"), ("Ủy ban nhân dân tỉnh Hoà Bình", "UBND tỉnh Hòa Bình"),
        ("KT. GIÁM ĐỐC; PHÓ GIÁM ĐỐC", "KT.Giám đốc;Phó Giám đốc"), ("A – B", "A-B"),
    ],
)  # fmt: skip
def test_the_normalised_comparison_looks_past_form(one: str, other: str) -> None:
    assert score.normalised(one) == score.normalised(other)
    assert score.strict(one) != score.strict(other)


def test_counts_tell_wrong_from_missing_and_needless() -> None:
    rows = [{"file": "a", "so_ky_hieu": "1/A"}, {"file": "b", "so_ky_hieu": "2/B"}, {"file": "c", "so_ky_hieu": ""}]
    found: dict[str, dict[str, str | None]] = {
        "a": {"so_ky_hieu": "1/A"},
        "b": {"so_ky_hieu": None},
        "c": {"so_ky_hieu": "9/C"},
    }
    counts = score.tally(rows, found)["so_ky_hieu", ""]
    assert (counts.right, counts.missing, counts.needless, counts.wrong) == (1, 1, 1, 0)
    assert (counts.precision(), counts.recall(), counts.f1()) == (0.5, 0.5, 0.5)


def _set_as_offices_do(letter: Letter) -> docx.document.Document:
    """Return a letter as offices write it: the heading and the signature in tables without rules, two columns each."""
    document = docx.Document()
    is_letter = letter.kind == "Công văn"
    year, month, day = letter.date.split("-")
    number, place = f"Số: {letter.symbol}", f"{letter.place}, ngày {day} tháng {month} năm {year}"
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "\n".join([*letter.printed, "-------"])
    head.cell(0, 1).text = "\n".join([*MOTTO, "---------------"])
    head.cell(1, 0).text = f"{number}\n{letter.abstract}" if is_letter else number
    head.cell(1, 1).text = f"{place}\n\n{letter.urgency}"
    if not is_letter:
        document.add_paragraph(letter.kind.upper())
        document.add_paragraph(letter.abstract)
    for line in letter.body.strip().split("\n"):
        document.add_paragraph(line)
    foot = document.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    for line in ["", *letter.block, "", "", letter.signer]:
        foot.cell(0, 1).add_paragraph(line)
    return document


def test_word_files_with_their_heading_in_tables_are_read(tmp_path: Path) -> None:
    names = ("so_ky_hieu", "ngay_ban_hanh", "trich_yeu", "nguoi_ky", "chuc_vu", "co_quan_ban_hanh", "loai_van_ban")
    wrong: list[tuple[str, str, str | None]] = []
    for letter in LETTERS:
        _set_as_offices_do(letter).save(str(tmp_path / "c.docx"))
        [found] = json.loads(run(tmp_path / "c.docx", json=True))
        values = (letter.symbol, letter.date, letter.abstract, letter.signer, letter.posts, letter.issuer, letter.kind)
        for name, value in zip(names, values, strict=True):
            if score.normalised(found[name] or "") != score.normalised(value):
                wrong.append((letter.symbol, value, found[name]))
    assert wrong == []
