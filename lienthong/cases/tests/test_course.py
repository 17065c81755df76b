"""A case from the counter to its result, and every way in which it may stop on the road."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.calendars.models import Deadline
from lienthong.cases import operations
from lienthong.cases.models import Case, CaseFigure, CaseReader, HandOver, Supplement
from lienthong.cases.operations import Given, Incomplete
from lienthong.cases.tests.builders import BIRTH, PAPERS, VALUES, a_case, citizen, reception
from lienthong.journal.queries import history
from lienthong.kernel.clock import local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.numbering.queries import balance
from lienthong.search.queries import find
from lienthong.tasks.models import Task
from lienthong.tasks.queries import inbox
from tests.cast import AT, Cast

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
Status = Case.Status


def _figures() -> dict[str, int]:
    return {row.measure: row.count for row in CaseFigure.objects.exclude(count=0)}


def _act(case: Case, action: str, actor: object, at: dt.datetime, **more: object) -> Case:
    return operations.act(case, action, actor=actor, at=at, **more)  # type: ignore[arg-type] # short for tests


def _done(cast: Cast, case: Case, at: dt.datetime = AT) -> Case:
    _act(case, "propose", cast.registrar, at)
    return _act(case, "sign", cast.commune_leader, at)


def test_a_case_is_received_under_a_code_of_the_day_with_a_promise(cast: Cast) -> None:
    case = a_case(cast)
    assert case.code == "H11.30.05-140310-0001"
    assert (case.status, case.competent_agency) == (Status.RECEIVED, cast.commune)
    assert case.promised_at is not None
    assert local(case.promised_at).strftime("%H:%M %d/%m/%Y") == "17:00 10/03/2014"
    assert case.is_held_by(cast.registrar)
    assert [(row.step, row.unit, row.post) for row in case.hand_overs.all()] == [
        ("xu_ly", cast.commune, cast.registrar.post)
    ]
    assert inbox.counts([cast.registrar], AT).tabs["new"] == 1
    assert _figures() == {"received": 1}
    second = a_case(cast, applicant=case.applicant)
    assert second.code == "H11.30.05-140310-0002"
    assert balance() == []


def test_receiving_takes_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    prepared = reception(cast)
    a_case(cast, applicant=prepared.applicant)
    with django_assert_max_num_queries(17):  # 15 and the savepoint of the test
        operations.receive(prepared, actor=cast.commune_desk_officer, at=AT)


def test_the_same_page_twice_is_one_case(cast: Cast) -> None:
    handed = reception(cast)
    first = operations.receive(handed, actor=cast.commune_desk_officer, at=AT)
    assert operations.receive(handed, actor=cast.commune_desk_officer, at=AT) == first
    assert Case.objects.count() == 1


def test_only_a_desk_receives(cast: Cast) -> None:
    handed = reception(cast)
    for actor in (cast.registrar, cast.commune_leader, cast.outsider):
        with pytest.raises(Forbidden):
            operations.receive(handed, actor=actor, at=AT)


def test_missing_papers_are_named_and_a_wrong_form_says_where(cast: Cast) -> None:
    handed = reception(cast)
    with pytest.raises(Refusal, match="Thiếu 1 giấy tờ bắt buộc: Giấy chứng sinh"):
        operations.receive(
            replace(handed, papers={**PAPERS, "chung_sinh": Given()}), actor=cast.commune_desk_officer, at=AT
        )
    with pytest.raises(Incomplete) as caught:
        operations.receive(replace(handed, values={**VALUES, "noi_sinh": ""}), actor=cast.commune_desk_officer, at=AT)
    assert set(caught.value.problems) == {"noi_sinh"}
    assert not Case.objects.exists()


def test_any_desk_receives_for_the_agency_that_decides(cast: Cast) -> None:
    handed = reception(cast, desk=cast.district_desk)
    case = operations.receive(handed, actor=cast.district_desk_officer, at=AT)
    assert (case.receiving_agency, case.competent_agency) == (cast.district, cast.commune)
    assert case.code.startswith("H11.30-140310-")
    assert case.is_held_by(cast.registrar)


def test_a_case_walks_to_its_result_in_time(cast: Cast) -> None:
    case = a_case(cast)
    _act(case, "propose", cast.registrar, AT + HOUR)
    case = _act(case, "sign", cast.commune_leader, AT + 4 * HOUR)
    assert (case.status, case.is_late) == (Status.DONE, False)
    operations.write_result(case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng",
                            actor=cast.commune_desk_officer, at=AT + 4 * HOUR)  # fmt: skip
    case = operations.hand_over(case, receiver="Trần Văn Nam", actor=cast.commune_desk_officer, at=AT + 5 * HOUR)
    assert (case.status, case.holder, case.is_ended) == (Status.HANDED_OVER, 0, True)
    slip = case.hand_overs.order_by("pk").values_list("step", "action", "is_late")
    assert list(slip) == [("xu_ly", "propose", False), ("ky", "sign", False), ("tra", "hand_over", False)]
    assert _figures() == {"received": 1, "on_time": 1, "handed_over": 1, "papers": 1}
    assert Task.objects.get(is_routed=True).state == Task.State.DONE
    assert Deadline.objects.get(subject_kind="case").closed_at == AT + 4 * HOUR
    said = " | ".join(entry.sentence for entry in history(case.subject))
    assert "tiếp nhận hồ sơ H11.30.05-140310-0001, hẹn trả 17:00 10/03/2014" in said
    assert "trình “Ký giấy khai sinh” cho UBND xã Chí Công" in said
    assert "trả kết quả cho Trần Văn Nam" in said


def test_a_step_takes_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    case = a_case(cast)
    with django_assert_max_num_queries(14):  # 12 and the savepoint of the test
        _act(case, "propose", cast.registrar, AT)


def test_what_is_done_after_the_promise_is_late(cast: Cast) -> None:
    case = _done(cast, a_case(cast), AT + DAY)
    assert case.is_late is True
    assert _figures() == {"received": 1, "late": 1}
    assert [row.is_late for row in case.hand_overs.order_by("pk")][:2] == [True, False]


def test_a_return_needs_a_reason_and_goes_back_to_who_had_it(cast: Cast) -> None:
    case = a_case(cast)
    _act(case, "propose", cast.registrar, AT)
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        _act(case, "send_back", cast.commune_leader, AT)
    with pytest.raises(Refusal, match="không thuộc hồ sơ này"):
        _act(case, "send_back", cast.commune_leader, AT, reason="sai", papers=["so_do"])
    case = _act(case, "send_back", cast.commune_leader, AT, reason="Sai tên đệm", papers=["to_khai"])
    assert (case.step, case.holder_post) == ("xu_ly", cast.registrar.post)
    note = case.hand_overs.get(action="send_back").note
    assert note == "Sai tên đệm; giấy tờ: Tờ khai đăng ký khai sinh"


def test_a_result_sent_back_is_no_longer_done(cast: Cast) -> None:
    case = _done(cast, a_case(cast))
    assert _figures()["on_time"] == 1
    row = HandOver.objects.get(case=case, left_at=None)
    assert row.step == "tra"


@pytest.mark.parametrize(
    ("who", "action", "words"),
    [
        ("outsider", "propose", "không ở trong tay bạn"),
        ("commune_leader", "propose", "không ở trong tay bạn"),
        ("registrar", "sign", "không có thao tác đó"),
        ("registrar", "withdraw", "không có thao tác đó"),
    ],
)
def test_only_who_holds_it_does_only_what_the_flow_allows(cast: Cast, who: str, action: str, words: str) -> None:
    case = a_case(cast)
    with pytest.raises(Refusal, match=words):
        _act(case, action, getattr(cast, who), AT)


def test_two_pages_of_one_case_do_not_do_it_twice(cast: Cast) -> None:
    case = a_case(cast)
    _act(case, "propose", cast.registrar, AT, step="xu_ly")
    with pytest.raises(Refusal, match="không ở trong tay bạn"):
        _act(case, "propose", cast.registrar, AT, step="xu_ly")


def test_a_supplement_stops_the_clock_and_moves_the_promise_by_working_time(cast: Cast) -> None:
    case = a_case(cast, values={**VALUES, "can_xac_minh": True})
    assert local(case.promised_at).strftime("%H:%M %d/%m") == "17:00 17/03"  # type: ignore[arg-type] # it was promised
    asked = operations.request_supplement(
        case, papers={"chung_sinh": "Thiếu dấu của bệnh viện"}, actor=cast.registrar, at=AT + 2 * HOUR
    )
    case.refresh_from_db()
    assert (case.status, asked.round) == (Status.SUPPLEMENT, 1)
    assert inbox.counts([cast.registrar], AT).tabs["todo"] == 0
    with pytest.raises(Refusal, match="chờ người nộp bổ sung"):
        _act(case, "propose", cast.registrar, AT + 3 * HOUR)
    operations.supply(case, papers={"chung_sinh": Given(originals=1)}, actor=cast.commune_desk_officer, at=AT + 2 * DAY)
    case.refresh_from_db()
    assert case.status == Status.IN_PROGRESS
    # asked on Monday at 12:00 (lunch), brought on Wednesday at 10:00: it stood 3.5 + 8 + 3 = 14.5 working hours
    assert local(case.promised_at).strftime("%d/%m") == "19/03"  # type: ignore[arg-type] # as above
    assert inbox.counts([cast.registrar], AT + 2 * DAY).tabs["todo"] == 1
    with pytest.raises(Refusal, match="chỉ được yêu cầu bổ sung 1 lần"):
        operations.request_supplement(case, papers={"to_khai": "Sai"}, actor=cast.registrar, at=AT + 3 * DAY)
    case = _done(cast, case, AT + 4 * DAY)
    assert case.is_late is False
    assert _figures() == {"received": 1, "supplemented": 1, "early": 1}


def test_a_supplement_says_what_is_missing_and_why(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(Refusal, match="chọn giấy tờ cần bổ sung"):
        operations.request_supplement(case, papers={}, actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="Ghi rõ “Giấy chứng sinh”"):
        operations.request_supplement(case, papers={"chung_sinh": " "}, actor=cast.registrar, at=AT)


def test_who_does_not_answer_in_time_has_the_case_stopped(cast: Cast) -> None:
    case = a_case(cast)
    operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    assert operations.lapse_all(at=AT + 20 * DAY) == 0
    assert operations.lapse_all(at=AT + 40 * DAY) == 1
    case.refresh_from_db()
    assert (case.status, Supplement.objects.get().state) == (Status.STOPPED, "lapsed")
    assert operations.lapse_all(at=AT + 41 * DAY) == 0


def test_a_case_is_declined_with_its_reason(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        _act(case, "decline", cast.registrar, AT)
    case = _act(case, "decline", cast.registrar, AT, reason="Trẻ đã được đăng ký khai sinh tại nơi khác")
    assert (case.status, case.decline.is_at_the_door) == (Status.STOPPED, False)
    assert _figures() == {"received": 1, "stopped": 1}


def test_at_the_door_it_is_noted_asked_for_more_accepted_or_declined(cast: Cast) -> None:
    desk = cast.commune_desk_officer
    handed = reception(cast, papers={"to_khai": Given(originals=1)})
    case = operations.submit(handed, actor=desk, at=AT)
    assert (case.status, case.promised_at, case.step) == (Status.NEW, None, "tiep_nhan")
    with pytest.raises(Refusal, match="thiếu giấy tờ bắt buộc"):
        _act(case, "accept", desk, AT)
    operations.request_supplement(case, papers={"chung_sinh": "Thiếu", "ho_khau": "Thiếu"}, actor=desk, at=AT)
    operations.supply(
        case, papers={"chung_sinh": Given(originals=1), "ho_khau": Given(copies=1)}, actor=desk, at=AT + DAY
    )
    case.refresh_from_db()
    assert case.status == Status.NEW
    case = _act(case, "accept", desk, AT + DAY)
    assert (case.status, case.received_at) == (Status.RECEIVED, AT + DAY)
    assert local(case.promised_at).strftime("%H:%M %d/%m/%Y") == "17:00 11/03/2014"  # type: ignore[arg-type]
    other = operations.submit(replace(handed, key=uuid.uuid4()), actor=desk, at=AT)
    other = _act(other, "decline", desk, AT, reason="Không thuộc thẩm quyền")
    assert (other.status, other.decline.is_at_the_door) == (Status.NOT_RECEIVED, True)
    assert _figures() == {"received": 1, "supplemented": 1}


def test_the_applicant_takes_a_case_back_before_it_is_done(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(Forbidden):
        operations.withdraw(case, reason="Không cần nữa", actor=cast.registrar, at=AT)
    case = operations.withdraw(case, reason="Không cần nữa", actor=cast.commune_desk_officer, at=AT)
    assert (case.status, case.holder) == (Status.WITHDRAWN, 0)
    done = _done(cast, a_case(cast, applicant=case.applicant))
    with pytest.raises(Refusal):
        operations.withdraw(done, reason="Thôi", actor=cast.commune_desk_officer, at=AT)


def test_an_apology_comes_before_the_date_and_once(cast: Cast) -> None:
    case = a_case(cast)
    tuesday = local(AT).date() + DAY
    with pytest.raises(Refusal, match="không làm việc"):
        operations.apologise(case, reason="Mất điện", until=local(AT).date() + 5 * DAY, actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="phải sau ngày đã hẹn"):
        operations.apologise(case, reason="Mất điện", until=local(AT).date(), actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="Đã quá ngày hẹn"):
        operations.apologise(case, reason="Mất điện", until=tuesday, actor=cast.registrar, at=AT + DAY)
    operations.apologise(case, reason="Mất điện", until=tuesday, actor=cast.registrar, at=AT)
    case.refresh_from_db()
    with pytest.raises(Refusal, match="Chỉ được hẹn lại 1 lần"):
        operations.apologise(case, reason="Nữa", until=tuesday + DAY, actor=cast.registrar, at=AT)
    case = _done(cast, case, AT + 4 * HOUR + DAY)
    assert case.is_late is False


def test_the_unit_names_who_does_the_step_and_its_limit_runs_on(cast: Cast) -> None:
    case = a_case(cast)
    _act(case, "propose", cast.registrar, AT)
    case = operations.name_officer(case, cast.registrar.post, actor=cast.commune_leader, at=AT + HOUR)
    assert case.is_held_by(cast.registrar)
    limits = list(case.hand_overs.filter(step="ky").order_by("pk").values_list("due_at", flat=True))
    assert limits[0] == limits[1]
    with pytest.raises(Refusal, match="đang công tác tại đơn vị"):
        operations.name_officer(case, cast.outsider.post, actor=cast.commune_leader, at=AT)


def test_only_those_it_concerns_see_it(cast: Cast) -> None:
    case = a_case(cast)
    for actor in (cast.commune_desk_officer, cast.commune_leader, cast.registrar):
        assert Case.objects.visible_to(actor).filter(pk=case.pk).exists(), actor
    for actor in (cast.outsider, cast.leader, cast.district_desk_officer, cast.second_specialist):
        assert not Case.objects.visible_to(actor).filter(pk=case.pk).exists(), actor
    assert [found.subject for found in find(cast.registrar, "khai sinh Trần Văn Nam").hits] == [case.subject]
    assert not find(cast.outsider, "khai sinh Trần Văn Nam").hits


def test_the_readers_shadows_follow_the_case(cast: Cast) -> None:
    case = _done(cast, a_case(cast))
    assert {row.status for row in CaseReader.objects.filter(case=case)} == {Status.DONE}


def test_an_applicant_of_the_wrong_kind_is_refused(cast: Cast) -> None:
    from lienthong.applicants.operations import enter  # noqa: PLC0415 - only here
    from lienthong.applicants.particulars import Particulars  # noqa: PLC0415 - as above

    company = enter(Particulars("enterprise", "Công ty A"), actor=cast.commune_desk_officer, at=AT)
    with pytest.raises(Refusal, match="không dành cho doanh nghiệp"):
        a_case(cast, applicant=company)


def test_an_address_nobody_knows_says_what_to_look_at(cast: Cast) -> None:
    with pytest.raises(Incomplete, match="không có xã, phường này"):
        a_case(cast, values={**VALUES, "noi_cu_tru_me": {"commune": "99999"}})


def test_what_waits_in_somebodys_hands_goes_to_who_takes_over(cast: Cast) -> None:
    from lienthong.cases.operations.taking_over import take_over  # noqa: PLC0415 - as above
    from lienthong.organisation.holdings import Hands  # noqa: PLC0415 - only here

    case = a_case(cast)
    hands = Hands(cast.registrar.post, cast.commune_leader.post, cast.administrator, AT)
    assert take_over(Case.objects.filter(pk=case.pk), hands) == 1
    case.refresh_from_db()
    assert case.holder_post == cast.commune_leader.post
    assert citizen is not None
    assert BIRTH
