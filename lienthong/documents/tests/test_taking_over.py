"""What waits for a leader, what the clerk has not forwarded and the rules that name somebody go to another."""

from __future__ import annotations

import pytest

from lienthong.documents.models import IncomingDocument, StandingRule, Wait
from lienthong.documents.operations.routing import forward
from lienthong.documents.operations.settings import keep_rule
from lienthong.documents.policies import can_instruct
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.operations import hand_over
from lienthong.organisation.queries.holdings import in_hand
from lienthong.search.queries import find
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


def test_what_waits_for_a_leader_goes_before_another_with_its_clock(cast: Cast) -> None:
    document = make_document(make_book(cast), cast.clerk)
    forward(document, cast.leader.post, actor=cast.clerk, at=AT)
    due = Wait.objects.running().get().due_at
    with pytest.raises(Refusal, match="Vai trò trưởng phòng của Lê Quang Huy không làm được: văn bản đến chờ"):
        hand_over(cast.leader.post, cast.division_head.post, actor=cast.administrator, at=AT)
    with pytest.raises(Refusal, match="không thuộc cơ quan"):
        hand_over(cast.leader.post, cast.health_leader.post, actor=cast.administrator, at=AT)
    hand_over(cast.leader.post, cast.deputy_leader.post, actor=cast.administrator, at=AT)
    document.refresh_from_db()
    wait = Wait.objects.running().get()
    assert (document.holder_post, wait.post, wait.due_at) == (cast.deputy_leader.post, cast.deputy_leader.post, due)
    assert can_instruct(cast.deputy_leader, document)
    (entry, *_) = timeline(document.subject)
    assert entry.sentence == (
        "Ngô Thanh Sơn bàn giao văn bản từ Nguyễn Hoàng Minh, Giám đốc cho Trần Thị Thu Hà, Phó Giám đốc"
    )
    assert document.forwardings.filter(taker=cast.deputy_leader.post, note="Bàn giao công việc").exists()
    assert IncomingDocument.objects.visible_to(cast.deputy_leader).filter(pk=document.pk).exists()
    assert [hit.subject for hit in find(cast.deputy_leader, document.symbol).hits] == [document.subject]


def test_what_is_not_forwarded_yet_waits_for_another_clerk(cast: Cast) -> None:
    make_document(make_book(cast), cast.clerk)
    (one,) = in_hand([cast.clerk.post], AT.date())[cast.clerk.post.pk]
    assert (one.kind.kind, one.number) == ("documents.forwarding", 1)
    with pytest.raises(Refusal, match="không làm được"):
        hand_over(cast.clerk.post, cast.editor.post, actor=cast.administrator, at=AT)


def test_standing_rules_hold_by_the_takers_word(cast: Cast) -> None:
    rule = StandingRule(
        name="Báo cáo tuần",
        authority=cast.leader.post,
        leader=cast.leader.post,
        abstract_words="báo cáo tuần",
        valid_from=AT.date(),
    )
    keep_rule(rule, actor=cast.leader, at=AT)
    hand_over(cast.leader.post, cast.deputy_leader.post, actor=cast.administrator, at=AT)
    rule.refresh_from_db()
    assert (rule.authority, rule.leader) == (cast.deputy_leader.post, cast.deputy_leader.post)
