"""Values change in the text of a file; all the rest stays as somebody wrote it."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from lienthong.kernel.refusal import Refusal
from lienthong.procedures.blanks import PARTS, groups, key_from
from lienthong.procedures.editing import Edit, edited
from lienthong.procedures.operations import files

TEXT = """# Lời ghi của người viết
code = "1.1"   # mã
valid_from = 2012-01-01
valid_to = 2025-07-01

[supplement]
rounds = 1

[[fees]]
key = "a"
amount = 5_000 # năm nghìn
when = { field = "x", is = true }

[[steps]]
key = "mot"
[[steps.moves]]
action = "accept"
"""


def test_one_value_changes_and_nothing_else() -> None:
    assert edited(TEXT, Edit({("fees", 0, "amount"): 8000})) == TEXT.replace("5_000", "8000")
    assert edited(TEXT, Edit({("fees", 0, "amount"): 5000})) == TEXT
    assert edited(TEXT, Edit()) == TEXT


def test_values_come_and_go() -> None:
    text = edited(TEXT, Edit({("valid_to",): None, ("name",): "Tên", ("supplement", "answer_within"): "30 ngày",
                              ("steps", 0, "limit"): "1 ngày", ("competence", "level"): "commune"}))  # fmt: skip
    raw = tomllib.loads(text)
    assert "valid_to" not in raw
    assert (raw["name"], raw["supplement"]["answer_within"], raw["steps"][0]["limit"]) == ("Tên", "30 ngày", "1 ngày")
    assert raw["steps"][0]["moves"] == [{"action": "accept"}]
    assert raw["competence"] == {"level": "commune"}
    assert "# Lời ghi của người viết" in text
    assert 'code = "1.1"   # mã' in text


def test_tables_are_added_and_taken_away() -> None:
    text = edited(TEXT, Edit({}, [("fees", 0)], [("fees", {"key": "b", "amount": 1}), ("components", {"key": "c"})]))
    raw = tomllib.loads(text)
    assert raw["fees"] == [{"key": "b", "amount": 1}]
    assert raw["components"] == [{"key": "c"}]
    assert "fees" not in tomllib.loads(edited(TEXT, Edit({}, [("fees", 0)])))


def test_lists_and_days_are_written() -> None:
    text = edited(TEXT, Edit({("keywords",): ["một", "hai"], ("valid_from",): dt.date(2026, 1, 1)}))
    raw = tomllib.loads(text)
    assert (raw["keywords"], raw["valid_from"]) == (["một", "hai"], dt.date(2026, 1, 1))


def test_a_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(Refusal, match="sai cú pháp"):
        edited("code = ", Edit())


@pytest.mark.parametrize("path", list(files()), ids=lambda path: path.stem)
def test_every_box_of_every_file_can_be_changed_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    for part in PARTS:
        for group in groups(part, raw):
            for blank in group.blanks:
                if str(blank.path[0]).startswith("+"):
                    continue
                new = {"number": 3, "amount": 7, "flag": not blank.value, "day": dt.date(2030, 1, 1),
                       "lines": ["một"], "choices": ["citizen"]}.get(blank.kind, "chữ")  # fmt: skip
                found: Any = tomllib.loads(edited(text, Edit({blank.path: new})))
                for step in blank.path:
                    found = found[step]
                assert found == new


def test_new_things_are_named_by_what_they_are_called() -> None:
    assert key_from("Bản vẽ thiết kế (nếu có)", ()) == "ban_ve_thiet_ke_neu_co"
    assert key_from("Đơn", ("don", "don_2")) == "don_3"
    assert key_from("2 ảnh", ()) == "k_2_anh"
