"""What goes wrong around a case: files gone, versions and holidays that change, midnight, long names, lapsed rights."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from lienthong.calendars.models import Recomputation, WorkCalendar
from lienthong.calendars.operations.versions import draft as draft_calendar
from lienthong.calendars.operations.versions import publish as publish_calendar
from lienthong.calendars.operations.versions import recompute_all, set_day
from lienthong.cases import operations
from lienthong.cases.models import Case, CaseReader, IssuedPaper
from lienthong.cases.operations import Given
from lienthong.cases.operations.issuing import issue
from lienthong.cases.operations.papers import attach_papers
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import BIRTH, VALUES, a_case, citizen, reception, version
from lienthong.cases.tests.test_pages import FILLED
from lienthong.cases.tests.test_stories import a_house, on, said
from lienthong.files.operations import receive as receive_file
from lienthong.kernel import clock
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.operations import record_absence
from lienthong.organisation.queries import actors_of
from lienthong.procedures.operations import copy, publish, redraft
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_the_record_of_a_case_stands_when_the_bytes_of_its_paper_are_gone(
    desk: Client, cast: Cast, data_directory: Path
) -> None:
    case = a_case(cast)
    officer = cast.commune_desk_officer
    file = receive_file(ContentFile(b"Noi dung to khai"), name="to-khai.txt", actor=officer, at=AT)
    attach_papers(case, {"to_khai": [file]}, actor=officer, at=AT)
    for one in (data_directory / "files").rglob("*"):
        if one.is_file():
            one.unlink()
    page = desk.get(reverse("cases:show", args=[case.pk]))
    assert page.status_code == 200
    assert "to-khai.txt" in page.content.decode()
    gone = desk.get(reverse("files:download", args=[file.pk]))
    assert gone.status_code == 409
    assert "không còn trong kho" in gone.content.decode()
    assert operations.act(case, "propose", actor=cast.registrar, at=AT).step == "ky"


def _newer(cast: Cast) -> None:
    """Publish a version of the birth that asks for one thing more, from Tuesday on."""
    row = copy(version(), valid_from=MONDAY + DAY, actor=cast.administrator, at=AT)
    text = row.text.replace('key = "noi_sinh"', 'key = "noi_sinh_moi"', 1)
    text = text.replace("valid_from = 2014-03-11", "valid_from = 2014-03-11\nvalid_to = 2025-07-01", 1)
    publish(redraft(row, text, actor=cast.administrator, at=AT), actor=cast.administrator, at=AT)


def test_a_version_that_comes_into_force_under_a_half_filled_form_is_said_and_nothing_is_lost(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = desk.get(reverse("cases:new", args=[BIRTH])).content.decode()
    assert f'name="version" value="{version().pk}"' in shown
    said_there = {**FILLED, "version": version().pk, "key": str(uuid.uuid4()), "do": "receive"}
    said_there["applicant"] = citizen(cast.commune_desk_officer).pk
    _newer(cast)
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)
    answer = desk.post(reverse("cases:new", args=[BIRTH]), said_there)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Thủ tục vừa có phiên bản mới" in page
    assert "Trần Minh Khang" in page
    assert not Case.objects.exists()
    fresh = {**said_there, "version": version(on=MONDAY + DAY).pk, "noi_sinh_moi": "Bệnh viện tỉnh"}
    assert desk.post(reverse("cases:new", args=[BIRTH]), fresh).status_code == 302
    assert Case.objects.get().version.number == version(on=MONDAY + DAY).number


def test_a_case_goes_on_under_the_version_under_which_it_was_received(cast: Cast) -> None:
    case = a_case(cast)
    _newer(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT + 2 * DAY)
    case.refresh_from_db()
    assert (case.version.number, case.values["noi_sinh"]) == (version().number, VALUES["noi_sinh"])


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        ("10/03/2014 10:00", "17:00 10/03/2014"),
        ("10/03/2014 16:59", "17:00 10/03/2014"),
        ("10/03/2014 23:59", "17:00 11/03/2014"),
        ("14/03/2014 20:00", "17:00 17/03/2014"),
        ("15/03/2014 09:00", "17:00 17/03/2014"),
    ],
)
def test_a_limit_of_nought_is_the_day_itself_or_the_next_that_is_worked(
    cast: Cast, received: str, promised: str
) -> None:
    case = a_case(cast, at=on(*received.split()))
    assert said(case.promised_at) == promised
    assert case.due_at is not None
    assert case.due_at > on(*received.split())


@pytest.mark.parametrize("letter", ["Ễ", "ß", "İ", "ﬃ"])
def test_a_name_of_three_hundred_letters_is_received_and_one_more_is_refused(cast: Cast, letter: str) -> None:
    applicant = citizen(cast.commune_desk_officer, name=letter * 300)
    case = a_case(cast, applicant=applicant)
    assert (len(case.applicant.name), len(case.abstract) <= 500) == (300, True)
    assert issue(case, IssuedPaper.Form.RECEIPT, actor=cast.commune_desk_officer, at=AT) is not None
    with pytest.raises(Refusal, match="dài quá 300 ký tự"):
        citizen(cast.commune_desk_officer, name=letter * 301, number="260123457")


def test_the_number_of_the_day_begins_anew_at_midnight_here_and_not_at_greenwich(cast: Cast) -> None:
    applicant = citizen(cast.commune_desk_officer)
    moments = ("10/03/2014 06:59", "10/03/2014 07:01", "10/03/2014 23:59", "11/03/2014 00:00")
    codes = [a_case(cast, applicant=applicant, at=on(*moment.split())).code[-11:] for moment in moments]
    assert codes == ["140310-0001", "140310-0002", "140310-0003", "140311-0001"]
    last = at_local(MONDAY, dt.time(23, 59, 59, 999_999))
    assert a_case(cast, applicant=applicant, at=last).code.endswith("140310-0004")
    assert differences() == []


def _holiday(cast: Cast, day: dt.date) -> list[Recomputation]:
    calendar = WorkCalendar.objects.get(unit=None)
    row = draft_calendar(calendar, actor=cast.administrator, at=AT)
    paper = "Thông báo nghỉ bù"
    set_day(row, date=day, kind="holiday", name="Nghỉ bù", source=paper, actor=cast.administrator, at=AT)
    runs = publish_calendar(row, decision=paper, actor=cast.administrator, at=AT)
    return [recompute_all(run, at=AT) for run in runs]


def test_a_holiday_that_is_declared_later_moves_the_running_cases_and_says_which(cast: Cast) -> None:
    done = a_case(cast)
    running, again = (a_house(cast, on("10/03/2014"), applicant=done.applicant) for _ in range(2))
    operations.act(again, "forward", actor=cast.commune_leader, at=AT)
    operations.apologise(again, reason="Đo lại", until=dt.date(2014, 3, 28), actor=cast.works_head, at=on("11/03/2014"))
    operations.act(done, "propose", actor=cast.registrar, at=AT)
    operations.act(done, "sign", actor=cast.commune_leader, at=AT)
    assert said(running.promised_at) == "17:00 24/03/2014"
    runs = _holiday(cast, dt.date(2014, 3, 17))
    for case in (running, done, again):
        case.refresh_from_db()
    assert [said(one) for one in (running.due_at, running.promised_at)] == ["17:00 25/03/2014"] * 2
    assert [said(one) for one in (again.due_at, again.promised_at)] == ["17:00 25/03/2014", "17:00 28/03/2014"]
    assert said(done.promised_at) == "17:00 10/03/2014"
    assert set(CaseReader.objects.filter(case=running).values_list("due_at", flat=True)) == {running.due_at}
    moved = {(move.deadline.subject_id, said(move.new_due_at)) for run in runs for move in run.moves.all()}
    assert moved == {(running.pk, "17:00 25/03/2014"), (again.pk, "17:00 25/03/2014")}
    assert differences() == []


def test_who_stood_in_yesterday_does_nothing_today(client: Client, cast: Cast, login: Login, on_monday: None) -> None:
    case = a_case(cast)
    record_absence(
        cast.registrar.post, substitute=cast.commune_clerk.post, valid_from=MONDAY - 5 * DAY, valid_to=MONDAY,
        actor=None, at=AT,
    )  # fmt: skip
    before = [one for one in actors_of(cast.commune_clerk.officer.pk, on=MONDAY - DAY) if one.is_substitute]
    assert [one.post for one in before] == [cast.registrar.post]
    assert not any(one.is_substitute for one in actors_of(cast.commune_clerk.officer.pk, on=MONDAY))
    lapsed = login(client, before[0])
    answer = lapsed.post(reverse("cases:move", args=[case.pk, "propose"]), {"to": "ky", "step": "xu_ly"}, follow=True)
    case.refresh_from_db()
    assert case.step == "xu_ly"
    assert answer.status_code in {200, 403, 404}


def test_a_paper_nobody_asked_for_and_a_count_that_cannot_be_are_refused(cast: Cast) -> None:
    handed = reception(cast)
    case = operations.submit(replace(handed, papers={"la": Given(1)}), actor=cast.commune_desk_officer, at=AT)
    assert not case.papers.filter(key="la").exists()
    told: dict[str, Any] = {"actor": cast.commune_desk_officer, "at": AT}
    operations.request_supplement(case, papers={"to_khai": "Thiếu"}, **told)
    with pytest.raises(Refusal, match="không thuộc hồ sơ này"):
        operations.supply(case, papers={"la": Given(1)}, **told)
