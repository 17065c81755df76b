"""A data directory that cannot serve is refused in plain words, before anything is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from lienthong.kernel.refusal import Refusal
from lienthong.site.launch import data_directory, environment
from lienthong.site.launch.run import another_port


def test_a_missing_directory_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    data_directory.prepare(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


def test_a_directory_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(Refusal, match=r"Không ghi được vào thư mục dữ liệu .* --data DIR"):
        data_directory.prepare(tmp_path / "file" / "data")


def test_a_full_disk_is_refused_with_its_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIENTHONG_MIN_FREE_MB", "999999999")
    with pytest.raises(Refusal, match=r"chỉ còn \d+ MB, cần ít nhất 999999999 MB"):
        data_directory.prepare(tmp_path)


def test_an_address_of_another_database_is_refused_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://someone:secret@host/name")
    with pytest.raises(Refusal, match="postgresql://") as refused:
        environment.tell(tmp_path)
    assert "secret" not in refused.value.message


@pytest.mark.parametrize(("port", "other"), [(80, 8080), (8000, 8001), (65_535, 8080)])
def test_another_port_is_proposed_that_one_may_use(port: int, other: int) -> None:
    assert another_port(port) == other


def test_nothing_is_left_behind_by_the_check(tmp_path: Path) -> None:
    data_directory.prepare(tmp_path)
    assert list(tmp_path.iterdir()) == []
