"""At every moment of every flow a case has one national status from 1 to 10, and goes only where the rule leads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from lienthong.procedures.operations import files
from lienthong.procedures.reading import read
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import ENDS, End, Flow
from lienthong.workflow.status import ENDED, NAMES, Facts, Status, status
from lienthong.workflow.walks import Walk, walks

S = Status
WAITS: tuple[dict[str, Any], ...] = ({}, {"awaits_supplement": True}, {"awaits_payment": True})
ALLOWED = {  # from → to (the internal machine of the sync of cases); a return from the result puts 9 back to 4
    S.NEW: {S.NEW, S.RECEIVED, S.NOT_RECEIVED, S.SUPPLEMENT, S.WITHDRAWN, S.DONE},
    S.RECEIVED: {S.RECEIVED, S.IN_PROGRESS, S.SUPPLEMENT, S.PAYMENT, S.STOPPED, S.DONE, S.WITHDRAWN},
    S.IN_PROGRESS: {S.IN_PROGRESS, S.SUPPLEMENT, S.PAYMENT, S.STOPPED, S.DONE, S.WITHDRAWN},
    S.SUPPLEMENT: {S.NEW, S.IN_PROGRESS, S.NOT_RECEIVED, S.STOPPED, S.WITHDRAWN},
    S.PAYMENT: {S.IN_PROGRESS, S.STOPPED, S.WITHDRAWN},
    S.DONE: {S.DONE, S.IN_PROGRESS, S.HANDED_OVER, S.STOPPED},
}


def _moments(flow: Flow, walk: Walk) -> Iterator[tuple[str, Status]]:
    """Yield what happens on a walk and the status then; every step is also interrupted, as its flow allows."""
    received = moved = False
    for key, move in walk:
        step = flow.step(key)
        facts = Facts(step.phase, received, moved)
        yield key, status(facts)
        for action, waits in ((Action.REQUEST_SUPPLEMENT, "awaits_supplement"), (Action.SUSPEND, "awaits_payment")):
            if step.move(action) is not None and step.phase != "result":
                asked: dict[str, Any] = {waits: True}
                yield f"{key} {action}", status(Facts(step.phase, received, moved, **asked))
                moved = moved or received
                yield f"{key} back", status(Facts(step.phase, received, moved))
        moved = moved or move.action != Action.ACCEPT
        received = received or move.action == Action.ACCEPT
        if move.to in ENDS:
            yield move.to, status(Facts(step.phase, received, moved, end=End(move.to)))


@pytest.mark.parametrize("path", list(files()), ids=lambda path: path.stem)
def test_every_moment_of_every_way_has_its_status(path: Path) -> None:
    flow = read(path.read_text(encoding="utf-8")).flow
    for end, walk in walks(flow).items():
        seen = list(_moments(flow, walk))
        assert seen[0][1] == Status.NEW
        for (before, one), (after, other) in pairwise(seen):
            assert other in ALLOWED[one], f"{path.stem}, to {end}: {before} {one} → {after} {other}"
        last = seen[-1][1]
        assert last in ENDED
        assert (last == Status.HANDED_OVER) == (end == End.HANDED_OVER)


@pytest.mark.parametrize("path", list(files()), ids=lambda path: path.stem)
def test_whatever_the_facts_there_is_one_status(path: Path) -> None:
    flow = read(path.read_text(encoding="utf-8")).flow
    truths = (False, True)
    for step in flow.steps.values():
        for received in truths:
            for moved in truths:
                for waits in WAITS:
                    for end in (None, *End):
                        assert status(Facts(step.phase, received, moved, end=end, **waits)) in NAMES
    assert sorted(NAMES) == list(range(1, 11))
