"""What a linked case gets from the one before it: its results as papers, or the word that it ended without any."""

from __future__ import annotations

import datetime as dt

from lienthong.cases import linked_notices
from lienthong.cases.models import Case, CasePaper, HandOver, LinkedCase, ResultPaper
from lienthong.cases.operations import writing
from lienthong.cases.places import Hands
from lienthong.files.operations.attaching import attach
from lienthong.files.queries import attachments
from lienthong.kernel.clock import local
from lienthong.tasks import operations as tasks

State = LinkedCase.State
AFTER_ALL = 900
"""Where a result stands among the papers of a case whose procedure does not list it."""


def feed(case: Case, row: LinkedCase, *, at: dt.datetime) -> bool:
    """Give a linked case the results that it waits for, once all are there; whether it was fed now.

    They are there when they bear a number; after the hand-over whatever is there is all there will be.
    """
    if row.linked_id is None or row.fed_at is not None or not row.needs or case.finished_at is None:
        return False
    found = list(case.results.filter(key__in=row.needs).order_by("pk"))
    is_whole = len(found) == len(set(row.needs)) and all(one.symbol for one in found)
    if not is_whole and case.status != Case.Status.HANDED_OVER:
        return False
    linked = writing.locked(Case(pk=row.linked_id))
    row.fed_at = at
    row.save(update_fields=["fed_at"])
    if linked.is_ended:
        return False
    names = [_as_paper(case, one, linked, at=at) for one in found]
    _before_the_desk(linked, at=at)
    writing.conclude(linked, "fed", actor=None, at=at, code=case.code, papers=names)
    linked_notices.fed(linked, case, at=at)
    return True


def _as_paper(case: Case, result: ResultPaper, linked: Case, *, at: dt.datetime) -> str:
    """Put a result among the papers of a linked case: where its procedure asks for it, else after the others."""
    uses = {one.reuse: one.key for one in linked.version.definition.components if one.reuse}
    keys = [result.key, uses.get(result.key, result.key)]
    paper = linked.papers.filter(key__in=keys).first()
    if paper is None:
        paper = CasePaper(case=linked, key=result.key, name=result.name, is_required=False, order=AFTER_ALL)
    signed = f", ký {local(result.signed_at):%d/%m/%Y}" if result.signed_at else ""
    number = f" số {result.symbol}" if result.symbol else ""
    paper.note = f"{result.name}{number}{signed}, từ hồ sơ {case.code}"[:300]
    files = attachments(result.subject)
    paper.copies, paper.given_at = max(paper.copies, 1), at
    paper.is_digital = paper.is_digital or bool(files)
    paper.save()
    for one in files:
        attach(one.file, paper.subject, label=one.label, actor=None, at=at, tell=False)
    return f"{result.name}{number}"


def _before_the_desk(linked: Case, *, at: dt.datetime) -> None:
    """Put a case that rested before its holder again; the limit of its step runs from now."""
    if linked.status != Case.Status.NEW or linked.holder_unit is None:
        return
    row = HandOver.objects.select_for_update(of=("self",)).select_related("unit", "post").get(case=linked, left_at=None)
    step = writing.step_of(linked)
    row.due_at = writing.due_of(step, Hands(row.unit, row.post), at)
    row.save(update_fields=["due_at"])
    held = tasks.Held(f"{step.name}: {linked.code} · {linked.abstract}", row.unit, row.post, row.due_at)
    tasks.reroute(linked.subject, held, actor=None, at=at)


def end(case: Case, row: LinkedCase, *, at: dt.datetime) -> None:
    """Tell a linked case that the first ended without what it waited for; what is not open yet is dropped."""
    if row.state == State.WAITING and case.status != Case.Status.HANDED_OVER:
        row.state = State.DROPPED
        row.save(update_fields=["state"])
        return
    if row.linked_id is None or case.status == Case.Status.HANDED_OVER:
        return
    linked = writing.locked(Case(pk=row.linked_id))
    if linked.is_ended:
        return
    if row.needs and row.fed_at is None:
        _before_the_desk(linked, at=at)
    how = case.get_status_display().lower()
    writing.conclude(linked, "first_ended", actor=None, at=at, code=case.code, how=how)
    linked_notices.first_ended(linked, case, at=at)
