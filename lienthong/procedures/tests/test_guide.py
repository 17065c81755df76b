"""The guide is right: its example is a whole procedure that can be lived through; every word of a file is in it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings

from lienthong.fields.kinds import kinds
from lienthong.organisation.roles import roles
from lienthong.procedures import operations
from lienthong.procedures.operations import sectors_of_data, types_of_data
from lienthong.procedures.queries import published
from lienthong.procedures.reading import Known, read
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Need
from lienthong.workflow.places import Agency, Part
from lienthong.workflow.walks import walks
from tests.cast import AT, Cast

GUIDE = (settings.BASE_DIR / "docs" / "guide" / "procedures.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[-1]
FACTS = {"channel": "counter", "subject": "citizen"}


def test_the_example_is_right_and_a_case_walks_to_every_end() -> None:
    one = read(EXAMPLE, known=Known(roles(), set(sectors_of_data()), types_of_data()))
    assert set(walks(one.flow)) == {"declined", "stopped", "handed_over"}
    assert str(one.limit_for("counter", {"tung_o_noi_khac": True}, FACTS).limit) == "6 ngày làm việc"
    assert [(fee.key, fee.amount) for fee in one.fees_for({"so_ban": 3}, FACTS)] == [
        ("le_phi", 15_000),
        ("ban_them", 10_000),
    ]
    assert [fee.amount for fee in one.fees_for({"so_ban": 1, "thuoc_dien": "ho_ngheo"}, FACTS)] == [0]
    assert [paper.key for paper in one.papers_for({"tinh_trang": "goa"}, FACTS)] == ["to_khai", "chung_tu"]


def test_the_example_is_published_as_it_stands(cast: Cast) -> None:
    row = operations.draft(EXAMPLE, actor=cast.administrator, at=AT)
    operations.publish(row, actor=cast.administrator, at=AT)
    found = published("9.000873", dt.date(2026, 1, 1))
    assert found is not None
    assert found.text == EXAMPLE


@pytest.mark.parametrize(
    "word",
    [*kinds(), *Need, *Agency, *Part, *(one for one in Action if not one.nature.outside and not one.nature.implied_by)],
)
def test_the_guide_knows_every_word(word: str) -> None:
    assert re.search(rf"`{word}[`:]", GUIDE), word
