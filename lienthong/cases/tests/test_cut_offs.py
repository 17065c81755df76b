"""What is handed in outside the hours, or after the desk's last hour, counts from the next opening, and says so."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.calendars.models import Deadline
from lienthong.calendars.queries import explain
from lienthong.calendars.working_time import Calendar
from lienthong.cases import cut_offs, operations
from lienthong.cases.cut_offs import counted_from, counting_said, cut_off_on, read_cut_off, received_on
from lienthong.cases.letters import counting_of
from lienthong.cases.models import Case
from lienthong.cases.tests.builders import reception
from lienthong.kernel.clock import at_local, local
from lienthong.notifications.models import Delivery
from tests.cast import Cast

OFFICE = Calendar()
FRIDAY, MONDAY, TUESDAY = dt.date(2014, 3, 7), dt.date(2014, 3, 10), dt.date(2014, 3, 11)


def moment(day: dt.date, text: str) -> dt.datetime:
    return at_local(day, dt.time.fromisoformat(text))


def said(at: dt.datetime | None) -> str:
    assert at is not None
    return f"{local(at):%H:%M %d/%m}"


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing more be received online after 16:00."""
    raw = {"channels": ["online"], "hour": dt.time(16), "valid_from": FRIDAY, "source": "Thử", "verified": False}
    monkeypatch.setattr(cut_offs, "_rules", lambda: (read_cut_off(raw),))


@pytest.mark.parametrize(
    ("day", "hour", "counted"),
    [
        (FRIDAY, "10:00", "10:00 07/03"),
        (FRIDAY, "12:00", "13:30 07/03"),
        (FRIDAY, "15:59", "15:59 07/03"),
        (FRIDAY, "16:00", "07:00 10/03"),
        (FRIDAY, "20:15", "07:00 10/03"),
        (dt.date(2014, 3, 8), "17:30", "07:00 10/03"),
        (MONDAY, "05:00", "07:00 10/03"),
    ],
)
def test_from_when_it_counts(early: None, day: dt.date, hour: str, counted: str) -> None:
    assert said(counted_from(OFFICE, moment(day, hour), "online")) == counted


def test_it_is_said_plainly_why(early: None) -> None:
    night, afternoon = moment(FRIDAY, "20:15"), moment(FRIDAY, "16:30")
    words = "Nộp lúc 20:15 thứ Sáu 07/03/2014, ngoài giờ làm việc, nên tính từ 07:00 thứ Hai 10/03/2014."
    assert counting_said(OFFICE, night, "online") == words
    assert "sau giờ cuối nhận hồ sơ trong ngày (16:00)" in counting_said(OFFICE, afternoon, "online")
    assert counting_said(OFFICE, moment(FRIDAY, "09:00"), "online") == ""
    assert counting_said(OFFICE, afternoon, "counter") == ""


def test_a_desk_that_takes_longer_harms_nobody(early: None) -> None:
    assert received_on(OFFICE, moment(FRIDAY, "09:00"), moment(FRIDAY, "16:45"), "online") is None
    assert received_on(OFFICE, moment(FRIDAY, "16:20"), moment(FRIDAY, "16:45"), "online") == MONDAY
    assert received_on(OFFICE, moment(FRIDAY, "16:20"), moment(MONDAY, "08:00"), "online") is None


@given(st.integers(0, 7 * 24 * 60))
def test_it_never_counts_before_it_was_handed_in_and_only_while_the_office_is_open(minutes: int) -> None:
    at = moment(FRIDAY, "00:00") + dt.timedelta(minutes=minutes)
    counted = counted_from(OFFICE, at, "online")
    assert counted >= at
    assert OFFICE.is_open(local(counted).replace(tzinfo=None))


def test_each_day_has_its_rule_and_a_wrong_hour_is_a_fault() -> None:
    assert cut_off_on(MONDAY, "online") == dt.time(17)
    assert cut_off_on(MONDAY, "counter") is None
    with pytest.raises(TypeError, match="hour phải là giờ"):
        read_cut_off({"hour": "16:00", "channels": [], "valid_from": MONDAY, "source": "", "verified": False})


@pytest.mark.django_db
def test_letter_and_page_say_from_when_until_the_desk_takes_it_in(cast: Cast) -> None:
    night = moment(FRIDAY, "20:15")
    case = operations.submit(reception(cast, channel="online"), actor=None, at=night)
    letter = Delivery.objects.get(subject_id=case.pk, channel="sms")
    assert "Nộp lúc 20:15 thứ Sáu 07/03/2014" in letter.text
    assert counting_of(case).endswith("nên tính từ 07:00 thứ Hai 10/03/2014.")
    operations.act(case, "accept", actor=cast.commune_desk_officer, at=moment(MONDAY, "08:00"))
    assert counting_of(Case.objects.get()) == ""
    other = operations.submit(
        replace(reception(cast, applicant=case.applicant, channel="online"), key=uuid.uuid4()), actor=None,
        at=moment(MONDAY, "09:00"),
    )  # fmt: skip
    assert counting_of(other) == ""


@pytest.mark.django_db
def test_the_appointment_counts_from_the_next_day_and_explains_itself(cast: Cast, early: None) -> None:
    first = reception(cast, channel="online")
    cases = []
    for at in ("15:50", "16:10"):
        handed = replace(first, key=uuid.uuid4())
        case = operations.submit(handed, actor=None, at=moment(MONDAY, at))
        case = operations.act(case, "accept", actor=cast.commune_desk_officer, at=moment(MONDAY, "16:30"))
        cases.append(case)
    in_time, late = (Deadline.objects.get(subject_kind="case", subject_id=case.pk) for case in cases)
    assert late.due_at > in_time.due_at
    assert "sau giờ cuối nhận" in " ".join(note for line in explain(late) for note in line.notes)
    assert "sau giờ cuối nhận" not in " ".join(note for line in explain(in_time) for note in line.notes)
    operations.request_supplement(
        cases[1], papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=moment(MONDAY, "16:40")
    )  # a pause before it counts moves nothing
    assert Deadline.objects.get(pk=late.pk).due_at == late.due_at
