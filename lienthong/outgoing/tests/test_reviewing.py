"""From desk to desk: a way of any length, back to any step, to the signer of that day."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.models import Post
from lienthong.organisation.operations import end_signing_authority, grant_signing_authority
from lienthong.outgoing.models import Draft, ReviewStep
from lienthong.outgoing.operations.drafting import save
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.reviewing import (
    Station,
    agree,
    change_signer,
    decline_to_sign,
    put_up,
    send_back,
    withdraw,
)
from lienthong.outgoing.operations.signing import sign, withdraw_signature
from lienthong.outgoing.tests.builders import WORDING, address, authority_of, make_draft, put_before
from lienthong.outgoing.wording import Wording
from tests.cast import AT, FOUNDED, MONDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return address(cast, make_draft(cast.specialist), cast.specialist)


def way(cast: Cast) -> list[Station]:
    """Three reviewers: the head of the unit, then two at the same time."""
    return [
        Station(1, cast.division_head.post),
        Station(2, cast.clerk.post, ReviewStep.Purpose.FORM),
        Station(2, cast.second_division_head.post, ReviewStep.Purpose.OPINION),
    ]


def turn(draft: Draft, *, post: Post | None = None) -> ReviewStep:
    steps = draft.steps.filter(state="current")
    return steps.get(post=post) if post else steps.get()


def test_it_goes_along_the_way_to_the_deputy_who_signs(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.deputy_leader, *way(cast), actor=cast.specialist)
    agree(turn(draft), opinion="Nhất trí", actor=cast.division_head, at=AT)
    assert {step.post for step in draft.steps.filter(state="current")} == {
        cast.clerk.post,
        cast.second_division_head.post,
    }
    agree(turn(draft, post=cast.clerk.post), actor=cast.clerk, at=AT)
    draft.refresh_from_db()
    assert draft.state == "review"
    agree(turn(draft), actor=cast.second_division_head, at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.holder) == ("signing", cast.deputy_leader.post)
    signature = sign(draft, version=1, actor=cast.deputy_leader, at=AT)
    assert signature.lines == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    draft.refresh_from_db()
    assert (draft.state, draft.holder) == ("signed", None)
    assert Draft.objects.visible_to(cast.clerk).filter(pk=draft.pk).exists()


def test_it_comes_back_to_the_author_and_is_put_up_again(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.leader, *way(cast), actor=cast.specialist)
    send_back(turn(draft), reason="Thiếu số liệu", actor=cast.division_head, at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.holder, draft.round) == ("writing", cast.specialist.post, 1)
    assert not draft.steps.filter(state__in=("waiting", "current")).exists()
    version = save(draft, Wording(abstract="Mới", body="Mới"), number=1, revision=1, actor=cast.specialist, at=AT)
    assert version.number == 2
    put_before(cast, draft, cast.leader, *way(cast), actor=cast.specialist)
    assert turn(draft).round == 2
    assert any("trả lại cho Phạm Ngọc Ánh" in entry.sentence for entry in timeline(draft.subject))


def test_it_goes_back_to_an_earlier_step_and_from_there_on_again(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.leader, *way(cast), actor=cast.specialist)
    first = turn(draft)
    agree(first, actor=cast.division_head, at=AT)
    send_back(turn(draft, post=cast.clerk.post), reason="Sai thể thức", to=first, actor=cast.clerk, at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.round, turn(draft).post) == ("review", 2, cast.division_head.post)
    assert draft.steps.filter(round=2).count() == 3


def test_the_signer_sends_it_back_to_any_step(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.leader, Station(1, cast.division_head.post), actor=cast.specialist)
    step = turn(draft)
    agree(step, actor=cast.division_head, at=AT)
    decline_to_sign(draft, reason="Xem lại mục 2", to=step, actor=cast.leader, at=AT)
    assert turn(draft).post == cast.division_head.post


def test_a_reviewer_mends_and_that_is_a_version(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.leader, Station(1, cast.division_head.post), actor=cast.specialist)
    mended = Wording(abstract="Gọn hơn", body="Gọn hơn./.")
    assert save(draft, mended, number=1, revision=1, actor=cast.division_head, at=AT).number == 2
    with pytest.raises(Forbidden):
        save(draft, WORDING, number=2, revision=1, actor=cast.specialist, at=AT)
    agree(turn(draft), actor=cast.division_head, at=AT)
    with pytest.raises(Refusal, match="phiên bản 2"):
        sign(draft, version=1, actor=cast.leader, at=AT)
    assert sign(draft, version=2, actor=cast.leader, at=AT).version.number == 2


def test_out_of_turn_nothing_is_agreed(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.leader, *way(cast), actor=cast.specialist)
    step = turn(draft)
    with pytest.raises(Forbidden):
        agree(step, actor=cast.clerk, at=AT)
    agree(step, actor=cast.division_head, at=AT)
    with pytest.raises(Forbidden, match="không còn chờ bạn"):
        agree(step, actor=cast.division_head, at=AT)
    with pytest.raises(Refusal):
        send_back(turn(draft, post=cast.clerk.post), reason=" ", actor=cast.clerk, at=AT)


def test_the_author_takes_it_back(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.leader, *way(cast), actor=cast.specialist)
    with pytest.raises(Forbidden):
        withdraw(draft, actor=cast.division_head, at=AT)
    assert withdraw(draft, reason="Bổ sung", actor=cast.specialist, at=AT).state == "writing"
    with pytest.raises(Forbidden):
        agree(draft.steps.get(post=cast.division_head.post), actor=cast.division_head, at=AT)


def test_an_empty_draft_or_one_without_recipients_is_not_put_up(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    with pytest.raises(Refusal, match="nơi nhận"):
        put_before(cast, draft, cast.leader, actor=cast.specialist)
    empty = address(cast, make_draft(cast.specialist, wording=Wording(abstract="Trống")), cast.specialist)
    with pytest.raises(Refusal, match="chưa có nội dung"):
        put_before(cast, empty, cast.leader, actor=cast.specialist)


def test_a_reviewer_of_another_agency_is_refused(cast: Cast, draft: Draft) -> None:
    with pytest.raises(Refusal) as refused:
        put_before(cast, draft, cast.leader, Station(1, cast.outsider.post), actor=cast.specialist)
    assert refused.value.field == "way"


def test_an_authority_that_ended_yesterday_signs_nothing(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.deputy_leader, actor=cast.specialist)
    end_signing_authority(authority_of(cast.deputy_leader, cast), on=MONDAY, actor=None, at=AT)
    with pytest.raises(Refusal, match="đã thôi từ 10/03/2014"):
        sign(draft, version=1, actor=cast.deputy_leader, at=AT)
    change_signer(draft, authority_of(cast.leader, cast), reason="Hết thẩm quyền", actor=cast.specialist, at=AT)
    assert sign(draft, version=1, actor=cast.leader, at=AT).lines == ["GIÁM ĐỐC"]


def test_an_authority_that_has_not_begun_is_refused(cast: Cast, draft: Draft) -> None:
    later = grant_signing_authority(
        cast.office_head.post,
        unit=cast.ubnd,
        form="tl",
        scope="Giấy mời",
        source="Quy chế làm việc",
        valid_from=MONDAY + dt.timedelta(days=1),
        actor=None,
        at=AT,
    )
    with pytest.raises(Refusal, match="không có thẩm quyền ký cho Sở"):
        put_up(draft, [], authority=later, actor=cast.specialist, at=AT)
    own = address_of_province(cast)
    with pytest.raises(Refusal, match="có hiệu lực từ 11/03/2014"):
        put_up(own, [], authority=later, actor=cast.office_specialist, at=AT)
    assert later.valid_from > FOUNDED


def address_of_province(cast: Cast) -> Draft:
    own = make_draft(cast.office_specialist, code="giay-moi")
    set_recipients(own, [Line(line="Sở", way="system", unit=cast.stttt)], actor=cast.office_specialist, at=AT)
    return own


def test_only_the_signer_in_person_signs_and_takes_it_back(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.leader, actor=cast.specialist)
    with pytest.raises(Forbidden):
        sign(draft, version=1, actor=cast.deputy_leader, at=AT)
    sign(draft, version=1, actor=cast.leader, at=AT)
    with pytest.raises(Forbidden):
        withdraw_signature(draft, reason="Nhầm", actor=cast.deputy_leader, at=AT)
    assert withdraw_signature(draft, reason="Nhầm phiên bản", actor=cast.leader, at=AT).state == "signing"
    sign(draft, version=1, actor=cast.leader, at=AT)
    assert draft.signatures.count() == 2
