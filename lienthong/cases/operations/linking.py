"""Linked cases (liên thông): opened with a case or after it, waiting for it, fed by its results; each counted once.

The first case is held by the caller; the linked ones are locked after it, never the other way round.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from lienthong.cases import following, policies
from lienthong.cases.models import Case, LinkedCase
from lienthong.cases.operations import feeding, writing
from lienthong.cases.operations.receiving import Given, Reception, submit
from lienthong.cases.operations.stepping import act
from lienthong.cases.queries.links import carried, paper_pairs
from lienthong.files.operations.attaching import attach
from lienthong.files.queries import attachments_of
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.procedures.definition import Definition
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.queries import published

State = LinkedCase.State
KEYS = uuid.UUID("6f0d6a52-1f0e-4a53-9d0c-3c1f5c2c9d11")
NOT_DESK = "Chỉ Bộ phận Một cửa đã nhận hồ sơ trước mở hoặc bỏ hồ sơ liên thông."
LONGEST_CHAIN = 5


def declare() -> None:
    """Follow every case: open its links when it is received, feed them by its results, tell them of its end."""
    following.declare("received", open_links)
    following.declare("papers", share_papers)
    following.declare("result", go_on)
    following.declare("done", go_on)
    following.declare("ended", tell_of_end)


def open_links(case: Case, actor: Actor | None, at: dt.datetime) -> None:
    """Note what the procedure links to a case that is received, and open what opens with it.

    No query without links. What cannot be opened yet (something is still to be said, nobody is competent) waits, and
    the timeline says why; the desk opens it with ``open_linked``.
    """
    definition = case.version.definition
    if not definition.links:
        return
    above = _procedures_above(case)
    for link in definition.links_for(case.values, _facts(case)):
        if link.procedure in above:
            continue
        row, is_new = LinkedCase.objects.get_or_create(
            case=case,
            procedure_code=link.procedure,
            defaults={"name": link.name[:300], "opens": link.opens, "needs": list(link.needs)},
        )
        if is_new and link.opens == "with":
            _try(case, row, actor=actor, at=at)


def _procedures_above(case: Case) -> set[str]:
    """Return the procedures of a case and of those that opened it, so that no circle of links is walked twice."""
    found, pk = {case.version.definition.code}, case.pk
    for _ in range(LONGEST_CHAIN):
        row = LinkedCase.objects.filter(linked=pk).values_list("case", "case__procedure__code").first()
        if row is None:
            break
        pk, code = row
        found.add(code)
    return found


def _facts(case: Case) -> dict[str, str]:
    return {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}


def _try(case: Case, row: LinkedCase, *, actor: Actor | None, at: dt.datetime) -> None:
    """Open a linked case if it can be opened as it stands; else it waits, and the timeline says why."""
    try:
        with transaction.atomic():
            _open(case, row, {}, {}, actor=actor, at=at)
    except Refusal as refused:
        told = {"name": row.name, "why": str(refused)}
        record(case.subject, "case.link_waits", actor=None, at=at, particulars=told)


@transaction.atomic
def open_linked(
    link: LinkedCase,
    *,
    values: Mapping[str, Any] | None = None,
    papers: Mapping[str, Given] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Case:
    """Open a linked case that waits, with what was still to be said; what the first says is carried over.

    Refuses: who is not at the desk of the first; what was opened or dropped already; one that opens after the first,
    before the first is done; a form that is not right (``Incomplete``).
    """
    case = writing.locked(link.case)
    if not policies.at_the_desk(actor, case):
        raise Forbidden(NOT_DESK)
    row = LinkedCase.objects.select_for_update().get(pk=link.pk)
    if row.state != State.WAITING:
        raise Refusal("Hồ sơ liên thông này đã mở hoặc đã bỏ. Tải lại trang.")
    if row.opens == "after" and case.finished_at is None:
        raise Refusal(f"“{row.name}” chỉ mở khi hồ sơ {case.code} đã xử lý xong.")
    linked = _open(case, row, values or {}, papers or {}, actor=actor, at=at)
    feeding.feed(case, row, at=at)
    linked.refresh_from_db()
    return linked


@transaction.atomic
def drop_link(link: LinkedCase, *, reason: str, actor: Actor, at: dt.datetime) -> LinkedCase:
    """Say that the applicant does not want a linked case that is not open yet. Refuses without a reason."""
    case = writing.locked(link.case)
    if not policies.at_the_desk(actor, case):
        raise Forbidden(NOT_DESK)
    row = LinkedCase.objects.select_for_update().get(pk=link.pk)
    if row.state != State.WAITING:
        raise Refusal("Hồ sơ liên thông này đã mở hoặc đã bỏ. Tải lại trang.")
    said = writing.said_why(reason)
    row.state = State.DROPPED
    row.save(update_fields=["state"])
    writing.conclude(case, "link_dropped", actor=actor, at=at, name=row.name, reason=said)
    return row


def _open(
    case: Case,
    row: LinkedCase,
    values: Mapping[str, Any],
    papers: Mapping[str, Given],
    *,
    actor: Actor | None,
    at: dt.datetime,
) -> Case:
    """Let the linked case come before the same desk; received at once where nothing of it is waited for."""
    version = published(row.procedure_code, local_date(at))
    if version is None:
        raise Refusal(f"Thủ tục {row.procedure_code} “{row.name}” không áp dụng vào ngày này.")
    shared = _shared_papers(case, version.definition)
    said = {**carried(case, version.definition), **values}
    given = {**{key: mark for key, (_, mark) in shared.items()}, **papers}
    linked = submit(_reception(case, row, version, said, given), actor=None, at=at)
    row.linked, row.state = linked, State.OPENED
    row.save(update_fields=["linked", "state"])
    _share_files({key: source for key, (source, _) in shared.items()}, linked, at=at)
    told = {"name": row.name, "code": linked.code}
    record(case.subject, "case.link_opened", actor=actor, at=at, particulars=told)
    record(linked.subject, "case.opened_by_link", actor=actor, at=at, particulars={"code": case.code})
    if row.needs:
        writing.rest(linked, at=at)
    elif actor is not None:
        _accept(linked, actor=actor, at=at)
    return linked


def _reception(
    case: Case, row: LinkedCase, version: ProcedureVersion, values: Mapping[str, Any], papers: Mapping[str, Given]
) -> Reception:  # fmt: skip
    return Reception(
        version=version,
        applicant=case.applicant,
        submitter=case.submitter,
        desk=case.receiving_unit,
        key=uuid.uuid5(KEYS, f"{case.pk}:{row.procedure_code}"),
        values=values,
        papers=papers,
        channel=case.channel,
        phone=case.contact_phone,
        email=case.contact_email,
        return_way=case.return_way,
        return_address=case.return_address,
    )


def _shared_papers(case: Case, to: Definition) -> dict[str, tuple[int, Given]]:
    """Return which papers of the first serve the linked case too: the key of the row, and how it counts there."""
    pairs = paper_pairs(case, list(to.components))
    rows = {row.key: row for row in case.papers.filter(key__in=set(pairs.values()), given_at__isnull=False)}
    note = f"Dùng chung với hồ sơ {case.code}"
    return {
        key: (rows[source].pk, Given(copies=1, is_digital=rows[source].is_digital, note=note))
        for key, source in pairs.items()
        if source in rows
    }


def _share_files(sources: Mapping[str, int], linked: Case, *, at: dt.datetime) -> None:
    files = attachments_of("case_paper", sources.values()) if sources else {}
    if not files:
        return
    for paper in linked.papers.filter(key__in=sources):
        found = files.get(sources[paper.key], [])
        if found and not paper.is_digital:
            paper.is_digital = True
            paper.save(update_fields=["is_digital"])
        for one in found:
            attach(one.file, paper.subject, label=one.label, actor=None, at=at, tell=False)


def share_papers(case: Case, actor: Actor | None, at: dt.datetime) -> None:  # noqa: ARG001 - as every follower
    """Let the files that came with a case lie with what it opened too: at the counter they come after it."""
    if not case.version.definition.links:
        return
    rows = case.links.filter(state=State.OPENED).select_related("linked__version__procedure__sector")
    for linked in (row.linked for row in rows if row.linked is not None):
        shared = _shared_papers(case, linked.version.definition)
        _share_files({key: source for key, (source, _) in shared.items()}, linked, at=at)


def _accept(linked: Case, *, actor: Actor, at: dt.datetime) -> None:
    """Receive what is whole already; what lacks a paper stays before the desk."""
    try:
        with transaction.atomic():
            act(linked, "accept", actor=actor, at=at)
    except Refusal:
        return


def go_on(case: Case, actor: Actor | None, at: dt.datetime) -> None:
    """Once a case is done: open what opens after it, and feed its results to what waits for them."""
    if case.finished_at is None or not case.version.definition.links:
        return
    for row in case.links.select_for_update().exclude(state=State.DROPPED).order_by("pk"):
        if row.state == State.WAITING and row.opens == "after":
            _try(case, row, actor=actor, at=at)
        feeding.feed(case, row, at=at)


def tell_of_end(case: Case, actor: Actor | None, at: dt.datetime) -> None:
    """When a case ends: after a hand-over what waits is fed; otherwise what waits is dropped, and the others told."""
    if not case.version.definition.links:
        return
    if case.status == Case.Status.HANDED_OVER:
        go_on(case, actor, at)
    for row in case.links.select_for_update(of=("self",)).select_related("linked").order_by("pk"):
        feeding.end(case, row, at=at)
