"""The department's list of files for 2014, and what lies in the files today."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.clock import at_local, local_date
from lienthong.kernel.subjects import is_visible
from lienthong.outgoing.models import DraftSource, OutgoingDocument
from lienthong.site.demo.content import outgoing_file
from lienthong.site.demo.days import Life
from lienthong.site.demo.province import Office, Province
from lienthong.workfiles.models import PlannedFile
from lienthong.workfiles.operations.closing import close_file
from lienthong.workfiles.operations.files import amend_file, open_planned
from lienthong.workfiles.operations.filing import file_subject
from lienthong.workfiles.operations.plans import (
    Retention,
    add_heading,
    approve_plan,
    begin_plan,
    plan_file,
    submit_plan,
)

PLANNED = dt.date(2014, 1, 6)
IN_ONE_FILE = 6


def plan_life(office: Office) -> Life:
    """Let the clerk draft the list of files, and the director approve it."""
    at = yield 0
    clerk = office.clerk
    plan = begin_plan(year=local_date(at).year, actor=clerk, at=at)
    for short, entries in outgoing_file()["files"].items():
        division = office.divisions[short]
        heading = add_heading(
            plan, abbreviation=division.unit.symbol, title=_field(division.unit.name), actor=clerk, at=at
        )
        for place, (title, years) in enumerate(entries):
            kept = Retention(years=years) if years else Retention(is_permanent=True)
            keeper = division.specialists[place % 2].post
            plan_file(heading, title=title, retention=kept, post=keeper, actor=clerk, at=at)
    at = yield 3
    submit_plan(plan, actor=clerk, at=at)
    at = yield 9
    approve_plan(plan, actor=office.leaders[0], at=at)


def put_into_files(province: Province, *, at: dt.datetime) -> None:
    """Open the files of the list, put the newest documents of each unit and what they answer into them, close one."""
    office = province.offices["stttt"]
    file = None
    for short in outgoing_file()["files"]:
        division = office.divisions[short]
        planned = PlannedFile.objects.filter(
            heading__plan__agency=office.unit, heading__plan__year=local_date(at).year, unit=division.unit
        )
        files = [
            open_planned(one, started_on=local_date(at).replace(month=1, day=13), actor=division.head, at=at)
            for one in planned.select_related("heading").order_by("number")
        ]
        keepers = {one.post.pk: one for one in (division.head, *division.specialists)}
        documents = OutgoingDocument.objects.filter(
            unit=division.unit, scope="outgoing", state="published", issue_date__year=local_date(at).year
        )
        for number, document in enumerate(documents.order_by("pk")[: IN_ONE_FILE * len(files)]):
            file = files[number % len(files)]
            answered = document.draft.sources.filter(relation=DraftSource.Relation.ANSWERS)
            subjects = [*(source.subject for source in answered), document.subject]
            for one in [file, *files]:
                keeper = keepers[one.post_id]
                if all(is_visible(keeper, subject) for subject in subjects):
                    for subject in subjects:
                        file_subject(one, subject, actor=keeper, at=at)
                    break
    if file is not None:
        keeper = next(one.head for one in office.divisions.values() if one.unit.pk == file.unit_id)
        amend_file(
            file,
            title=file.title,
            retention=Retention(is_permanent=file.is_permanent, years=file.retention_years),
            started_on=file.started_on,
            ended_on=local_date(at),
            actor=keeper,
            at=at,
        )
        close_file(file, overruling="Việc đã xong; bản giấy lưu tại văn thư", actor=keeper, at=at)


def _field(name: str) -> str:
    """Return the field of a division: the name of a heading."""
    field = name.removeprefix("Phòng ")
    return field[:1].upper() + field[1:]


def plans_at(now: dt.datetime) -> dt.datetime:
    """Return when the list of files is drafted: in the first days of the year, before the present."""
    return min(at_local(PLANNED, dt.time(8, 30)), now - dt.timedelta(days=10))
