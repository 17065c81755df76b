"""Ways through a flow, for whoever must see that each end is reached."""

from __future__ import annotations

from collections import deque

from lienthong.workflow.flow import ENDS, Flow, Move

Walk = tuple[tuple[str, Move], ...]


def walks(flow: Flow) -> dict[str, Walk]:
    """Return for each end that the flow has the shortest way to it: the step and the move taken there, in order."""
    found: dict[str, Walk] = {}
    waiting: deque[tuple[str, Walk]] = deque([(flow.start.key, ())])
    seen = {flow.start.key}
    while waiting:
        key, way = waiting.popleft()
        for move in flow.step(key).moves:
            onward = (*way, (key, move))
            if move.to in ENDS:
                found.setdefault(move.to, onward)
            elif move.to not in seen:
                seen.add(move.to)
                waiting.append((move.to, onward))
    return found
