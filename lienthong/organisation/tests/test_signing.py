from __future__ import annotations

import datetime as dt

import pytest

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.operations import end_signing_authority, grant_signing_authority
from lienthong.organisation.queries import authorities_on, signing_block
from lienthong.organisation.signing import block_lines
from tests.cast import Cast

START, END = dt.date(2014, 3, 1), dt.date(2014, 9, 1)


@pytest.mark.parametrize(
    ("form", "unit_kind", "title", "own_kind", "lines"),
    [
        ("own", "department", "Giám đốc", "department", ["GIÁM ĐỐC"]),
        ("kt", "department", "Phó Giám đốc", "department", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        ("q", "department", "Quyền Giám đốc", "department", ["Q. GIÁM ĐỐC"]),
        ("tm", "province_committee", "Chủ tịch", "province_committee", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (
            "kt",
            "province_committee",
            "Phó Chủ tịch",
            "province_committee",
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        ("tl", "province_committee", "Chánh Văn phòng", "office", ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        (
            "tl",
            "province_committee",
            "Phó Chánh Văn phòng",
            "office",
            ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        ),
        ("tuq", "department", "Trưởng phòng", "division", ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
    ],
)
def test_the_block_stands_as_the_decree_wants(
    form: str, unit_kind: str, title: str, own_kind: str, lines: list[str]
) -> None:
    assert block_lines(form, unit_kind=unit_kind, title=title, own_unit_kind=own_kind) == lines


def test_the_register_says_who_signs_on_a_day(cast: Cast, at: dt.datetime, on: dt.date) -> None:
    assert signing_block(cast.deputy_leader.post, cast.stttt, on) == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert signing_block(cast.specialist.post, cast.stttt, on) is None
    authority = cast.deputy_leader.post.signing_authorities.get()
    end_signing_authority(authority, on=END, actor=cast.administrator, at=at)
    assert signing_block(cast.deputy_leader.post, cast.stttt, END) is None
    assert len(authorities_on(cast.stttt, on)) == 2
    assert len(authorities_on(cast.stttt, END)) == 1


def test_an_order_and_a_delegation_are_granted_with_their_paper(cast: Cast, at: dt.datetime) -> None:
    paper = {"scope": "Giấy mời, thông báo", "source": "Quy chế làm việc", "actor": cast.administrator, "at": at}
    order = grant_signing_authority(cast.office_head.post, unit=cast.ubnd, form="tl", valid_from=START, **paper)  # type: ignore[arg-type]  # one shape for two
    assert order.block == ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    delegation = grant_signing_authority(
        cast.division_head.post,
        unit=cast.stttt,
        form="tuq",
        valid_from=START,
        valid_to=END,
        **paper,  # type: ignore[arg-type]  # one shape for two
    )
    again = grant_signing_authority(
        cast.division_head.post,
        unit=cast.stttt,
        form="tuq",
        valid_from=START,
        valid_to=END,
        **paper,  # type: ignore[arg-type]  # one shape for two
    )
    assert again == delegation


@pytest.mark.parametrize(
    ("who", "unit", "changed", "field"),
    [
        ("leader", "stttt", {"form": "kt"}, "form"),
        ("deputy_leader", "stttt", {"form": "own"}, "form"),
        ("leader", "stttt", {"form": "tm"}, "form"),
        ("leader", "soyte", {"form": "own"}, "form"),
        ("leader", "stttt", {"form": "nn"}, "form"),
        ("office_head", "ubnd", {"form": "tl", "source": "Quy chế"}, "scope"),
        ("office_head", "ubnd", {"form": "tl", "scope": "Giấy mời"}, "source"),
        ("division_head", "stttt", {"form": "tuq", "scope": "Giấy mời", "source": "12/QĐ"}, "valid_to"),
        (
            "division_head",
            "stttt",
            {
                "form": "tuq",
                "scope": "Giấy mời",
                "source": "12/QĐ",
                "valid_to": END,
                "block": ["TUQ. GIÁM ĐỐC", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"],
            },
            "block",
        ),
        ("deputy_leader", "stttt", {"form": "kt"}, "valid_from"),
        ("deputy_leader", "stttt", {"form": "kt", "scope": "Khác", "valid_to": START}, "valid_to"),
    ],
)
def test_an_authority_beyond_the_law_is_refused(
    who: str, unit: str, changed: dict[str, object], field: str, cast: Cast, at: dt.datetime
) -> None:
    with pytest.raises(Refusal) as refused:
        grant_signing_authority(
            getattr(cast, who).post,
            unit=getattr(cast, unit),
            **({"valid_from": START} | changed),  # type: ignore[arg-type]  # hostile on purpose
            actor=cast.administrator,
            at=at,
        )
    assert refused.value.field == field


def test_a_leader_grants_nothing_to_themselves(cast: Cast, at: dt.datetime) -> None:
    with pytest.raises(Forbidden):
        grant_signing_authority(cast.leader.post, unit=cast.ubnd, form="tl", valid_from=START, actor=cast.leader, at=at)
