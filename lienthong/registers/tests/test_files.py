"""Every file of registers is right, every register that a procedure names is there, and faults are said by line."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lienthong.kernel.faults import Faults
from lienthong.kernel.refusal import Refusal
from lienthong.procedures.operations.loading import files as procedure_files
from lienthong.procedures.reading import read as read_procedure
from lienthong.registers.management.commands.registers import known_of_data
from lienthong.registers.models import Register, RegisterVersion
from lienthong.registers.operations import files, load_registers, loading
from lienthong.registers.reading import read
from tests.cast import AT, Cast

ALL = list(files())


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_file_is_right_and_named_by_its_key(path: Path) -> None:
    definition = read(path.read_text(encoding="utf-8"), known=known_of_data())
    assert definition.key == path.stem
    labels = [field.label for field in definition.form.fields]
    assert len(labels) == len(set(labels))


def test_every_register_that_a_procedure_names_exists_and_names_it_back() -> None:
    registers = {path.stem: read(path.read_text(encoding="utf-8")) for path in ALL}
    for path in procedure_files():
        procedure = read_procedure(path.read_text(encoding="utf-8"))
        for result in procedure.results:
            if result.register:
                origins = {(one.procedure, one.result) for one in registers[result.register].origins}
                assert (procedure.code, result.key) in origins, path.name


WRONG = """key = "So Sai"
version = 1
valid_from = 2010-01-01
name = "Sổ"
entry = "Mục"
source = "x"
symbol = "khong-co"
title = ["la"]
[[fields]]
key = "ten"
kind = "text"
label = "Tên"
[[origins]]
procedure = "1.001193"
result = "khong"
values = { ten = "khong_co", la = "tre" }
"""


def test_faults_are_said_with_their_line(tmp_path: Path) -> None:
    path, out = tmp_path / "sai.toml", StringIO()
    path.write_text(WRONG, encoding="utf-8")
    with pytest.raises(CommandError, match="6 chỗ sai"):
        call_command("registers", "check", str(path), stdout=out)
    said = out.getvalue()
    assert f"{path}:1: Mã sổ gồm chữ thường" in said
    assert f"{path}:7: Cách ghi số" in said
    assert f"{path}:8: Sổ không có trường “la”" in said
    assert f"{path}:15: Thủ tục 1.001193 không có kết quả “khong”" in said
    assert "không có trường “khong_co”" in said


def test_broken_syntax_and_no_fields_are_said() -> None:
    with pytest.raises(Faults, match="cú pháp TOML"):
        read("key = ")
    with pytest.raises(Faults, match="Cần ít nhất một trường"):
        read('key = "so"')


def test_loading_again_changes_nothing_and_a_changed_file_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert Register.objects.count() == len({path.stem for path in ALL})
    assert load_registers(at=AT) == 0
    changed = tmp_path / "khai-sinh.toml"
    changed.write_text(ALL[0].read_text(encoding="utf-8") + "# đổi\n", encoding="utf-8")
    monkeypatch.setattr(loading, "files", lambda: iter([changed]))
    with pytest.raises(Refusal, match="đã nạp nên không đổi được"):
        load_registers(at=AT)
    told: list[str] = []
    assert load_registers(at=AT, on_changed=told.append) == 0
    assert len(told) == 1
    assert RegisterVersion.objects.count() == len(ALL)


def test_an_entry_ends_on_the_day_that_the_file_says() -> None:
    definition = read((ALL[0].parent / "giay-phep-xay-dung.toml").read_text(encoding="utf-8"))
    assert definition.ends_on(dt.date(2014, 3, 10)) == dt.date(2015, 3, 10)
    assert definition.ends_on(dt.date(2016, 2, 29)) == dt.date(2017, 2, 28)
    birth = read((ALL[0].parent / "khai-sinh.toml").read_text(encoding="utf-8"))
    assert birth.ends_on(dt.date(2014, 3, 10)) is None
