"""The real procedures of the product: read without fault, walked to each end, charged and limited as sources say."""

from __future__ import annotations

import datetime as dt
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from lienthong.procedures.definition import Definition
from lienthong.procedures.models import ProcedureVersion, Sector
from lienthong.procedures.operations import load_procedures, load_sectors
from lienthong.procedures.reading import read
from lienthong.workflow.flow import ENDS
from lienthong.workflow.walks import walks

FOLDER = Path(settings.BASE_DIR) / "data" / "procedures"
FILES = sorted(FOLDER.glob("*.toml"))
CITIZEN = {"channel": "counter", "subject": "citizen", "case_kind": ""}
ONLINE = {**CITIZEN, "channel": "online"}


@cache
def definition(name: str) -> Definition:
    """Return what a file says."""
    return read((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def test_there_are_enough_of_them_in_every_field() -> None:
    found = [definition(path.stem) for path in FILES]
    assert len({one.code for one in found if one.valid_from >= dt.date(2025, 7, 1)}) >= 26
    assert {"ho-tich", "chung-thuc", "dat-dai", "xay-dung", "ho-kinh-doanh", "dau-tu", "phat-thanh"} <= {
        one.sector for one in found
    }
    assert {"1.013792", "1.013794"} <= {one.code for one in found}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    one = definition(path.stem)
    assert path.stem.split("-")[0] == one.code
    assert one.keywords
    assert one.summary
    assert one.legal_basis
    assert one.results
    sectors = tomllib.loads((settings.BASE_DIR / "data" / "sectors.toml").read_text(encoding="utf-8"))["sectors"]
    assert one.sector in {row["key"] for row in sectors}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_walks_to_each_end(path: Path) -> None:
    one = definition(path.stem)
    ends = {move.to for step in one.flow.steps.values() for move in step.moves if move.to in ENDS}
    found = walks(one.flow)
    reached = {walk[-1][1].to for walk in found.values()}
    assert set(found) == reached
    assert ends <= reached


LIMITS: list[tuple[str, dict[str, Any], dict[str, str], str]] = [
    ("1.001193", {}, CITIZEN, "trong ngày"),
    ("1.004837", {}, CITIZEN, "3 ngày làm việc"),
    ("1.004859", {"viec": "bo_sung"}, CITIZEN, "trong ngày"),
    ("1.004859", {"viec": "thay_doi", "can_xac_minh": True}, CITIZEN, "6 ngày làm việc"),
    ("2.000986", {}, CITIZEN, "20 ngày làm việc"),
    ("1.013225", {}, CITIZEN, "15 ngày"),
    ("1.013225", {}, ONLINE, "20 ngày"),
    ("1.013227", {}, ONLINE, "5 ngày làm việc"),
    ("1.013239", {"nhom": "a"}, CITIZEN, "35 ngày"),
    ("1.014159", {}, CITIZEN, "10 ngày"),
    ("1.013831", {}, CITIZEN, "18 ngày làm việc"),
    ("1.013831", {}, {**CITIZEN, "channel": "post"}, "4 ngày làm việc"),
    ("1.012786", {}, CITIZEN, "20 ngày làm việc"),
    ("1.012786", {}, ONLINE, "10 ngày làm việc"),
    ("1.013823", {}, CITIZEN, "25 ngày"),
    ("1.009645", {}, ONLINE, "17 ngày làm việc"),
    ("1.009646", {"truong_hop": "8"}, CITIZEN, "12 ngày làm việc"),
    ("1.009642", {}, CITIZEN, "17 ngày làm việc"),
    ("1.009661", {}, CITIZEN, "3 ngày làm việc"),
    ("1.009665", {}, CITIZEN, "3 ngày làm việc"),
    ("1.009729", {}, CITIZEN, "10 ngày"),
    ("1.115147", {}, CITIZEN, "30 ngày"),
    ("1.012812", {"vung_xa": True}, CITIZEN, "40 ngày"),
    ("1.003504", {"phuc_tap": True}, CITIZEN, "45 ngày"),
    ("1.001193-2012", {"can_xac_minh": True}, CITIZEN, "5 ngày làm việc"),
]


@pytest.mark.parametrize(("name", "values", "facts", "limit"), LIMITS)
def test_limits_are_those_of_the_source(name: str, values: dict[str, Any], facts: dict[str, str], limit: str) -> None:
    assert str(definition(name).limit_for(facts["channel"], values, facts).limit) == limit


FEES: list[tuple[str, dict[str, Any], dict[str, str], int]] = [
    ("1.001193", {"so_ban_sao": 3}, CITIZEN, 24_000),
    ("1.001193", {}, CITIZEN, 0),
    ("2.000635", {"so_ban": 2}, CITIZEN, 16_000),
    ("2.001035", {"viec": "chuyen_nhuong"}, CITIZEN, 50_000),
    ("2.001035", {"viec": "the_chap", "vay_nong_nghiep": True}, CITIZEN, 0),
    ("1.001612", {}, CITIZEN, 50_000),
    ("1.001612", {}, ONLINE, 150_000),
    ("1.001266", {}, CITIZEN, 0),
    ("1.001570", {}, CITIZEN, 0),
    ("1.009647", {}, CITIZEN, 0),
    ("2.000815-2012", {"so_trang": 5, "so_ban": 3}, CITIZEN, 21_000),
    ("2.000815-2012", {"so_trang": 400, "so_ban": 1}, CITIZEN, 100_000),
    ("1.013225-2012", {"loai": "cong_trinh"}, CITIZEN, 100_000),
]


@pytest.mark.parametrize(("name", "values", "facts", "amount"), FEES)
def test_fees_are_those_of_the_source(name: str, values: dict[str, Any], facts: dict[str, str], amount: int) -> None:
    assert sum(fee.amount for fee in definition(name).fees_for(values, facts)) == amount


def test_papers_follow_what_was_said() -> None:
    def keys(values: dict[str, Any]) -> set[str]:
        return {one.key for one in definition("1.001193").papers_for(values, CITIZEN) if one.required}

    assert keys({"giay_chung_sinh": "co"}) == {"to_khai", "chung_sinh"}
    assert keys({"giay_chung_sinh": "bo_roi", "uy_quyen": True}) == {"to_khai", "bo_roi", "uy_quyen"}


@pytest.mark.django_db
def test_they_load_twice_and_one_version_holds_a_day(at: dt.datetime) -> None:
    load_procedures(at=at)
    before = ProcedureVersion.objects.count()
    load_procedures(at=at)
    assert ProcedureVersion.objects.count() == before == len(FILES)
    for day, level in ((dt.date(2014, 3, 10), "district"), (dt.date(2025, 7, 1), "commune")):
        row = ProcedureVersion.objects.in_force(day).get(procedure__code="1.001612")
        assert row.definition.competence.level == level


@pytest.mark.django_db
def test_a_code_of_a_sector_that_was_filled_in_here_outlives_a_file_that_does_not_know_it() -> None:
    load_sectors()
    Sector.objects.filter(key="ho-tich").update(code="X-01")
    assert load_sectors() == 0
    assert Sector.objects.get(key="ho-tich").code == "X-01"
