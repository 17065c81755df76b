"""What stands in the way of closing a file, and what would mend it (NĐ 30/2020 Điều 29, khoản 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.urls import reverse

from lienthong.documents.models import IncomingDocument
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import OutgoingDocument
from lienthong.tasks.models import Task
from lienthong.tasks.models.task import OPEN
from lienthong.workfiles import fileable
from lienthong.workfiles.models import Filing, WorkFile
from lienthong.workfiles.queries.findings import Finding, of_wholes
from lienthong.workfiles.queries.particulars import blobs_of, now_of
from lienthong.workfiles.queries.record import lines_of, visible
from lienthong.workfiles.retention import rule_on


def filings_of(file: WorkFile) -> list[Filing]:
    """Return what lies in a file, in its order (one query)."""
    rows = file.filings.filter(removed_at=None).select_related("filed_by__officer", "whole")
    return list(rows.order_by("order", "pk"))


def findings(file: WorkFile, *, on: dt.date) -> list[Finding]:
    """Return everything that stands in the way of closing a file, the gravest first."""
    filings = filings_of(file)
    found: list[Finding] = []
    if not filings:
        found.append(Finding("empty", "Hồ sơ chưa có văn bản, tài liệu nào."))
    found += _open_tasks(filings)
    found += [
        Finding("draft", f"Dự thảo phải đưa ra: {_name(one)}.", one, "take_out")
        for one in filings
        if one.subject_kind == "draft"
    ]
    found += _doubles(filings)
    found += _gaps(filings)
    found += _recalled(filings)
    found += of_wholes(filings)
    found += _of_the_file(file, filings, on)
    return found


def for_eyes(found: list[Finding], file: WorkFile, actor: Actor) -> list[Finding]:
    """Return findings as an actor may read them: what they may not see is told by its place in the file."""
    filings = filings_of(file)
    hidden = {line.filing.pk: line.number for line in lines_of(filings, actor) if line.is_hidden}
    tasks = [one.task for one in found if one.task]
    seen = visible(actor, tasks)
    names = {_name(one): f"tài liệu số {hidden[one.pk]}, không thuộc quyền xem" for one in filings if one.pk in hidden}
    told = []
    for one in found:
        message, url = one.message, one.url
        if one.task and one.task not in seen:
            message, url = "Còn việc chưa xong, không thuộc quyền xem. Hãy hỏi người giao việc.", ""
        elif one.filing and (one.filing.pk in hidden or one.code == "double"):
            for name, instead in names.items():
                message = message.replace(name, instead)
        told.append(replace(one, message=message, url=url))
    return told


def last_date(filings: list[Filing]) -> dt.date | None:
    """Return the day of the newest document: what is proposed as the end of the work."""
    return max((one.date for one in filings if one.date), default=None)


def _name(filing: Filing) -> str:
    return f"{filing.symbol} {filing.title}".strip() or "tài liệu chưa có tên"


def _keys(filings: list[Filing], kind: str) -> dict[int, Filing]:
    return {one.subject_id: one for one in filings if one.subject_kind == kind}


def _open_tasks(filings: list[Filing]) -> list[Finding]:
    tasks, incoming = _keys(filings, "task"), _keys(filings, "incoming")
    rows = Task.objects.filter(state__in=OPEN)
    open_ones = list(rows.filter(pk__in=tasks)) + list(
        rows.filter(subject_kind="incoming", subject_id__in=incoming).exclude(pk__in=tasks)
    )
    return [
        Finding(
            "open_task",
            f"Việc chưa xong: {task.title}.",
            tasks.get(task.pk) or incoming.get(task.subject_id),
            url=reverse("tasks:show", args=[task.pk]),
            task=task.subject,
        )
        for task in open_ones
    ]


def _doubles(filings: list[Filing]) -> list[Finding]:
    seen: dict[frozenset[int], Filing] = {}
    found = []
    blobs = blobs_of(filings)
    for one in filings:
        content = frozenset(blobs[one.pk])
        if not content or one.whole_id is not None:  # the same paper may be handed in with two cases
            continue
        if content in seen:
            message = f"Trùng tệp với “{_name(seen[content])}”: {_name(one)}."
            found.append(Finding("double", message, one, "take_out"))
        else:
            seen[content] = one
    return found


def _gaps(filings: list[Filing]) -> list[Finding]:
    found = []
    for one in filings:
        if one.subject_kind == "draft" or one.whole_id is not None:
            continue  # has to go out anyway; the papers of a case are told together
        wanted: dict[str, object] = {"tên": one.title, "ngày": one.date}
        kind = fileable.find(one.subject_kind)
        if kind is None or kind.has_pages:  # a task is no paper: it has no pages
            wanted["số trang"] = one.pages
        missing = [word for word, value in wanted.items() if not value]
        if missing:
            now = now_of(one) if one.subject_kind != "stored_file" else None
            helps = now is not None and bool(
                (now.title and not one.title) or (now.date and not one.date) or (now.pages and not one.pages)
            )
            message = f"Thiếu {', '.join(missing)}: {_name(one)}."
            found.append(Finding("gap", message, one, "refresh" if helps else ""))
    return found


def _recalled(filings: list[Filing]) -> list[Finding]:
    incoming, outgoing = _keys(filings, "incoming"), _keys(filings, "outgoing")
    gone = IncomingDocument.objects.filter(pk__in=incoming, recalled_at__isnull=False).values_list("pk", flat=True)
    ours = OutgoingDocument.objects.filter(pk__in=outgoing, state="recalled").values_list("pk", flat=True)
    rows = [incoming[pk] for pk in gone] + [outgoing[pk] for pk in ours]
    words = "Đã bị thu hồi sau khi đưa vào hồ sơ: {}. Giữ để làm chứng hoặc đưa ra."
    return [Finding("recalled", words.format(_name(one)), one, "take_out", blocks=False) for one in rows]


def _of_the_file(file: WorkFile, filings: list[Filing], on: dt.date) -> list[Finding]:
    found = []
    if file.ended_on is None:
        mend = "end_date" if last_date(filings) else ""
        found.append(Finding("end_date", "Chưa ghi ngày công việc kết thúc.", mend=mend))
    if file.is_construction and file.settled_on is None:
        found.append(Finding("settled_on", "Hồ sơ xây dựng cơ bản chưa ghi ngày quyết toán."))
    if not file.has_retention:
        found.append(Finding("retention_missing", "Chưa có thời hạn bảo quản."))
    elif file.retention_rule and rule_on(file.retention_rule, on) is None:
        found.append(Finding("retention_rule", "Mức thời hạn bảo quản đã chọn không còn áp dụng."))
    elif file.retention_checked_at is None:
        found.append(Finding("retention", f"Soát lại thời hạn bảo quản: {file.maintenance}.", mend="retention"))
    return found
