"""Whole documents are read whose issuers and layouts the rules were not written from: courts, banks, the Party …"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lienthong.documents.extraction import extract, score
from lienthong.documents.extraction.reading import FIELDS

with (Path(__file__).parent / "extraction_unseen.toml").open("rb") as _file:
    DOCUMENTS = tomllib.load(_file)["document"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.get("so_ky_hieu", "no number"))
def test_a_document_of_any_issuer_is_read(document: dict[str, str]) -> None:
    found = extract(document["text"]).values()
    expected = {name: score.normalised(document.get(name, "")) for name in FIELDS}
    assert {name: score.normalised(found[name] or "") for name in FIELDS} == expected


def _due(sentence: str) -> str | None:
    heading = "SỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/SYT-VP\nV/v thử\n"
    heading += "Bình Thuận, ngày 10 tháng 3 năm 2021\nKính gửi: Các đơn vị\n\n"
    return extract(f"{heading}{sentence}\n").values()["han_xu_ly"]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Đề nghị báo cáo chậm nhất lúc 11h30' ngày 28/3/2021.", "2021-03-28"),
        ("Đề nghị gửi về Sở vào ngày 20/3/2021.", "2021-03-20"),
        ("Đề nghị các đơn vị gửi danh sách về Sở đến ngày 20/3/2021.", "2021-03-20"),
        ("Thời gian nhận hồ sơ: từ ngày 12/3/2021 đến hết ngày 20/3/2021.", "2021-03-20"),
        ("Báo cáo không quá ngày 20/3/2021.", "2021-03-20"),
        ("Các hồ sơ tiếp nhận trước ngày 01/7/2021 được giải quyết theo quy định cũ.", None),
        ("Báo cáo định kỳ trước ngày 15 hằng tháng.", None),
        ("Hội nghị diễn ra từ ngày 01/5/2021 đến ngày 15/5/2021.", None),
    ],
)
def test_a_deadline_is_told_from_a_rule_and_from_a_period(sentence: str, due: str | None) -> None:
    assert _due(sentence) == due


def test_a_name_broken_before_a_word_that_opens_names_is_one() -> None:
    heading = "UBND TỈNH CÀ MAU\nSỞ TÀI NGUYÊN VÀ MÔI\nTRƯỜNG\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    found = extract(f"{heading}Độc lập - Tự do - Hạnh phúc\n\nSố: 3051/STNMT-MT\nCà Mau, ngày 05 tháng 5 năm 2014\n")
    assert found.values()["co_quan_ban_hanh"] == "Sở Tài nguyên và Môi trường tỉnh Cà Mau"
    assert found.values()["co_quan_chu_quan"] == "UBND tỉnh Cà Mau"


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("512/SCTQLTM", "512/SCT-QLTM"),
        ("139/QĐUBND", "139/QĐ-UBND"),
        ("88/UBNDVX", "88/UBND-VX"),
        ("33/2024/QH15", "33/2024/QH15"),
        ("12/STTTT", "12/STTTT"),
    ],
)
def test_a_hyphen_that_the_scan_lost_is_put_back_where_the_letters_are_known(printed: str, symbol: str) -> None:
    heading = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    found = extract(f"{heading}Số: {printed}\nBình Thuận, ngày 05 tháng 5 năm 2014\nKính gửi: Các đơn vị\n")
    assert found.values()["so_ky_hieu"] == symbol
