"""Lists, files and what lies in them for tests, made by calling operations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.kernel.clock import at_local
from lienthong.organisation.actor import Actor
from lienthong.workfiles.models import FilePlan, Heading, PlannedFile, WorkFile
from lienthong.workfiles.operations.closing import close_file, mend
from lienthong.workfiles.operations.files import amend_file, open_planned
from lienthong.workfiles.operations.plans import (
    Retention,
    add_heading,
    approve_plan,
    begin_plan,
    plan_file,
    submit_plan,
)
from lienthong.workfiles.queries.checks import findings
from tests.cast import AT, MONDAY, Cast

TEN_YEARS = Retention(years=10)
FOR_EVER = Retention(is_permanent=True)


def draft_plan(cast: Cast, year: int = 2014) -> tuple[FilePlan, Heading]:
    """A list of the department with one heading and two files, drafted by the clerk."""
    plan = begin_plan(year=year, actor=cast.clerk, at=AT)
    heading = add_heading(plan, abbreviation="CNTT", title="Công nghệ thông tin", actor=cast.clerk, at=AT)
    plan_file(
        heading,
        title="Hồ sơ rà soát đại lý Internet năm 2014",
        retention=TEN_YEARS,
        post=cast.specialist.post,
        actor=cast.clerk,
        at=AT,
    )
    plan_file(heading, title="Kế hoạch, báo cáo năm về CNTT", retention=FOR_EVER, actor=cast.clerk, at=AT)
    return plan, heading


def approved_plan(cast: Cast, year: int = 2014) -> tuple[FilePlan, Heading]:
    """The same, approved by the director."""
    plan, heading = draft_plan(cast, year)
    submit_plan(plan, actor=cast.clerk, at=AT)
    approve_plan(plan, actor=cast.leader, at=AT)
    heading.refresh_from_db()
    return plan, heading


def planned(heading: Heading, number: int = 1) -> PlannedFile:
    """A file that the list foresees."""
    return PlannedFile.objects.select_related("heading").get(heading=heading, number=number)


def open_file(cast: Cast, actor: Actor | None = None) -> WorkFile:
    """A file opened by the specialist from the approved list, since the first of February."""
    _, heading = approved_plan(cast)
    return open_planned(planned(heading), started_on=dt.date(2014, 2, 1), actor=actor or cast.specialist, at=AT)


def said_of(file: WorkFile, **changes: Any) -> dict[str, Any]:
    """What ``amend_file`` is told of a file, changed as told."""
    return {
        "title": file.title,
        "retention": Retention(rule=file.retention_rule, is_permanent=file.is_permanent, years=file.retention_years),
        "access": file.access,
        "started_on": file.started_on,
        "ended_on": file.ended_on,
        **changes,
    }


def closed_file(file: WorkFile, actor: Actor, *, ended_on: dt.date = MONDAY, at: dt.datetime = AT) -> WorkFile:
    """Close a file: say when the work ended, check the retention."""
    file.refresh_from_db()
    if file.ended_on != ended_on:
        amend_file(file, **said_of(file, ended_on=ended_on), actor=actor, at=at)
        file.refresh_from_db()
    if any(one.mend == "retention" for one in findings(file, on=MONDAY)):
        mend(file, "retention", actor=actor, at=at)
    return close_file(file, actor=actor, at=at)


def a_year_later(months: int = 11) -> dt.datetime:
    """A morning so many months after the Monday of the cast."""
    year, month = divmod(MONDAY.month - 1 + months, 12)
    return at_local(dt.date(MONDAY.year + year, month + 1, 20), dt.time(8, 0))
