"""Whole stories of cases, told by operations alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lienthong.calendars.queries import deadline_of, explain
from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations import Given
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import a_case, version
from lienthong.cases.tests.test_fees import HOUSE, HOUSE_PAPERS
from lienthong.journal.queries import timeline
from lienthong.kernel.clock import at_local, local
from lienthong.kernel.refusal import Refusal
from lienthong.numbering.queries import balance
from lienthong.payments.models import Charge
from lienthong.payments.operations.desk import pay_at_desk
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def on(day: str, time: str = "09:00") -> dt.datetime:
    """Return a moment of local time."""
    return at_local(dt.datetime.strptime(day, "%d/%m/%Y").date(), dt.time.fromisoformat(time))  # noqa: DTZ007 - local


def a_house(cast: Cast, at: dt.datetime, **changes: Any) -> Case:
    """Receive a building permit at the commune's desk, for the district to decide."""
    known = {"version": version("1.013225", local(at).date()), "values": HOUSE, "papers": HOUSE_PAPERS}
    return a_case(cast, at=at, **(known | changes))


def said(moment: dt.datetime | None) -> str:
    """Return a moment as people write it."""
    return f"{local(moment):%H:%M %d/%m/%Y}" if moment else ""


def test_a_building_permit_goes_from_commune_to_district_and_back(cast: Cast) -> None:
    case = a_house(cast, on("10/03/2014"))
    assert said(case.promised_at) == "17:00 24/03/2014"  # ten working days for a house in the country
    operations.take(case, actor=cast.commune_leader, at=on("10/03/2014", "14:00"))
    operations.act(case, "forward", actor=cast.commune_leader, at=on("11/03/2014", "10:00"))
    case.refresh_from_db()
    assert case.holder_unit == cast.district_works
    operations.name_officer(case, cast.works_specialist.post, actor=cast.works_head, at=on("11/03/2014", "14:00"))
    operations.take(case, actor=cast.works_specialist, at=on("11/03/2014", "14:30"))
    operations.write_result(case, "giay_phep", actor=cast.works_specialist, at=on("18/03/2014"))
    operations.act(case, "propose", actor=cast.works_specialist, at=on("18/03/2014", "09:10"))
    leader = cast.district_leader
    operations.act(
        case, "send_back", reason="Thiếu mặt đứng", papers=["ban_ve"], actor=leader, at=on("18/03/2014", "10:00")
    )
    case.refresh_from_db()
    assert case.holder_post_id == cast.works_specialist.post.pk  # back to whoever had it
    operations.act(case, "propose", actor=cast.works_specialist, at=on("19/03/2014"))
    operations.write_result(
        case, "giay_phep", symbol="12/GPXD", signer=leader.officer.full_name, actor=leader, at=on("20/03/2014")
    )
    operations.act(case, "sign", actor=leader, at=on("20/03/2014", "09:05"))
    case.refresh_from_db()
    assert (case.status, case.is_late, case.holder_unit) == (Case.Status.DONE, False, cast.commune_desk)
    desk = cast.commune_desk_officer
    with pytest.raises(Refusal, match=r"50\.000"):
        operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=on("21/03/2014"))
    owed = list(Charge.objects.of(case.subject).owed().select_related("unit", "agency"))
    pay_at_desk(owed, payer="", key="house", actor=desk, at=on("21/03/2014"))
    operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=on("21/03/2014"))
    steps = list(case.hand_overs.order_by("pk").values_list("unit__short_name", "is_late"))
    assert [unit for unit, _ in steps] == [
        "UBND xã Chí Công", "Phòng KT&HT", "Phòng KT&HT", "UBND huyện Tuy Phong", "Phòng KT&HT", "UBND huyện Tuy Phong",
        "Một cửa Chí Công",
    ]  # fmt: skip
    assert not any(late for _, late in steps)
    assert differences() == []
    assert balance() == []


def test_a_supplement_over_tet_costs_the_office_no_day(cast: Cast) -> None:
    """Asked for on Monday 27/01, brought on Thursday 06/02: between them one working day and the whole of Tết."""
    case = a_house(cast, on("20/01/2014"))
    before = case.due_at
    operations.act(case, "forward", actor=cast.commune_leader, at=on("21/01/2014"))
    operations.request_supplement(
        case, papers={"ban_ve": "Thiếu mặt cắt móng"}, actor=cast.works_head, at=on("27/01/2014", "08:00")
    )
    operations.supply(case, papers={"ban_ve": Given(2)}, actor=cast.commune_desk_officer, at=on("06/02/2014", "08:00"))
    case.refresh_from_db()
    assert before is not None
    assert case.due_at is not None
    deadline = deadline_of(case.subject)
    assert deadline is not None
    told = " ".join(str(line) for line in explain(deadline))
    assert "Tết" in told
    assert case.promised_at == case.due_at > before
    with pytest.raises(Refusal, match="chỉ được yêu cầu bổ sung 1 lần"):
        operations.request_supplement(case, papers={"dat": "Mờ"}, actor=cast.works_head, at=on("07/02/2014"))


def test_a_late_case_with_its_apology_before_the_day(cast: Cast) -> None:
    case = a_house(cast, on("10/03/2014"))
    operations.act(case, "forward", actor=cast.commune_leader, at=on("11/03/2014"))
    until = dt.date(2014, 3, 28)
    operations.apologise(case, reason="Phải đo lại thửa đất", until=until, actor=cast.works_head, at=on("21/03/2014"))
    case.refresh_from_db()
    assert said(case.promised_at) == "17:00 28/03/2014"
    assert said(case.due_at) == "17:00 24/03/2014"  # the law's end stays
    with pytest.raises(Refusal, match="Chỉ được hẹn lại 1 lần"):
        operations.apologise(
            case, reason="Lại chậm", until=dt.date(2014, 4, 2), actor=cast.works_head, at=on("27/03/2014")
        )
    operations.write_result(case, "giay_phep", actor=cast.works_head, at=on("26/03/2014"))
    operations.act(case, "propose", actor=cast.works_head, at=on("26/03/2014"))
    leader = cast.district_leader
    operations.write_result(
        case, "giay_phep", symbol="13/GPXD", signer=leader.officer.full_name, actor=leader, at=on("27/03/2014")
    )
    operations.act(case, "sign", actor=leader, at=on("27/03/2014"))
    words = " ".join(entry.sentence for entry in timeline(case.subject))
    assert "xin lỗi, hẹn trả lại 17:00 28/03/2014: Phải đo lại thửa đất" in words
    assert differences() == []


def test_a_refused_case_says_why_and_owes_nothing(cast: Cast) -> None:
    case = a_house(cast, on("10/03/2014"))
    operations.act(case, "forward", actor=cast.commune_leader, at=on("11/03/2014"))
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        operations.act(case, "decline", actor=cast.works_head, at=on("12/03/2014"))
    operations.act(
        case, "decline", reason="Đất trong hành lang đường", legal_basis="NĐ 64/2012/NĐ-CP", actor=cast.works_head,
        at=on("12/03/2014"),
    )  # fmt: skip
    case.refresh_from_db()
    assert case.status == Case.Status.STOPPED
    assert list(Charge.objects.of(case.subject).values_list("state", flat=True)) == ["cancelled"]
    assert differences() == []


def test_who_never_brings_what_was_asked_for_ends_the_case(cast: Cast) -> None:
    case = a_house(cast, on("10/03/2014"))
    operations.act(case, "forward", actor=cast.commune_leader, at=on("11/03/2014"))
    operations.request_supplement(case, papers={"dat": "Bản sao mờ"}, actor=cast.works_head, at=on("12/03/2014"))
    assert operations.lapse_all(at=on("11/04/2014", "08:00")) == 0
    assert operations.lapse_all(at=on("14/04/2014")) == 1
    case.refresh_from_db()
    assert case.status == Case.Status.STOPPED
    assert operations.lapse_all(at=on("15/04/2014")) == 0
