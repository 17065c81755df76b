"""The whole demo: found the province, let its desks live from March 2013, its offices from November, to the present."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from django.db import connection, transaction

from lienthong.calendars.queries import working_calendar
from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import InstructionTemplate, StandingRule
from lienthong.documents.operations.settings import keep_rule, keep_template
from lienthong.kernel.clock import at_local, local_date
from lienthong.notifications.models import Notice
from lienthong.notifications.operations import mark_all_read, note_left
from lienthong.organisation.operations import record_absence
from lienthong.site.demo.archive import archive_a_year
from lienthong.site.demo.cases import begin_cases
from lienthong.site.demo.content import documents_file
from lienthong.site.demo.days import Days
from lienthong.site.demo.desks import found_desks
from lienthong.site.demo.filing import plan_life, plans_at, put_into_files
from lienthong.site.demo.halls import open_halls
from lienthong.site.demo.lives import document_life, letters_of
from lienthong.site.demo.online import begin_online
from lienthong.site.demo.papers import lay_at_the_counter, waiting_letters
from lienthong.site.demo.programme import programme_life
from lienthong.site.demo.province import Founder, Office, Province
from lienthong.site.demo.today import begin_papers, last_afternoon, leave_in_hand
from lienthong.site.demo.waiting import begin_waiting

CASES_BEGINNING = dt.date(2013, 3, 18)
BEGINNING = dt.date(2013, 11, 4)
PRESENT = dt.date(2014, 3, 19)
Tell = Callable[[str], None]


def shift_for(today: dt.date) -> int:
    """Return by how many days the demo's clock runs behind: whole weeks, so that the weekday stays the real one."""
    return -7 * round((today - PRESENT).days / 7)


@transaction.atomic
def build(*, now: dt.datetime, tell: Tell) -> Province:
    """Build the demo up to ``now`` (the demo's present, UTC); everything in one transaction, so all or nothing."""
    rng = random.Random(2014)  # noqa: S311 - invented data, the same every time
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    tell("Lập đơn vị, cán bộ, chức vụ")
    founder = Founder(rng, start=CASES_BEGINNING)
    province = founder.found()
    counters = found_desks(founder)
    days = Days(working_calendar(None, BEGINNING), rng, until=now)
    types = {row.name: row for row in DocumentType.objects.in_force(PRESENT)}
    prepare_routing(province.offices["stttt"])
    for decision in documents_file()["decisions"]:
        days.begin(programme_life(days, province, decision, types), at_local(decision["date"], dt.time(9)))
    letters = 0
    for offset in range((local_date(now) - BEGINNING).days + 1):
        day = BEGINNING + dt.timedelta(days=offset)
        if not days.calendar.is_working_day(day):
            continue
        for stream in documents_file()["streams"]:
            office = province.offices[stream["where"]]
            for letter in letters_of(stream, rng, day, types):
                minute = rng.randrange(15, 500)
                days.begin(
                    document_life(days, office, letter), at_local(day, dt.time(7)) + dt.timedelta(minutes=minute)
                )
                letters += 1
    begin_papers(days, province)
    days.begin(plan_life(province.offices["stttt"]), plans_at(now))
    town, cases = begin_cases(days, counters, founder.names, since=CASES_BEGINNING)
    cases += begin_waiting(town) + begin_online(town)
    tell(f"Diễn lại {letters} văn bản, {cases} hồ sơ một cửa và việc phát sinh")
    days.play(lambda steps: tell(f"… {steps} bước") if steps % 500 == 0 else None)
    archive_a_year(province.offices["stttt"], at=last_afternoon(days))
    put_into_files(province, at=last_afternoon(days))
    read_notices(province, now)
    note_left(before=now)
    leave_in_hand(days, province)
    take_leave(province, now)
    lay_at_the_counter(province.offices["stttt"], waiting_letters(local_date(now)), rng=rng, at=now)
    open_halls(days, counters)
    return province


def prepare_routing(office: Office) -> None:
    """Give the department two instruction templates and a standing rule."""
    leader, at = office.leaders[0], at_local(BEGINNING, dt.time(7, 30))
    for name, short, working_days in (("Giao Phòng CNTT", "Phòng CNTT", 5), ("Giao Phòng BCVT", "Phòng BCVT", 7)):
        template = InstructionTemplate(
            name=name,
            text=f"Giao {short} chủ trì tham mưu, báo cáo kết quả.",
            lead_unit=office.divisions[short].unit,
            working_days=working_days,
        )
        keep_template(template, actor=leader, at=at)
    rule = StandingRule(
        name="Thư điện tử công vụ giao Trung tâm",
        authority=leader.post,
        abstract_words="thư điện tử công vụ",
        lead_unit=office.divisions["TT CNTT&TT"].unit,
        instruction="Trung tâm giải quyết theo thẩm quyền.",
        working_days=3,
        valid_from=BEGINNING,
    )
    keep_rule(rule, actor=leader, at=at)


def take_leave(province: Province, now: dt.datetime) -> None:
    """Send one specialist on leave this week; a colleague of the division stands in."""
    on = local_date(now)
    monday = on - dt.timedelta(days=on.weekday())
    away, stands_in = province.offices["stttt"].divisions["Phòng CNTT"].specialists
    record_absence(
        away.post,
        substitute=stands_in.post,
        valid_from=monday,
        valid_to=monday + dt.timedelta(days=14),
        reason="Nghỉ phép năm",
        actor=None,
        at=now,
    )


def read_notices(province: Province, now: dt.datetime) -> None:
    """Let everybody have read what was told them until two days ago."""
    last = Notice.objects.filter(created_at__lt=now - dt.timedelta(days=2)).order_by("-pk").first()
    if last is None:
        return
    for actor in province.people:
        mark_all_read(actor, at=now, until=last.pk)
