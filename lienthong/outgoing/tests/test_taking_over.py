"""What somebody writes, looks at or is to sign goes to another, who goes on where it stands."""

from __future__ import annotations

import pytest

from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.operations import end_post, hand_over
from lienthong.organisation.queries.holdings import in_hand
from lienthong.outgoing import policies
from lienthong.outgoing.models import Draft, ReviewStep
from lienthong.outgoing.operations.reviewing import Station, agree, withdraw
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.tests.builders import address, make_draft, put_before
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return address(cast, make_draft(cast.specialist), cast.specialist)


def test_the_taker_goes_on_writing(cast: Cast, draft: Draft) -> None:
    with pytest.raises(Refusal, match="dự thảo do người này soạn: 1"):
        end_post(cast.specialist.post, on=AT.date(), actor=cast.administrator, at=AT)
    hand_over(cast.specialist.post, cast.second_specialist.post, actor=cast.division_head, at=AT)
    draft.refresh_from_db()
    assert (draft.author, draft.holder) == (cast.second_specialist.post, cast.second_specialist.post)
    assert policies.can_drop(cast.second_specialist, draft)
    assert not policies.can_drop(cast.specialist, draft)
    assert Draft.objects.visible_to(cast.second_specialist).filter(pk=draft.pk).exists()
    (entry, *_) = timeline(draft.subject)
    assert "bàn giao việc soạn thảo từ Phạm Ngọc Ánh, Chuyên viên cho Võ Đình Đức" in entry.sentence


def test_the_taker_reviews_in_the_givers_place(cast: Cast, draft: Draft) -> None:
    way = [Station(1, cast.division_head.post), Station(2, cast.clerk.post, ReviewStep.Purpose.FORM)]
    put_before(cast, draft, cast.deputy_leader, *way, actor=cast.specialist)
    hand_over(cast.division_head.post, cast.second_division_head.post, actor=cast.leader, at=AT)
    draft.refresh_from_db()
    assert draft.holder == cast.second_division_head.post
    agree(draft.steps.get(state="current"), actor=cast.second_division_head, at=AT)
    assert draft.steps.get(state="current").post == cast.clerk.post


def test_nobody_stands_twice_at_one_step(cast: Cast, draft: Draft) -> None:
    way = [Station(1, cast.division_head.post), Station(1, cast.second_division_head.post)]
    put_before(cast, draft, cast.deputy_leader, *way, actor=cast.specialist)
    with pytest.raises(Refusal, match="đã có tên ở cùng bước duyệt"):
        hand_over(cast.division_head.post, cast.second_division_head.post, actor=cast.leader, at=AT)
    assert in_hand([cast.division_head.post], AT.date())[cast.division_head.post.pk][0].number == 1


def test_what_waits_for_a_signature_goes_to_one_whom_the_register_names(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.deputy_leader, actor=cast.specialist)
    with pytest.raises(Refusal, match="Lê Quang Huy chưa có thẩm quyền ký cho Sở Thông tin và Truyền thông"):
        hand_over(cast.deputy_leader.post, cast.division_head.post, actor=cast.administrator, at=AT)
    hand_over(cast.deputy_leader.post, cast.leader.post, actor=cast.administrator, at=AT)
    draft.refresh_from_db()
    assert draft.holder == cast.leader.post
    assert not policies.can_sign(cast.deputy_leader, draft)
    sign(draft, version=draft.version, actor=cast.leader, at=AT)
    draft.refresh_from_db()
    assert draft.state == "signed"


def test_the_new_author_takes_a_draft_back_from_review(cast: Cast, draft: Draft) -> None:
    put_before(cast, draft, cast.deputy_leader, Station(1, cast.division_head.post), actor=cast.specialist)
    hand_over(cast.specialist.post, cast.second_specialist.post, actor=cast.division_head, at=AT)
    draft.refresh_from_db()
    withdraw(draft, actor=cast.second_specialist, at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.holder) == ("writing", cast.second_specialist.post)
