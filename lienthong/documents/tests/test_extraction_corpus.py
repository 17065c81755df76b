"""The fields are read from invented letters of every level, in every layout, clean and soiled, and from the samples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lienthong.documents.extraction import extract, score
from lienthong.documents.extraction.score import Tally
from lienthong.documents.tests.extraction_corpus import LAYOUTS, LETTERS, Letter, render, soil
from lienthong.kernel.vietnamese import fold

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "documents" / "index.csv"
URGENCIES = {"KHẨN": "Khẩn", "HỎA TỐC": "Hỏa tốc", "": ""}


def _row(letter: Letter, file: str) -> dict[str, str]:
    return {
        "file": file,
        "so_ky_hieu": letter.symbol,
        "co_quan_ban_hanh": letter.issuer,
        "co_quan_chu_quan": letter.superior,
        "ngay_ban_hanh": letter.date,
        "loai_van_ban": letter.kind,
        "trich_yeu": letter.abstract,
        "nguoi_ky": letter.signer,
        "chuc_vu": letter.posts,
        "do_khan": URGENCIES[letter.urgency],
        "han_xu_ly": letter.due,
    }


def _flags(letter: Letter, text: str) -> dict[str, str]:
    """Tell for the flagged fields whether their value still stands in a soiled text, marks aside."""
    plain = " ".join(fold(text).split())
    day = int(letter.date[8:])
    return {
        "so_in_text": str(int(fold(letter.symbol) in plain.replace(" /", "/"))),
        "ngay_in_text": str(int(f"ngay {day:02} thang" in plain and f"nam {letter.date[:4]}" in plain)),
        "nguoi_ky_in_text": str(int(fold(letter.signer) in plain)),
        "trich_yeu_in_text": str(int(fold(letter.abstract) in plain)),
    }


def _measure(share: float, form: Callable[[str], str] = score.normalised) -> dict[tuple[str, str], Tally]:
    rows: list[dict[str, str]] = []
    found: dict[str, dict[str, str | None]] = {}
    for number, letter in enumerate(LETTERS):
        for place, layout in enumerate(LAYOUTS):
            for capitals in (False, True):
                file = f"{number} {layout} {capitals}"
                text = render(letter, layout, capitals=capitals)
                soiled = soil(text, number * 100 + place * 10 + capitals, share) if share else text
                rows.append(_row(letter, file) | (_flags(letter, soiled) if share else {}))
                found[file] = extract(soiled).values()
    return score.tally(rows, found, form)


def test_the_corpus_is_varied_enough() -> None:
    assert len(LETTERS) >= 40
    assert len({letter.kind for letter in LETTERS}) >= 14
    assert len({letter.issuer for letter in LETTERS}) >= 38


def test_every_field_of_clean_letters_is_read_in_every_layout() -> None:
    for (name, _), counts in _measure(0).items():
        assert counts.f1() >= 0.99, (name, counts.misses[:3])


@pytest.mark.parametrize(("share", "least"), [(0.08, 0.95), (0.2, 0.9)])
def test_soiled_letters_are_read_where_the_value_still_stands_in_the_text(share: float, least: float) -> None:
    for (name, flag), counts in _measure(share, lambda value: fold(score.normalised(value))).items():
        if flag != "0":
            assert counts.f1() >= least, (name, counts.misses[:3])


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the project")
def test_the_samples_are_read() -> None:
    rows = score.read_index(SAMPLES)
    found = {row["file"]: extract((SAMPLES.parent / row["file"]).read_text(encoding="utf-8")).values() for row in rows}
    tallies = score.tally(rows, found)
    for name in ("so_ky_hieu", "ngay_ban_hanh", "loai_van_ban", "co_quan_ban_hanh", "co_quan_chu_quan", "han_xu_ly"):
        counts = tallies[name, "1" if name in score.FLAGS else ""]
        assert counts.f1() >= 0.95, (name, counts.misses)
    for name in ("trich_yeu", "nguoi_ky"):
        assert tallies[name, "1"].f1() >= 0.85, (name, tallies[name, "1"].misses)
