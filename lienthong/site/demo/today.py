"""What an office has in hand today: papers at every desk, and what happened to some that were issued."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

from lienthong.kernel.clock import at_local, local_date
from lienthong.organisation.queries.signing import authorities_on
from lienthong.outgoing.operations.commenting import comment
from lienthong.outgoing.operations.drafting import Source
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.operations.reviewing import agree, send_back
from lienthong.site.demo.content import outgoing_file
from lienthong.site.demo.days import Days, Life
from lienthong.site.demo.lives import hand_over, piece_life
from lienthong.site.demo.province import Division, Province
from lienthong.site.demo.sending import (
    intakes_of,
    notice_life,
    paper_life,
    put_before,
    return_life,
    signed,
    waiting_step,
)
from lienthong.site.demo.writing import begin_paper, notice_inside, piece_of


def begin_papers(days: Days, province: Province) -> None:
    """Let every office write what the data name, each at its day before the present."""
    department = province.offices["stttt"]
    for entry in outgoing_file()["pieces"]:
        division = province.offices[entry["from"]].divisions[entry["lead"]]
        days.begin(piece_life(days, piece_of(entry, division, days.rng), division), _ago(days, entry["days_ago"]))
    first = department.divisions["Văn phòng Sở"]
    for entry in outgoing_file()["internal"]:
        days.begin(notice_life(days, notice_inside(entry, first, days.rng), first), _ago(days, entry["days_ago"]))
    for number, entry in enumerate(outgoing_file()["troubled"]):
        division = department.divisions[entry["lead"]]
        days.begin(_troubled_life(days, entry, division), _ago(days, 13 - number))


def leave_in_hand(days: Days, province: Province) -> None:
    """Leave papers at the desks of the department: being written, reviewed, waiting for signature and for issue."""
    department = province.offices["stttt"]
    begun = last_afternoon(days)
    for number, entry in enumerate(outgoing_file()["unfinished"]):
        _leave(entry, department.divisions[entry["lead"]], days.rng, begun + dt.timedelta(minutes=11 * number))


def _leave(entry: dict[str, Any], division: Division, rng: random.Random, at: dt.datetime) -> None:
    """Bring one paper as far as it came."""
    words, stage = outgoing_file()["words"], entry["stage"]
    author, director = division.specialists[entry["who"]], division.office.leaders[0]
    paper = piece_of({**entry, "to": ["ubnd", "skhdt"]}, division, rng)
    draft = begin_paper(paper, rng=rng, actor=author, at=at)
    if stage == "writing":
        return
    authority = next(
        row for row in authorities_on(division.office.unit, local_date(at)) if row.post_id == director.post.pk
    )
    put_before(draft, division, authority, author, at + dt.timedelta(minutes=9))
    if stage == "review":
        return
    comment(draft, text=rng.choice(words["comments"]), line=2, actor=division.head, at=at + dt.timedelta(minutes=15))
    at += dt.timedelta(minutes=20)
    if stage == "sent_back":
        send_back(waiting_step(draft), reason=words["send_back"][0], actor=division.head, at=at)
        return
    agree(waiting_step(draft), opinion=words["agree"][0], actor=division.head, at=at)
    if stage == "signed":
        signed(draft, director, at + dt.timedelta(minutes=12))


def _troubled_life(days: Days, entry: dict[str, Any], division: Division) -> Life:
    """Issue a paper that comes back, is recalled, corrected or replaced some days later."""
    at = yield 0
    office = division.office
    author, paper = division.specialists[0], piece_of({**entry, "to": [entry["to"]]}, division, days.rng)
    document = yield from paper_life(days, paper, division, author, at)
    if entry["after"] == "returned":
        (intake,) = intakes_of(document)
        days.begin(return_life(days, office.neighbours[entry["to"]], intake, entry["reason"]), document.issued_at)
        return
    hand_over(days, document, office)
    at = yield 14
    if entry["after"] == "recalled":
        recall(document, reason=entry["reason"], actor=office.leaders[0], at=at)
        return
    relation, verb, type_code = {
        "corrected": ("corrects", "đính chính", "cong-van"),
        "replaced": ("replaces", "thay thế", entry["type"]),
    }[entry["after"]]
    about = f"{document.document_type.name} số {document.symbol} ngày {document.issue_date:%d/%m/%Y}"
    body = f"Căn cứ {about};\n{office.unit.name} {verb} văn bản nêu trên như sau:\n{entry['reason']}./."
    wording = replace(paper.wording, abstract=f"{verb} {about}", body=body)
    if type_code == "cong-van":
        wording = replace(wording, addressees=(office.neighbours[entry["to"]].unit.name,))
    else:
        wording = replace(wording, abstract=f"{entry['abstract']} ({verb} {document.symbol})", body=paper.wording.body)
    newer = replace(paper, type_code=type_code, wording=wording, sources=[Source(relation, document.subject)])
    second = yield from paper_life(days, newer, division, author, at)
    hand_over(days, second, office)


def last_afternoon(days: Days) -> dt.datetime:
    """Return half past one of the working day before the present."""
    return _ago(days, 1) + dt.timedelta(hours=5, minutes=51)


def _ago(days: Days, number: int) -> dt.datetime:
    """Return the opening of the working day that lies so many days before the present."""
    day = local_date(days.until) - dt.timedelta(days=number)
    while not days.calendar.is_working_day(day):
        day -= dt.timedelta(days=1)
    return at_local(day, dt.time(7, 40))
