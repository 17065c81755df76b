"""Filters stand in the address: a chip leads to itself, chosen again it goes away, and the page begins anew."""

from __future__ import annotations

from django.http import QueryDict

from lienthong.ui import filters

HERE = QueryDict("q=ke+hoach&state=late&after=20")


def test_a_chip_adds_itself_and_leaves_the_page_marks() -> None:
    assert filters.choice(HERE, "unit", "7", "Phòng").address == "?q=ke+hoach&state=late&unit=7"


def test_a_chosen_chip_takes_itself_away() -> None:
    chip = filters.choice(HERE, "state", "late", "Quá hạn")
    assert chip.chosen
    assert chip.address == "?q=ke+hoach"


def test_a_filter_names_the_chosen_option_and_the_way_without() -> None:
    found = filters.filter_of(HERE, "state", [("new", "Mới"), ("late", "Quá hạn", 3)])
    assert found.label == "Quá hạn"
    assert found.without == "?q=ke+hoach"
    assert [option.count for option in found.options] == [None, 3]
