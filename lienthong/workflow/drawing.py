"""A flow as a picture: boxes in lanes by place, one row for each step, lines that never run through a box. Pure.

Lengths are in units of the picture (CSS pixels at full size). Wide: a lane (column) for each place. Narrow: one column,
the place said in each box. Ends stand at the right, in the row of the step that leads there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lienthong.workflow.flow import ENDS, End, Flow, Move, Step
from lienthong.workflow.pictures import PADDING, Drawing, Edge, EndNode, Lane, Node, Point, Text
from lienthong.workflow.places import AGENCIES, PARTS, Place

LINE = 17
TRACK = 20
CHANNEL = 9
LETTER = 7
END_STEP = 48


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the boxes are; ``head`` is the height of the names of the lanes."""

    box: int
    end: int
    head: int


WIDE = Sizes(box=190, end=124, head=48)
NARROW = Sizes(box=186, end=96, head=0)


def drawing(flow: Flow, narrow: bool = False) -> Drawing:  # noqa: FBT001, FBT002 - reads well: drawing(flow, narrow=True)
    """Draw a flow; the same flow always gives the same picture."""
    return _Picture(flow, narrow=narrow).drawn()


def place_words(place: Place) -> str:
    """Say a place in words, with the other sector where there is one."""
    return f"{place.label} ({place.sector})" if place.sector else place.label


@dataclass(slots=True)
class _Picture:
    """The work of one drawing: what needs room is counted first, then everything is placed."""

    flow: Flow
    narrow: bool
    steps: list[Step] = field(init=False)
    sizes: Sizes = field(init=False)
    nodes: dict[str, Node] = field(default_factory=dict)
    ends: list[EndNode] = field(default_factory=list)
    tracks: dict[int, list[tuple[str, int, str]]] = field(default_factory=lambda: defaultdict(list))
    ports: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    channels: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    gaps: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.steps = list(self.flow.steps.values())
        self.sizes = NARROW if self.narrow else WIDE

    def drawn(self) -> Drawing:
        """Count, place, and draw the lines."""
        for step in self.steps:
            for number, move in enumerate(step.moves):
                self._reserve(step, number, move)
        lanes = self._lanes()
        bottom = self._rows(lanes)
        edges = [self._edge(step, number, move) for step in self.steps for number, move in self._leaving(step)]
        last = lanes[list(lanes)[-1]]
        width = last.x + last.w + (26 + self.sizes.end if self.ends else 0) + 4
        shown = () if self.narrow else tuple(lanes.values())
        shape = "narrow" if self.narrow else "wide"
        return Drawing(shape, width, bottom, shown, tuple(self.nodes.values()), tuple(self.ends), tuple(edges),
                       told(self.flow))  # fmt: skip

    def _leaving(self, step: Step) -> list[tuple[int, Move]]:
        return [(number, move) for number, move in enumerate(step.moves) if move.to != step.key]

    def _lane_of(self, step: Step) -> str:
        return "" if self.narrow else str(step.place)

    def _way(self, step: Step, move: Move) -> str:
        if move.to in ENDS:
            return "end"
        ahead = self.flow.order(move.to) - self.flow.order(step.key)
        return "back" if ahead < 0 else "next" if ahead == 1 else "far"

    def _reserve(self, step: Step, number: int, move: Move) -> None:
        """Note what room the line of a move needs: tracks between rows, channels beside boxes, ports on boxes."""
        if move.to == step.key:
            return
        row, one, way = self.flow.order(step.key), (step.key, number), self._way(step, move)
        place = (row, number)
        if way == "end":
            self.ports[step.key, "right"].append(place)
            return
        self.ports[step.key, "left" if way == "back" else "bottom"].append(place)
        self.ports[move.to, "bottom" if way == "back" else "top"].append(place)
        if way == "back":
            self.tracks[self.flow.order(move.to)].append((*one, "in"))
            self.channels[self._lane_of(step)].append(one)
            return
        self.tracks[row].append((*one, "out"))
        if way == "far":
            self.tracks[self.flow.order(move.to) - 1].append((*one, "in"))
            self.channels[self._lane_of(self.flow.step(move.to))].append(one)

    def _lanes(self) -> dict[str, Lane]:
        lanes: dict[str, Lane] = {}
        x = 4
        for step in self.steps:
            key = self._lane_of(step)
            if key in lanes:
                continue
            w = self.sizes.box + 12 + self._margin(key)
            sector = f" ({step.place.sector})" if step.place.sector else ""
            lanes[key] = Lane(PARTS[step.place.part], AGENCIES[step.place.agency] + sector, x, w)
            x += w
        return lanes

    def _margin(self, lane: str) -> int:
        return 14 + CHANNEL * len(self.channels[lane])

    def _rows(self, lanes: dict[str, Lane]) -> int:
        """Place the boxes and the ends row by row; returns the height of the whole."""
        top = self.sizes.head + 24
        right = max(lane.x + lane.w for lane in lanes.values()) + 26
        for row, step in enumerate(self.steps):
            lane = self._lane_of(step)
            node = self._box(step, lanes[lane].x + self._margin(lane), top)
            names = [move.to for _, move in self._leaving(step) if move.to in ENDS]
            self.nodes[step.key] = node
            for place, key in enumerate(names):
                self.ends.append(EndNode(key, ENDS[End(key)], right, top + place * END_STEP, self.sizes.end, 30))
            self.gaps[row] = top + node.h
            top = self.gaps[row] + 26 + TRACK * max(1, len(self.tracks[row]))
        return self.gaps[len(self.steps) - 1] + 16

    def _box(self, step: Step, x: int, y: int) -> Node:
        limit = f"Hạn {step.limit}" if step.limit else ""
        stays = tuple(move.label for move in step.moves if move.to == step.key)
        place = place_words(step.place)
        parts = [(line, "name") for line in wrapped(step.name, self.sizes.box - 44)]
        parts += [(line, "place") for line in wrapped(place, self.sizes.box - 24) if self.narrow]
        parts += [(limit, "limit")] if limit else []
        kept = f"↻ {', '.join(stays)}" if stays else ""
        parts += [(line, "stays") for line in wrapped(kept, self.sizes.box - 24)]
        texts = tuple(Text(x + 14, y + PADDING + 12 + LINE * n, line, part) for n, (line, part) in enumerate(parts))
        ends = sum(move.to in ENDS for move in step.moves)
        h = max(2 * PADDING + LINE * len(parts), END_STEP * ends - 18)
        return Node(step.key, step.name, place, limit, step.phase, x, y, self.sizes.box, h, stays, texts)

    def _edge(self, step: Step, number: int, move: Move) -> Edge:
        way = self._way(step, move)
        draw = {"end": self._to_end, "back": self._back, "next": self._next, "far": self._far}[way]
        points, label_at = draw(step, number, move)
        return Edge(step.key, move.to, move.label, tuple(_plain(points)), label_at, way == "back")

    def _to_end(self, step: Step, number: int, _move: Move) -> tuple[list[Point], Point]:
        node = self.nodes[step.key]
        place = self.ports[step.key, "right"].index((self.flow.order(step.key), number))
        y = node.y + 15 + place * END_STEP
        end = next(end for end in self.ends if end.y == node.y + place * END_STEP)
        return [(node.x + node.w, y), (end.x, y)], (node.x + node.w + 6, y - (19 if self.narrow else 5))

    def _next(self, step: Step, number: int, move: Move) -> tuple[list[Point], Point]:
        start, end = self._port(step.key, "bottom", step, number), self._port(move.to, "top", step, number)
        y = self._track(self.flow.order(step.key), step.key, number, "out")
        return [start, (start[0], y), (end[0], y), end], _label(start[0], end[0], y)

    def _far(self, step: Step, number: int, move: Move) -> tuple[list[Point], Point]:
        start, end = self._port(step.key, "bottom", step, number), self._port(move.to, "top", step, number)
        out = self._track(self.flow.order(step.key), step.key, number, "out")
        y = self._track(self.flow.order(move.to) - 1, step.key, number, "in")
        x = self._channel(self.flow.step(move.to), (step.key, number))
        return [start, (start[0], out), (x, out), (x, y), (end[0], y), end], _label(start[0], x, out)

    def _back(self, step: Step, number: int, move: Move) -> tuple[list[Point], Point]:
        start, end = self._port(step.key, "left", step, number), self._port(move.to, "bottom", step, number)
        y = self._track(self.flow.order(move.to), step.key, number, "in")
        x = self._channel(step, (step.key, number))
        return [start, (x, start[1]), (x, y), (end[0], y), end], _label(x, end[0], y)

    def _port(self, key: str, side: str, step: Step, number: int) -> Point:
        """Return where a line touches a box: the lines of one side share it evenly."""
        node, uses = self.nodes[key], self.ports[key, side]
        place = uses.index((self.flow.order(step.key), number)) + 1
        if side == "left":
            return node.x, node.y + node.h * place // (len(uses) + 1)
        y = node.y if side == "top" else node.y + node.h
        return node.x + node.w * place // (len(uses) + 1), y

    def _track(self, row: int, key: str, number: int, role: str) -> int:
        return self.gaps[row] + 18 + TRACK * self.tracks[row].index((key, number, role))

    def _channel(self, step: Step, one: tuple[str, int]) -> int:
        node, uses = self.nodes[step.key], self.channels[self._lane_of(step)]
        return node.x - 10 - CHANNEL * uses.index(one)


def _plain(points: list[Point]) -> list[Point]:
    """Return a line without points that say nothing: doubled ones, and those on the way straight on."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return kept


def _label(start: int, end: int, y: int) -> Point:
    """Return where the label of a line stands: above the level part of it, or beside it where it runs straight."""
    return (start + 6, y + 4) if abs(end - start) < 4 * LETTER else (min(start, end) + 6, y - 5)


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width``, between words; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * LETTER <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def told(flow: Flow) -> str:
    """Say a flow in sentences: each step, where it is done, and where its moves lead."""
    return " ".join(_told(flow, number, step) for number, step in enumerate(flow.steps.values(), start=1))


def _told(flow: Flow, number: int, step: Step) -> str:
    moves = "; ".join(_move_told(flow, step, move) for move in step.moves)
    limit = f", hạn {step.limit}" if step.limit else ""
    return f"Bước {number}: {step.name} ({place_words(step.place)}{limit}). {moves}."


def _move_told(flow: Flow, step: Step, move: Move) -> str:
    if move.to == step.key:
        return f"{move.label}: hồ sơ ở lại bước này"
    return f"{move.label}: {ENDS[move.end] if move.end else flow.step(move.to).name}"
