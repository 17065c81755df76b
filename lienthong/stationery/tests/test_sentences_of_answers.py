"""What comes from a document or from an officer stands in a template's sentence without doubled words or marks."""

from __future__ import annotations

import pytest

from lienthong.stationery.asking import LinesField
from lienthong.stationery.words import bare_abstract


@pytest.mark.parametrize(
    ("abstract", "said"),
    [
        ("V/v báo cáo tình hình", "báo cáo tình hình"),
        ("Về việc giao chỉ tiêu", "giao chỉ tiêu"),
        ("Về tăng cường sử dụng", "tăng cường sử dụng"),
        ("vệ sinh môi trường", "vệ sinh môi trường"),
        ("V/v: mời họp", "mời họp"),
    ],
)
def test_an_abstract_stands_after_about_without_its_own(abstract: str, said: str) -> None:
    assert bare_abstract(abstract) == said


def test_an_item_leaves_its_last_mark_to_the_template() -> None:
    typed = "Bố trí kinh phí;\nGiao cấp huyện quản lý.\nMáy tính, máy in, v.v.\n\nBáo cáo kết quả"
    assert LinesField().clean(typed) == (
        "Bố trí kinh phí",
        "Giao cấp huyện quản lý",
        "Máy tính, máy in, v.v.",
        "Báo cáo kết quả",
    )
