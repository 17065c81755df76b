from __future__ import annotations

import datetime as dt

import pytest

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.operations import succeed
from lienthong.organisation.queries import custodians, successors
from tests.cast import Cast

MERGER = dt.date(2025, 7, 1)
PAPER = "202/2025/QH15"


def test_custody_follows_mergers_to_their_end(cast: Cast, at: dt.datetime) -> None:
    succeed(
        kind="merge",
        predecessors=[cast.stttt],
        successors=[cast.soyte],
        on=dt.date(2020, 1, 1),
        source=PAPER,
        actor=cast.administrator,
        at=at,
    )
    succeed(
        kind="rename", predecessors=[cast.soyte], successors=[cast.ubnd], on=MERGER, source=PAPER, actor=None, at=at
    )
    assert successors(cast.stttt, dt.date(2019, 12, 31)) == []
    assert custodians(cast.stttt, dt.date(2019, 12, 31)) == [cast.stttt]
    assert custodians(cast.stttt, dt.date(2020, 1, 1)) == [cast.soyte]
    assert custodians(cast.stttt, MERGER) == [cast.ubnd]


def test_a_split_has_several_custodians_and_a_function_goes_its_own_way(cast: Cast, at: dt.datetime) -> None:
    succeed(
        kind="split",
        predecessors=[cast.stttt],
        successors=[cast.soyte, cast.vp],
        on=MERGER,
        source=PAPER,
        actor=None,
        at=at,
    )
    succeed(
        kind="transfer",
        predecessors=[cast.stttt],
        successors=[cast.district],
        function="báo chí, xuất bản",
        on=MERGER,
        source=PAPER,
        actor=None,
        at=at,
    )
    assert set(custodians(cast.stttt, MERGER)) == {cast.soyte, cast.vp}
    assert custodians(cast.stttt, MERGER, function="báo chí, xuất bản") == [cast.district]


def test_said_twice_it_is_one_fact(cast: Cast, at: dt.datetime) -> None:
    for _ in range(2):
        rows = succeed(
            kind="merge",
            predecessors=[cast.stttt, cast.vp],
            successors=[cast.soyte],
            on=MERGER,
            source=PAPER,
            actor=None,
            at=at,
        )
    assert len(rows) == 2
    assert cast.soyte.inheritances.count() == 2


def test_a_circle_is_refused(cast: Cast, at: dt.datetime) -> None:
    succeed(
        kind="merge", predecessors=[cast.stttt], successors=[cast.soyte], on=MERGER, source=PAPER, actor=None, at=at
    )
    for other in (cast.stttt, cast.soyte):
        with pytest.raises(Refusal):
            succeed(
                kind="merge",
                predecessors=[cast.soyte],
                successors=[other],
                on=MERGER,
                source=PAPER,
                actor=None,
                at=at,
            )


@pytest.mark.parametrize(
    ("kind", "from_", "to", "function"),
    [
        ("merge", ["stttt"], ["soyte", "vp"], ""),
        ("split", ["stttt", "vp"], ["soyte"], ""),
        ("rename", ["stttt", "vp"], ["soyte"], ""),
        ("transfer", ["stttt"], ["soyte"], ""),
        ("merge", ["stttt"], ["soyte"], "báo chí"),
        ("eat", ["stttt"], ["soyte"], ""),
        ("merge", [], ["soyte"], ""),
    ],
)
def test_a_shape_that_the_kind_does_not_have_is_refused(
    kind: str, from_: list[str], to: list[str], function: str, cast: Cast, at: dt.datetime
) -> None:
    with pytest.raises(Refusal):
        succeed(
            kind=kind,
            predecessors=[getattr(cast, name) for name in from_],
            successors=[getattr(cast, name) for name in to],
            on=MERGER,
            source=PAPER,
            function=function,
            actor=None,
            at=at,
        )


def test_only_an_administrator_says_it(cast: Cast, at: dt.datetime) -> None:
    with pytest.raises(Forbidden):
        succeed(
            kind="merge",
            predecessors=[cast.stttt],
            successors=[cast.soyte],
            on=MERGER,
            source=PAPER,
            actor=cast.leader,
            at=at,
        )
