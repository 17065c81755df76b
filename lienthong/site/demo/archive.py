"""The files of 2012: kept by the list of that year, closed, handed to the department's archive, two of them again."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from lienthong.documents.particulars import Particulars
from lienthong.kernel.clock import at_local
from lienthong.site.demo.content import outgoing_file
from lienthong.site.demo.papers import letter_file
from lienthong.site.demo.province import Division, Office
from lienthong.workfiles.models import PlannedFile, WorkFile
from lienthong.workfiles.operations.closing import close_file, mend
from lienthong.workfiles.operations.files import amend_file, open_planned
from lienthong.workfiles.operations.filing import describe_filing, file_upload
from lienthong.workfiles.operations.handing_over import decide, hand_over, remind_due
from lienthong.workfiles.operations.plans import (
    Retention,
    add_heading,
    approve_plan,
    begin_plan,
    plan_file,
    submit_plan,
)
from lienthong.workfiles.queries.checks import findings

YEAR = 2012
ENDED = dt.date(2012, 12, 28)
LISTED, KEPT = dt.date(2013, 11, 18), dt.date(2013, 11, 25)
GIVEN, DECIDED = dt.date(2014, 2, 11), dt.date(2014, 2, 13)
WHY_BACK = "Báo cáo tổng kết chưa có trong hồ sơ, mục lục ghi thiếu. Bổ sung rồi giao lại."


def archive_a_year(office: Office, *, at: dt.datetime) -> None:
    """Let the divisions hand over their files of 2012: one hand-over decided in February, one waiting since ``at``."""
    rng = random.Random(YEAR)  # noqa: S311 - invented data; of its own, so that the rest of the demo stays as it is
    planned = _listed(office)
    files = [_kept(one, office.divisions[entry["unit"]], entry, rng) for one, entry in planned]
    remind_due(at=_morning(dt.date(2013, 12, 9)))
    first, second = (_of(files, office.divisions[short]) for short in ("Phòng CNTT", "Phòng BCVT"))
    head = office.divisions["Phòng CNTT"].head
    given = hand_over(first, note="Hồ sơ năm 2012 của phòng", actor=head, at=_morning(GIVEN))
    decide(given, returned={first[-1].pk: WHY_BACK}, actor=office.clerk, at=_morning(DECIDED))
    hand_over(second, note="Hồ sơ năm 2012 của phòng", actor=office.divisions["Phòng BCVT"].head, at=at)


def _listed(office: Office) -> list[tuple[PlannedFile, dict[str, Any]]]:
    at, clerk = _morning(LISTED), office.clerk
    plan = begin_plan(year=YEAR, actor=clerk, at=at)
    entries = outgoing_file()["archive"]
    headings = {
        short: add_heading(
            plan,
            abbreviation=office.divisions[short].unit.symbol,
            title=office.divisions[short].unit.name.split(maxsplit=1)[1],
            actor=clerk,
            at=at,
        )
        for short in dict.fromkeys(entry["unit"] for entry in entries)
    }
    rows = [
        plan_file(
            headings[entry["unit"]],
            title=entry["title"],
            retention=_retention(entry["years"]),
            post=office.divisions[entry["unit"]].specialists[0].post,
            actor=clerk,
            at=at,
        )
        for entry in entries
    ]
    submit_plan(plan, actor=clerk, at=at)
    approve_plan(plan, actor=office.leaders[0], at=_morning(LISTED + dt.timedelta(days=1)))
    return list(zip(rows, entries, strict=True))


def _kept(planned: PlannedFile, division: Division, entry: dict[str, Any], rng: random.Random) -> WorkFile:
    """Open a file, put its papers in, say when its work ended, check it and close it."""
    at, keeper = _morning(KEPT), division.specialists[0]
    file = open_planned(planned, started_on=entry["papers"][0][1], actor=keeper, at=at)
    for symbol, date, issuer, abstract in entry["papers"]:
        letter = Particulars(symbol=symbol, issuer=issuer, document_date=date, abstract=abstract)
        filing = file_upload(file, letter_file(letter, rng=rng, actor=keeper, at=at), actor=keeper, at=at)
        title = abstract if not abstract.startswith("V/v ") else f"Công văn {abstract}"
        describe_filing(
            filing, symbol=symbol, title=title, issuer=issuer, date=date, pages=filing.pages, actor=keeper, at=at
        )
    amend_file(
        file,
        title=file.title,
        retention=_retention(entry["years"]),
        started_on=file.started_on,
        ended_on=ENDED,
        actor=keeper,
        at=at,
    )
    file.refresh_from_db()
    for one in findings(file, on=KEPT):
        if one.mend:
            mend(file, one.mend, one.filing, actor=keeper, at=at)
    return close_file(file, actor=keeper, at=at)


def _of(files: list[WorkFile], division: Division) -> list[WorkFile]:
    return [file for file in files if file.unit_id == division.unit.pk]


def _retention(years: int) -> Retention:
    return Retention(years=years) if years else Retention(is_permanent=True)


def _morning(day: dt.date) -> dt.datetime:
    return at_local(day, dt.time(8, 40))
