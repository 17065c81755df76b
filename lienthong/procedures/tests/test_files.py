"""Every file of a procedure that comes with the house can be lived through; a wrong one says where."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lienthong.kernel.faults import Faults
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.roles import roles
from lienthong.procedures import operations
from lienthong.procedures.definition import Definition
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.operations import files, sectors_of_data, types_of_data
from lienthong.procedures.queries import find, handler, published
from lienthong.procedures.reading import Known, read
from lienthong.workflow.walks import walks
from tests.cast import AT, MONDAY, Cast

BIRTH = next(path for path in files() if path.name.startswith("1.001193-"))


def _known() -> Known:
    return Known(roles(), set(sectors_of_data()), types_of_data())


@pytest.mark.parametrize("path", list(files()), ids=lambda path: path.stem)
def test_the_file_is_right_and_a_case_walks_to_its_ends(path: Path) -> None:
    definition = read(path.read_text(encoding="utf-8"), known=_known())
    assert path.stem.partition("-")[0] == definition.code
    assert "handed_over" in walks(definition.flow)
    for channel in ("counter", "online", "post"):
        definition.limit_for(channel, {}, {"channel": channel})
    assert all(fee.amount >= 0 for fee in definition.fees_for({}, {}))


def test_the_versions_of_a_procedure_do_not_overlap() -> None:
    periods: dict[str, list[Definition]] = {}
    for path in files():
        definition = read(path.read_text(encoding="utf-8"))
        periods.setdefault(definition.code, []).append(definition)
    for versions in periods.values():
        versions.sort(key=lambda one: one.valid_from)
        for earlier, later in pairwise(versions):
            assert earlier.valid_to is not None
            assert (earlier.valid_to <= later.valid_from, earlier.version < later.version) == (True, True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('sector = "ho-tich"', 'sector = "khac"', "Không có lĩnh vực “khac”"),
        ("valid_to = 2025-07-01", "valid_to = 2011-01-01", "phải sau ngày bắt đầu"),
        ('level = "commune"', 'level = "thon"', "level là một trong"),
        ('area = "field:noi_cu_tru_me"', 'area = "field:tre"', "không phải là một trường địa chỉ"),
        ('amount = "trong ngày"', 'amount = "nhanh"', "Viết ví dụ"),
        ("amount = 5_000", "amount = -5", "amount là số nguyên"),
        ('free_reason = "Đăng ký đúng hạn, trong 60 ngày kể từ ngày sinh"', "", "ghi lý do (free_reason)"),
        ('field = "co_chung_sinh", is = false', 'field = "co_giay", is = false', "Không có trường “co_giay”"),
        ('kind = "address"', 'kind = "dia_chi"', "Không có loại trường “dia_chi”"),
        ('role = "leader"', 'role = "chu_tich"', "Không có vai trò “chu_tich”"),
        ('register = "khai-sinh"', 'dang_ky = "x"', "Không có mục “dang_ky”"),
        ('limit = "3 giờ làm việc"', 'limit = "3 ngày làm việc"', "nhiều hơn thời hạn của thủ tục (trong ngày"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, words: str) -> None:
    text = BIRTH.read_text(encoding="utf-8")
    assert old in text
    wrong = text.replace(old, new, 1)
    with pytest.raises(Faults) as caught:
        read(wrong, known=_known())
    told = [fault for fault in caught.value.faults if words in fault.sentence]
    assert told, caught.value.faults
    lines = wrong.splitlines()
    near = "\n".join(lines[max(0, told[0].line - 3) : told[0].line + 1])
    assert not new or new.split(" ", 1)[0] in near or "limit" in new


def test_the_command_says_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sai.toml"
    path.write_text(BIRTH.read_text(encoding="utf-8").replace('role = "leader"', 'role = "chu_tich"'))
    with pytest.raises(CommandError, match="1 chỗ sai"):
        call_command("procedures", "check", str(path))
    assert "sai.toml:" in capsys.readouterr().out
    path.write_text("code = ")
    with pytest.raises(CommandError):
        call_command("procedures", "check", str(path))
    assert "sai.toml:1: Tệp không đúng cú pháp TOML" in capsys.readouterr().out
    call_command("procedures", "check", str(BIRTH))
    assert "1 tệp đúng" in capsys.readouterr().out


def test_loading_again_changes_nothing(cast: Cast) -> None:
    assert operations.load_procedures(at=AT) == 0
    version = published("1.001193", MONDAY)
    assert version is not None
    assert (version.state, version.definition.flow.start.key) == ("published", "tiep_nhan")


def test_a_file_that_says_something_else_than_was_published_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / BIRTH.name
    changed.write_text(BIRTH.read_text(encoding="utf-8").replace("5_000", "8_000"))
    monkeypatch.setattr(operations.loading, "files", lambda: iter([changed]))
    with pytest.raises(Refusal, match="tăng version"):
        operations.load_procedures(at=AT)
    told: list[str] = []
    assert operations.load_procedures(at=AT, on_changed=told.append) == 0
    assert len(told) == 1
    call_command("load_catalogue")  # an update with such a file starts all the same
    assert "Bản đang dùng được giữ nguyên" in capsys.readouterr().out
    version = published("1.001193", MONDAY)
    assert version is not None
    assert "8_000" not in version.text


def test_people_find_it_by_their_own_words_with_or_without_marks(cast: Cast) -> None:
    for words in ("khai sinh", "lam giay khai sinh", "1.001193", "KHAI SINH cho con"):
        assert "1.001193" in [row.procedure.code for row in find(words, on=MONDAY)], words
    assert find("thủ tục không có", on=MONDAY) == []
    assert find("khai sinh", on=dt.date(2001, 1, 1)) == []


def test_who_handles_a_sector_follows_the_day(cast: Cast) -> None:
    assert handler(cast.commune, "ho-tich", MONDAY) == (cast.commune, cast.registrar.post)
    assert handler(cast.district, "dat-dai", MONDAY) == (cast.district, None)


def test_a_new_version_is_drafted_mended_and_published_and_ends_the_one_before(cast: Cast) -> None:
    text = BIRTH.read_text(encoding="utf-8").replace("version = 1", "version = 9")
    text = text.replace("valid_from = 2012-01-01\nvalid_to = 2025-07-01", "valid_from = 2031-01-01")
    admin = cast.administrator
    row = operations.draft(text, actor=admin, at=AT)
    row = operations.redraft(row, text.replace("5_000", "9_000"), actor=admin, at=AT)
    operations.publish(row, actor=admin, at=AT)
    found = published("1.001193", dt.date(2031, 1, 1))
    assert found is not None
    assert found.number == 9
    with pytest.raises(Refusal, match="không sửa được"):
        operations.redraft(row, text, actor=admin, at=AT)
    with pytest.raises(Refusal, match="Chỉ người quản trị"):
        operations.draft(text, actor=cast.clerk, at=AT)


def test_the_database_itself_keeps_a_published_version(cast: Cast) -> None:
    with pytest.raises(Exception, match="never changes"):
        ProcedureVersion.objects.published().update(text="khác")
