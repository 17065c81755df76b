"""Linked cases: opened with a case or after it, waiting for it, fed by it; each counted once."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.models import Case, CaseFigure, LinkedCase
from lienthong.cases.operations import Given
from lienthong.cases.queries.links import links_of, opened_by
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import a_case, reception
from lienthong.cases.tests.linked import CARD, FIELD, NOTE, RESIDENCE, linked_birth
from lienthong.journal.queries import history
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.numbering.queries import balance
from lienthong.tasks.queries import inbox
from tests.cast import AT, Cast

HOUR = dt.timedelta(hours=1)
Status = Case.Status


def _first(cast: Cast, **changes: object) -> Case:
    return a_case(cast, version=linked_birth(cast, **changes))  # type: ignore[arg-type] # short for tests


def _link(case: Case, code: str) -> LinkedCase:
    return next(row for row in links_of(case) if row.procedure_code == code)


def _linked(case: Case, code: str) -> Case:
    found = _link(case, code).linked
    assert found is not None
    return found


def _signed(cast: Cast, case: Case, at: dt.datetime = AT + HOUR) -> None:
    operations.act(case, "propose", actor=cast.registrar, at=at)
    operations.act(case, "sign", actor=cast.commune_leader, at=at)
    operations.write_result(
        case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng", actor=cast.commune_desk_officer, at=at
    )


def _received() -> int:
    return sum(CaseFigure.objects.filter(measure="received").values_list("count", flat=True))


def test_what_opens_with_a_case_comes_before_the_same_desk_and_waits_for_its_result(cast: Cast) -> None:
    case = _first(cast)
    linked = _linked(case, RESIDENCE)
    assert (linked.applicant, linked.receiving_unit, linked.status) == (case.applicant, cast.commune_desk, Status.NEW)
    assert linked.values["tre"] == case.values["tre"]
    assert linked.code == "H11.30.05-140310-0002"
    assert inbox.counts([cast.commune_desk_officer], AT).tabs["todo"] == 0
    with pytest.raises(Refusal, match=f"chờ kết quả của hồ sơ liên thông trước {case.code}"):
        operations.act(linked, "accept", actor=cast.commune_desk_officer, at=AT)
    opener = opened_by(linked)
    assert opener is not None
    assert opener.case == case
    assert balance() == []


def test_what_waits_for_nothing_is_received_at_once_with_the_shared_papers(cast: Cast) -> None:
    linked = _linked(_first(cast), NOTE)
    assert (linked.status, linked.received_at) == (Status.RECEIVED, AT)
    paper = linked.papers.get()
    assert (paper.key, paper.copies) == ("chung_sinh", 1)
    assert "Dùng chung với hồ sơ" in paper.note


def test_a_signed_result_feeds_what_waits_and_opens_what_comes_after(cast: Cast) -> None:
    case = _first(cast)
    assert _link(case, CARD).state == "waiting"
    _signed(cast, case)
    residence, card = _linked(case, RESIDENCE), _linked(case, CARD)
    for one in (residence, card):
        paper = one.papers.get(key="giay_khai_sinh")
        assert (paper.copies, paper.given_at) == (1, AT + HOUR)
        assert f"số 12/2014, ký 10/03/2014, từ hồ sơ {case.code}" in paper.note
    assert Notice.objects.filter(kind="case.fed", post=cast.commune_desk_officer.post).count() == 2
    assert inbox.counts([cast.commune_desk_officer], AT + HOUR).tabs["todo"] >= 2
    accepted = operations.act(residence, "accept", actor=cast.commune_desk_officer, at=AT + 2 * HOUR)
    assert accepted.received_at == AT + 2 * HOUR
    assert any("nhận kết quả của hồ sơ" in entry.sentence for entry in history(residence.subject))


def test_each_case_is_counted_once(cast: Cast) -> None:
    case = _first(cast)
    assert _received() == 2  # the birth and the note; what waits is not received yet
    _signed(cast, case)
    for code in (RESIDENCE, CARD):
        operations.act(_linked(case, code), "accept", actor=cast.commune_desk_officer, at=AT + 2 * HOUR)
    assert _received() == 4
    assert differences() == []


def test_a_result_that_is_mended_feeds_once(cast: Cast) -> None:
    case = _first(cast)
    _signed(cast, case)
    operations.write_result(
        case,
        "giay_khai_sinh",
        symbol="13/2014",
        signer="Đinh Công Tráng",
        actor=cast.commune_desk_officer,
        at=AT + HOUR,
    )
    assert _linked(case, RESIDENCE).papers.count() == 1
    assert Notice.objects.filter(kind="case.fed").count() == 2


def test_handing_over_without_a_number_feeds_with_what_there_is(cast: Cast) -> None:
    case = _first(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    assert _link(case, RESIDENCE).fed_at is None
    operations.hand_over(case, receiver="Trần Văn Nam", actor=cast.commune_desk_officer, at=AT + HOUR)
    assert _link(case, RESIDENCE).fed_at == AT + HOUR
    assert not _linked(case, RESIDENCE).papers.filter(given_at__isnull=False).exists()


@pytest.mark.parametrize("how", ["withdraw", "decline"])
def test_when_the_first_ends_the_others_are_told_and_what_waits_is_dropped(cast: Cast, how: str) -> None:
    case = _first(cast)
    if how == "withdraw":
        operations.withdraw(case, reason="Không cần nữa", actor=cast.commune_desk_officer, at=AT)
    else:
        operations.act(case, "decline", reason="Đã đăng ký nơi khác", actor=cast.registrar, at=AT)
    assert _link(case, CARD).state == "dropped"
    residence = _linked(case, RESIDENCE)
    assert residence.status == Status.NEW
    assert any("ghi nhận hồ sơ trước" in entry.sentence for entry in history(residence.subject))
    assert Notice.objects.filter(kind="case.first_ended", post=cast.commune_desk_officer.post).count() == 1
    assert inbox.counts([cast.commune_desk_officer], AT).tabs["todo"] == 1
    with pytest.raises(Refusal, match="thiếu giấy tờ bắt buộc: Giấy khai sinh"):
        operations.act(residence, "accept", actor=cast.commune_desk_officer, at=AT)


def test_what_is_still_to_be_said_waits_for_the_desk(cast: Cast) -> None:
    case = _first(cast, card_fields=FIELD)
    row = _link(case, CARD)
    desk = cast.commune_desk_officer
    with pytest.raises(Refusal, match="chỉ mở khi hồ sơ"):
        operations.open_linked(row, actor=desk, at=AT)
    _signed(cast, case)
    row.refresh_from_db()
    assert row.state == "waiting"
    assert any("chưa mở được “Cấp thẻ bảo hiểm y tế”" in entry.sentence for entry in history(case.subject))
    with pytest.raises(operations.Incomplete) as caught:
        operations.open_linked(row, actor=desk, at=AT + HOUR)
    assert set(caught.value.problems) == {"chu_ho"}
    with pytest.raises(Forbidden):
        operations.open_linked(row, values={"chu_ho": "Ông Nam"}, actor=cast.registrar, at=AT + HOUR)
    linked = operations.open_linked(row, values={"chu_ho": "Ông Nam"}, actor=desk, at=AT + HOUR)
    assert linked.papers.get(key="giay_khai_sinh").given_at == AT + HOUR
    with pytest.raises(Refusal, match="đã mở hoặc đã bỏ"):
        operations.open_linked(row, values={"chu_ho": "Ông Nam"}, actor=desk, at=AT + HOUR)


def test_the_desk_drops_what_nobody_wants(cast: Cast) -> None:
    case = _first(cast)
    row, desk = _link(case, CARD), cast.commune_desk_officer
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        operations.drop_link(row, reason=" ", actor=desk, at=AT)
    with pytest.raises(Forbidden):
        operations.drop_link(row, reason="Có thẻ rồi", actor=cast.registrar, at=AT)
    operations.drop_link(row, reason="Có thẻ rồi", actor=desk, at=AT)
    _signed(cast, case)
    row.refresh_from_db()
    assert (row.state, row.linked) == ("dropped", None)


def test_a_circle_of_links_is_not_walked_twice(cast: Cast) -> None:
    links = '\n[[links]]\nprocedure = "9.000001"\nname = "Chính nó"\nopens = "with"\n'
    assert links_of(_first(cast, links=links)) == []


def test_received_later_at_the_door_opens_its_links_then(cast: Cast) -> None:
    handed = reception(cast, version=linked_birth(cast), papers={"to_khai": Given(1), "chung_sinh": Given(1),
                                                                 "ho_khau": Given(copies=1)})  # fmt: skip
    case = operations.submit(handed, actor=cast.commune_desk_officer, at=AT)
    assert links_of(case) == []
    operations.act(case, "accept", actor=cast.commune_desk_officer, at=AT)
    assert len(links_of(case)) == 3


def test_a_procedure_without_links_costs_nothing_more(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    with django_assert_max_num_queries(17):
        operations.act(case, "sign", actor=cast.commune_leader, at=AT)


def test_the_links_of_a_case_take_one_query(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    case = _first(cast)
    with django_assert_max_num_queries(1):
        assert next(row.name for row in links_of(case)) == "Đăng ký thường trú"
