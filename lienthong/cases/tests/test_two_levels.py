"""Cases caught in the change from three levels to two on 1 July 2025: nobody loses them, nobody begins anew."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lienthong.cases import operations
from lienthong.cases.models import Case, CaseFigure, CaseReader
from lienthong.cases.operations import Given
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import citizen, reception, version
from lienthong.cases.tests.test_fees import HOUSE, HOUSE_PAPERS
from lienthong.cases.tests.test_stories import a_house, on, said
from lienthong.cases.tests.two_levels import DAY, Two, abolish, at_the_district
from lienthong.kernel.refusal import Refusal
from lienthong.numbering.queries import balance
from lienthong.organisation.actor import Actor
from lienthong.organisation.operations import close_unit, end_post
from lienthong.payments.models import Charge
from lienthong.payments.operations.desk import pay_at_desk
from lienthong.tasks.queries import inbox
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _sees(actor: Actor, case: Case) -> bool:
    return Case.objects.visible_to(actor).filter(pk=case.pk).exists()


def _signed(case: Case, two: Two, at: dt.datetime) -> Case:
    """Let whoever works for the new commune bring it to its desk."""
    operations.write_result(case, "giay_phep", actor=two.leader, at=at)
    operations.act(case, "propose", actor=two.leader, at=at)
    signer = two.leader.officer.full_name
    operations.write_result(case, "giay_phep", symbol="01/GPXD", signer=signer, actor=two.leader, at=at)
    return operations.act(case, "sign", actor=two.leader, at=at)


def _handed(case: Case, actor: Actor, at: dt.datetime) -> Case:
    owed = list(Charge.objects.of(case.subject).owed().select_related("unit", "agency"))
    pay_at_desk(owed, payer="", key=case.code, actor=actor, at=at)
    return operations.hand_over(case, receiver="Trần Văn Nam", actor=actor, at=at)


def test_what_the_district_had_is_finished_by_the_commune_that_has_the_ground(cast: Cast) -> None:
    case = at_the_district(cast)
    kept: dict[str, Any] = {"code": case.code, "due_at": case.due_at, "papers": case.papers.count()}
    two = abolish(cast, at=on("30/06/2025"))
    later = on("02/07/2025")
    assert _sees(two.leader, case)
    assert not _sees(cast.outsider, case)
    assert inbox.counts([two.leader], later).tabs["todo"] == 1
    case = _signed(case, two, later)
    assert (case.holder_unit, case.is_late) == (two.desk, False)
    case = _handed(case, two.desk_officer, on("03/07/2025"))
    assert case.status == Case.Status.HANDED_OVER
    assert {"code": case.code, "due_at": case.due_at, "papers": case.papers.count()} == kept
    slip = list(case.hand_overs.order_by("pk").values_list("step", "unit__short_name"))
    assert slip == [
        ("xac_nhan", "UBND xã Chí Công"), ("tham_dinh", "Phòng KT&HT"), ("ky", "UBND xã Tuy Phong Mới"),
        ("tra", "Một cửa Tuy Phong Mới"),
    ]  # fmt: skip
    assert differences() == []
    assert balance() == []


def test_it_is_counted_once_and_the_past_keeps_its_names(cast: Cast) -> None:
    case = at_the_district(cast)
    readers = set(CaseReader.objects.filter(case=case).values_list("audience", flat=True))
    two = abolish(cast, at=on("30/06/2025"))
    case = _handed(_signed(case, two, on("02/07/2025")), two.desk_officer, on("03/07/2025"))
    assert case.competent_agency == cast.district
    measures = ("early", "handed_over", "received")
    counted = CaseFigure.objects.filter(measure__in=measures).exclude(count=0)
    assert sorted(counted.values_list("measure", "agency", "count")) == [(one, cast.district.pk, 1) for one in measures]
    assert readers < set(CaseReader.objects.filter(case=case).values_list("audience", flat=True))


def test_who_had_it_in_person_and_moved_along_goes_on_with_it(cast: Cast) -> None:
    case = at_the_district(cast)
    operations.name_officer(case, cast.works_specialist.post, actor=cast.works_head, at=on("24/06/2025"))
    two = abolish(cast, at=on("30/06/2025"))
    later = on("02/07/2025")
    operations.write_result(case, "giay_phep", actor=two.works_specialist, at=later)
    operations.act(case, "propose", actor=two.works_specialist, at=later)
    operations.act(case, "send_back", reason="Thiếu mặt đứng", actor=two.leader, at=later)
    case.refresh_from_db()
    assert (case.holder_unit, case.holder_post) == (two.works, None)  # the old post is no more


@pytest.mark.parametrize("desk_is_named", [True, False])
def test_what_was_asked_for_before_is_brought_after(cast: Cast, *, desk_is_named: bool) -> None:
    case = at_the_district(cast)
    operations.request_supplement(
        case, papers={"ban_ve": "Thiếu mặt cắt móng"}, actor=cast.works_head, at=on("25/06/2025", "08:00")
    )
    two = abolish(cast, at=on("30/06/2025"), desk_is_named=desk_is_named)
    brought = on("02/07/2025", "08:00")
    taker = two.desk_officer if desk_is_named else two.leader  # a desk without an heir leaves its work to the agency's
    assert _sees(taker, case)
    operations.supply(case, papers={"ban_ve": Given(2)}, actor=taker, at=brought)
    case.refresh_from_db()
    assert case.status == Case.Status.IN_PROGRESS
    # ten working days of which two passed before it stood still, on Wednesday 25/06 at eight
    assert said(case.promised_at) == "17:00 14/07/2025"
    assert _handed(_signed(case, two, brought), two.desk_officer, brought).status == Case.Status.HANDED_OVER


def test_what_was_handed_in_and_not_received_is_received_by_the_heir_and_decided_there(cast: Cast) -> None:
    handed = reception(
        cast, version=version("1.013225", DAY - dt.timedelta(days=1)), values=HOUSE, papers=HOUSE_PAPERS,
        channel=Case.Channel.ONLINE,
    )  # fmt: skip
    case = operations.submit(handed, actor=None, at=on("30/06/2025"))
    two = abolish(cast, at=on("30/06/2025", "16:00"))
    case = operations.act(case, "accept", actor=two.desk_officer, at=on("01/07/2025"))
    assert (case.competent_agency, case.status) == (two.commune, Case.Status.RECEIVED)
    assert case.holder_unit == two.works  # its commune confirms, as the old flow says
    assert case.code.startswith("H11.30.05-250630-")
    assert differences() == []


def test_a_new_case_under_the_old_procedure_is_refused(cast: Cast) -> None:
    two = abolish(cast, at=on("30/06/2025"))
    applicant = citizen(cast.commune_desk_officer)
    handed = reception(
        cast, version=version("1.013225", DAY - dt.timedelta(days=1)), applicant=applicant, values=HOUSE,
        papers=HOUSE_PAPERS, desk=two.desk,
    )  # fmt: skip
    with pytest.raises(Refusal, match="không áp dụng vào ngày 02/07/2025"):
        operations.receive(handed, actor=two.desk_officer, at=on("02/07/2025"))


def test_what_came_to_the_wrong_heir_goes_on_to_the_other(cast: Cast) -> None:
    case = at_the_district(cast)
    two = abolish(cast, at=on("30/06/2025"))
    later = on("02/07/2025")
    with pytest.raises(Refusal, match="không thuộc thẩm quyền"):
        operations.pass_on(case, cast.vp, reason="Nhầm", actor=two.leader, at=later)
    case = operations.pass_on(case, two.other, reason="Thửa đất nay thuộc xã khác", actor=two.leader, at=later)
    assert (case.competent_agency, case.code[:9]) == (two.other, "H11.30.05")
    assert differences() == []


def test_the_new_commune_names_one_of_its_own_for_what_came_to_it(cast: Cast) -> None:
    case = at_the_district(cast)
    two = abolish(cast, at=on("30/06/2025"))
    later, post = on("02/07/2025"), two.works_specialist.post
    with pytest.raises(Refusal, match="đang công tác tại đơn vị"):
        operations.name_officer(case, cast.specialist.post, actor=two.leader, at=later)
    case = operations.name_officer(case, post, actor=two.leader, at=later)
    case.refresh_from_db()
    assert (case.holder_unit, case.holder_post) == (two.works, post)


def test_nothing_goes_to_a_unit_that_was_closed_yesterday(cast: Cast) -> None:
    """The part that handles the sector is no more, and nobody said yet who handles it now: its agency has it."""
    case = a_house(cast, on("10/03/2014"))
    works = cast.district_works
    for actor in (cast.works_head, cast.works_specialist):
        end_post(actor.post, on=dt.date(2014, 3, 11), actor=None, at=on("10/03/2014"))
    close_unit(works, on=dt.date(2014, 3, 11), actor=None, at=on("10/03/2014"))
    operations.act(case, "forward", actor=cast.commune_leader, at=on("12/03/2014"))
    case.refresh_from_db()
    assert case.holder_unit == cast.district
    operations.write_result(case, "giay_phep", actor=cast.district_leader, at=on("12/03/2014"))


def test_an_agency_that_ended_without_an_heir_is_named_and_nothing_moves(cast: Cast) -> None:
    case = a_house(cast, on("10/03/2014"))
    type(cast.district).objects.filter(pk=cast.district.pk).update(valid_to=dt.date(2014, 3, 11))
    with pytest.raises(Refusal, match="đã thôi hoạt động, chưa ghi đơn vị nào tiếp nhận"):
        operations.act(case, "forward", actor=cast.commune_leader, at=on("12/03/2014"))
    case.refresh_from_db()
    assert case.holder_unit == cast.commune
