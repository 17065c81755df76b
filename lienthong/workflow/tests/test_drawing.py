"""A flow becomes a picture: no box covers another, every move is drawn, lines touch the boxes that they join."""

from __future__ import annotations

import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from lienthong.workflow.actions import Action, Clock, Reason
from lienthong.workflow.drawing import drawing, wrapped
from lienthong.workflow.flow import End, Flow, Move, Phase, Step
from lienthong.workflow.pictures import Drawing, EndNode, Node
from lienthong.workflow.places import Agency, Part, Place
from lienthong.workflow.reading import read

FILES = sorted((settings.BASE_DIR / "data" / "procedures").glob("*.toml"))
PLACES = [Place(agency, part) for agency in (Agency.RECEIVING, Agency.COMPETENT) for part in Part]


def _flow(path: Path) -> Flow:
    return read(tomllib.loads(path.read_text(encoding="utf-8"))["steps"])


def _touches(point: tuple[int, int], box: Node | EndNode) -> bool:
    x, y = point
    return box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h


def _cuts(start: tuple[int, int], end: tuple[int, int], box: Node | EndNode) -> bool:
    """Whether a level or upright line runs through the inside of a box."""
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    across = box.y < y0 and y1 < box.y + box.h and x0 < box.x + box.w and box.x < x1
    down = box.x < x0 and x1 < box.x + box.w and y0 < box.y + box.h and box.y < y1
    return across or down


def _check(flow: Flow, picture: Drawing) -> None:
    boxes: list[Node | EndNode] = [*picture.nodes, *picture.ends]
    for one, other in combinations(boxes, 2):
        apart = (
            one.x + one.w <= other.x,
            other.x + other.w <= one.x,
            one.y + one.h <= other.y,
            other.y + other.h <= one.y,
        )
        assert any(apart), (one, other)
    assert all(box.x >= 0 and box.x + box.w <= picture.width and box.y + box.h <= picture.height for box in boxes)
    moves = [(step.key, move.to, move.label) for step in flow.steps.values() for move in step.moves]
    stays = [(node.key, node.key, label) for node in picture.nodes for label in node.stays]
    assert sorted(moves) == sorted([*stays, *((edge.source, edge.target, edge.label) for edge in picture.edges)])
    nodes = {node.key: node for node in picture.nodes}
    for edge in picture.edges:
        assert _touches(edge.points[0], nodes[edge.source])
        ends = [box for box in boxes if box.key == edge.target]
        assert any(_touches(edge.points[-1], end) for end in ends)
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(edge.points))
        assert not [box for box in boxes for a, b in pairwise(edge.points) if _cuts(a, b, box)], edge
        assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in edge.points)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_flow_of_every_file_is_drawn(path: Path, *, narrow: bool) -> None:
    flow = _flow(path)
    picture = drawing(flow, narrow=narrow)
    _check(flow, picture)
    assert picture == drawing(flow, narrow=narrow)
    assert not narrow or picture.width <= 360


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Flows of any shape: forward over several steps, back, to ends, staying."""
    count = draw(st.integers(2, 8))
    keys = [f"b{number}" for number in range(count)]
    steps = {}
    for number, key in enumerate(keys):
        targets = draw(st.lists(st.sampled_from([*keys, *End]), max_size=5))
        moves = tuple(
            Move(Action.FORWARD, str(to), f"Thao tác {place}", Reason.NONE, Clock.NONE)
            for place, to in enumerate(targets)
        )
        name = " ".join(["Bước"] * draw(st.integers(1, 12)))
        steps[key] = Step(
            key, name, Phase.WORK if number else Phase.INTAKE, draw(st.sampled_from(PLACES)), "", None, moves
        )
    return Flow(steps)


@given(flows(), st.booleans())
def test_any_flow_is_drawn(flow: Flow, narrow: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    _check(flow, drawing(flow, narrow=narrow))


def test_where_a_case_stands_is_said_in_words_and_signs() -> None:
    flow = _flow(FILES[0])
    keys = list(flow.steps)
    page = render_to_string("workflow/flow.html", {"drawing": drawing(flow), "current": keys[1], "done": keys[:1]})
    assert page.count("is-current") == 1
    assert page.count("is-done") == 1
    assert f"đang ở bước {flow.steps[keys[1]].name}" in page
    assert ("▼ Đang ở đây" in page, "✓" in page) == (True, True)
    assert "style=" not in page
    assert "wf-narrow" not in page


def test_both_shapes_stand_on_a_page_with_names_of_their_own() -> None:
    flow = _flow(FILES[0])
    page = render_to_string("workflow/flow.html", {"drawing": drawing(flow), "narrow": drawing(flow, narrow=True)})
    assert ('id="wf-wide-title"' in page, 'id="wf-narrow-title"' in page) == (True, True)
    assert all(step.name in page for step in flow.steps.values() if len(step.name) < 20)


def test_names_break_between_words() -> None:
    assert wrapped("Thẩm định, kiểm tra thực địa", 100) == ["Thẩm định,", "kiểm tra thực", "địa"]
    assert wrapped("", 100) == []
