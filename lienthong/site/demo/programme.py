"""The decision of the year: eight tasks for one department, broken down to its divisions."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from typing import Any

from lienthong.catalogue.models import DocumentType
from lienthong.documents.operations.registration import register
from lienthong.documents.operations.routing import file_away
from lienthong.documents.particulars import Particulars
from lienthong.organisation.actor import Actor
from lienthong.site.demo.days import Days, Life
from lienthong.site.demo.lives import sentence, task_life
from lienthong.site.demo.province import Division, Office, Province
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item, accept, finish, pass_on, report, verify
from lienthong.tasks.operations.programmes import add_tasks, create_programme


def programme_life(days: Days, province: Province, decision: dict[str, Any], types: dict[str, DocumentType]) -> Life:
    """Make the chairman's programme from the decision; the department receives it and breaks it down."""
    at = yield 0
    chairman = province.offices["ubnd"].leaders[0]
    department = province.offices["stttt"]
    named = f"{decision['symbol']} ngày {decision['date']:%d/%m/%Y}"
    programme = create_programme(
        title=sentence(decision["abstract"].removeprefix("Về việc ")),
        year=decision["date"].year,
        source_text=named,
        actor=chairman,
        at=at,
    )
    items = [
        Item(
            title=title,
            lead_unit=department.unit,
            due=Due.on(dt.date.fromisoformat(due)) if due else Due.ongoing(),
            product=product,
        )
        for title, _division, due, product in decision["tasks"]
    ]
    tasks = add_tasks(programme, items, key=_key(days.rng), actor=chairman, at=at)
    at = yield 9
    _receive(department, decision, types, at, _key(days.rng))
    for task, (_title, division, _due, _product) in zip(tasks, decision["tasks"], strict=True):
        days.begin(_broken_down(days, task, department, department.divisions[division], chairman), at)


def _broken_down(days: Days, task: Task, department: Office, division: Division, chairman: Actor) -> Life:
    """The director accepts a task, gives a part to a division, and answers for the whole when the part is done."""
    at = yield 0
    director = department.leaders[0]
    at = yield 2
    accept(task, actor=director, at=at)
    at = yield 3
    part = pass_on(task, to=division.unit, as_part=True, instruction="Chủ trì thực hiện", actor=director, at=at)
    at = yield 4
    if part.due_at is None:
        accept(part, actor=division.head, at=at)
        for percent in (10, 20, 25):
            at = yield 120
            report(part, text="Báo cáo định kỳ", percent=percent, actor=division.head, at=at)
        return
    yield from task_life(days, part, None, division, director, at)
    at = yield 8
    part.refresh_from_db()
    late = bool(part.is_late)
    finish(task, text="Đã hoàn thành", delay_reason="Đơn vị thực hiện chậm" if late else "", actor=director, at=at)
    at = yield 16
    verify(task, actor=chairman, at=at)


def _receive(
    department: Office, decision: dict[str, Any], types: dict[str, DocumentType], at: dt.datetime, key: uuid.UUID
) -> None:
    particulars = Particulars(
        symbol=decision["symbol"],
        issuer=decision["issuer"],
        document_date=decision["date"],
        document_type=types.get(decision["kind"]),
        abstract=decision["abstract"],
        pages=14,
    )
    document = register(department.book, particulars, request_key=key, actor=department.clerk, at=at)
    file_away(document, reason="Theo dõi trong chương trình nhiệm vụ", actor=department.clerk, at=at)


def _key(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
