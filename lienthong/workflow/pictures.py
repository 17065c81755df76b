"""What a drawn flow is made of: boxes, lines, lanes. Frozen values; ``drawing.drawing`` makes them."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[int, int]
PADDING = 10


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text inside a box: where it begins, and which part of the box it is (name, place, limit, stays)."""

    x: int
    y: int
    words: str
    part: str


@dataclass(frozen=True, slots=True)
class Node:
    """A box: a step. ``texts`` are its lines as drawn; ``stays`` what may be done that keeps the case in it."""

    key: str
    name: str
    place: str
    limit: str
    phase: str
    x: int
    y: int
    w: int
    h: int
    stays: tuple[str, ...] = ()
    texts: tuple[Text, ...] = ()

    @property
    def mark(self) -> Point:
        """Where the mark of a done step stands."""
        return self.x + self.w - 20, self.y + PADDING + 12

    @property
    def above(self) -> Point:
        """Where "here" is said, over the box."""
        return self.x, self.y - 6


@dataclass(frozen=True, slots=True)
class EndNode:
    """An end beside the step that leads there."""

    key: str
    name: str
    x: int
    y: int
    w: int
    h: int

    @property
    def centre(self) -> Point:
        """Where its word stands, middle of the baseline."""
        return self.x + self.w // 2, self.y + self.h // 2 + 4


@dataclass(frozen=True, slots=True)
class Edge:
    """A line: one move from a step to another or to an end. The label begins at ``label_at``."""

    source: str
    target: str
    label: str
    points: tuple[Point, ...]
    label_at: Point
    is_back: bool = False

    @property
    def path(self) -> str:
        """The line as SVG wants it."""
        return "M" + " L".join(f"{x} {y}" for x, y in self.points)

    @property
    def head(self) -> str:
        """The arrow head at its end: the points of a triangle."""
        (x0, y0), (x, y) = self.points[-2:]
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        return f"{x},{y} {x - 8 * dx - 4 * dy},{y - 8 * dy - 4 * dx} {x - 8 * dx + 4 * dy},{y - 8 * dy + 4 * dx}"


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: the part and the agency in whose hands its steps are."""

    part: str
    agency: str
    x: int
    w: int

    @property
    def middle(self) -> int:
        """Where its name stands."""
        return self.x + self.w // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture. ``shape`` is "wide" or "narrow"; ``told`` says it in sentences, for who cannot see it."""

    shape: str
    width: int
    height: int
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    ends: tuple[EndNode, ...]
    edges: tuple[Edge, ...]
    told: str
