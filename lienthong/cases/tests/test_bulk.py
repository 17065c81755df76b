"""The same thing done to several cases, each for itself; and cases that go to a substitute."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations.bulk import MOST
from lienthong.cases.operations.taking_over import take_over
from lienthong.cases.tests.builders import a_case, citizen
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.holdings import Hands
from lienthong.organisation.models import Post
from lienthong.organisation.operations import appoint
from lienthong.organisation.operations.handing_over import hand_back
from lienthong.tasks.queries import inbox
from tests.cast import AT, FOUNDED, Cast

HOUR = dt.timedelta(hours=1)


def _three(cast: Cast) -> list[Case]:
    applicant = citizen(cast.commune_desk_officer)
    return [a_case(cast, applicant=applicant) for _ in range(3)]


def test_each_case_is_led_on_for_itself_and_says_what_came_of_it(cast: Cast) -> None:
    first, second, third = _three(cast)
    operations.request_supplement(second, papers={"to_khai": "Sai tên"}, actor=cast.registrar, at=AT)
    keys = [third.pk, second.pk, first.pk, third.pk]
    outcomes = operations.act_on_all(keys, "onward", note="Trình cùng đợt", actor=cast.registrar, at=AT)
    assert [(one.pk, one.is_done) for one in outcomes] == [(third.pk, True), (second.pk, False), (first.pk, True)]
    assert "chờ người nộp bổ sung" in outcomes[1].problem
    assert outcomes[0].code == third.code
    signed = operations.act_on_all([first.pk, third.pk], "sign", actor=cast.commune_leader, at=AT)
    assert all(one.is_done for one in signed)
    assert Case.objects.filter(status=Case.Status.DONE).count() == 2


def test_again_nothing_is_done_twice(cast: Cast) -> None:
    keys = [case.pk for case in _three(cast)]
    operations.act_on_all(keys, "propose", actor=cast.registrar, at=AT)
    again = operations.act_on_all(keys, "propose", actor=cast.registrar, at=AT)
    assert all("không có thao tác này" in one.problem for one in again)
    theirs = operations.act_on_all(keys, "sign", actor=cast.registrar, at=AT)
    assert all("không ở trong tay bạn" in one.problem for one in theirs)


def test_what_one_may_not_see_is_not_told(cast: Cast) -> None:
    keys = [case.pk for case in _three(cast)]
    outcomes = operations.act_on_all(keys, "propose", actor=cast.outsider, at=AT)
    assert {(one.code, one.problem) for one in outcomes} == {("", "Không có hồ sơ này, hoặc bạn không được xem.")}


@pytest.mark.parametrize("action", ["decline", "send_back", "hand_over", "không có"])
def test_what_needs_a_reason_of_its_own_is_not_done_to_many(cast: Cast, action: str) -> None:
    with pytest.raises(Refusal, match="làm ở từng hồ sơ"):
        operations.act_on_all([1], action, actor=cast.registrar, at=AT)


def test_none_and_too_many_are_refused(cast: Cast) -> None:
    for keys in ([], list(range(MOST + 1))):
        with pytest.raises(Refusal, match="Chọn từ 1"):
            operations.act_on_all(keys, "propose", actor=cast.registrar, at=AT)


def test_several_are_taken_in_hand_and_given_to_an_officer(cast: Cast) -> None:
    keys = [case.pk for case in _three(cast)]
    assert all(one.is_done for one in operations.take_all(keys, actor=cast.registrar, at=AT))
    operations.act_on_all(keys, "propose", actor=cast.registrar, at=AT)
    post = cast.registrar.post
    given = operations.name_officer_for_all(keys, post, actor=cast.commune_leader, at=AT)
    assert all(one.is_done for one in given)
    assert Case.objects.filter(holder_post=post).count() == 3
    wrong = operations.name_officer_for_all(keys, cast.outsider.post, actor=cast.commune_leader, at=AT)
    assert all("đang công tác tại đơn vị" in one.problem for one in wrong)


def _colleague(cast: Cast) -> Post:
    officer = cast.commune_clerk.officer
    return appoint(officer, unit=cast.commune, title="Công chức Tư pháp", role="specialist", order=56,
                   valid_from=FOUNDED, actor=None, at=AT)  # fmt: skip


def test_the_cases_of_a_post_go_to_a_substitute_and_come_back(cast: Cast) -> None:
    first, second, third = _three(cast)
    colleague = _colleague(cast)
    limit = first.hand_overs.get(left_at=None).due_at
    done = operations.hand_to_substitute(
        cast.registrar.post, colleague, cases=[first.pk, second.pk], reason="Nghỉ phép",
        actor=cast.commune_leader, at=AT + HOUR,
    )  # fmt: skip
    assert set(Case.objects.filter(holder_post=colleague).values_list("pk", flat=True)) == {first.pk, second.pk}
    assert first.hand_overs.get(left_at=None).due_at == limit
    assert inbox.counts([cast.registrar], AT + HOUR).tabs["todo"] == 1
    hand_back(done, actor=cast.commune_leader, at=AT + 2 * HOUR)
    assert Case.objects.filter(holder_post=cast.registrar.post).count() == 3
    assert third.hand_overs.count() == 1


def test_who_may_not_hand_over_and_what_lacks_a_reason_is_refused(cast: Cast) -> None:
    _three(cast)
    colleague = _colleague(cast)
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        operations.hand_to_substitute(cast.registrar.post, colleague, reason=" ",
                                      actor=cast.commune_leader, at=AT)  # fmt: skip
    with pytest.raises(Forbidden):
        operations.hand_to_substitute(cast.registrar.post, colleague, reason="Nghỉ",
                                      actor=cast.outsider, at=AT)  # fmt: skip
    with pytest.raises(Refusal, match="không làm được"):
        operations.hand_to_substitute(cast.registrar.post, cast.clerk.post, reason="Nghỉ", actor=cast.commune_leader,
                                      at=AT)  # fmt: skip


def test_a_case_that_went_on_meanwhile_is_not_pulled_back(cast: Cast) -> None:
    case = _three(cast)[0]
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    hands = Hands(cast.registrar.post, cast.commune_leader.post, cast.administrator, AT)
    assert take_over(Case.objects.filter(pk=case.pk), hands) == 0
    case.refresh_from_db()
    assert (case.holder_unit, case.holder_post) == (cast.commune, None)
