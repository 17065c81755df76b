"""From hand to hand: forwarding, instruction, the tasks that follow, and the end."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from lienthong.documents.models import Book, IncomingDocument, StandingRule
from lienthong.documents.operations.arrival import Arrival, arrive
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.routing import file_away, forward, reopen, send_back
from lienthong.documents.operations.settings import keep_rule
from lienthong.documents.particulars import Particulars
from lienthong.documents.tests.builders import AT, BASIC, make_book, make_document
from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.queries import actor_for
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item, accept, cancel, finish, pass_on, verify
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cast: Cast) -> Book:
    return make_book(cast)


@pytest.fixture
def document(cast: Cast, book: Book) -> IncomingDocument:
    return make_document(book, cast.clerk)


def state_of(document: IncomingDocument) -> str:
    document.refresh_from_db()
    return document.state


def sees(document: IncomingDocument, *actors: object) -> bool:
    return all(IncomingDocument.objects.visible_to(one).filter(pk=document.pk).exists() for one in actors)  # type: ignore[arg-type]


def give(cast: Cast, document: IncomingDocument) -> Task:
    item = Item(title="Tham mưu kế hoạch", lead_unit=cast.cntt, due=Due.on(dt.date(2014, 3, 20)))
    (task,) = instruct(
        document, text="Phòng CNTT tham mưu trước 20/3", items=[item], key=uuid.uuid4(), actor=cast.leader, at=AT
    )
    return task


def test_the_clerk_forwards_it_to_a_leader(cast: Cast, document: IncomingDocument) -> None:
    forward(document, cast.leader.post, note="Kính trình", actor=cast.clerk, at=AT)
    assert state_of(document) == "forwarded"
    assert document.holder_post == cast.leader.post
    (entry, *_) = timeline(document.subject)
    assert entry.sentence == "Đặng Thị Bích Lan chuyển cho Nguyễn Hoàng Minh, Giám đốc: “Kính trình”"


def test_it_is_not_forwarded_to_one_who_may_not_instruct(cast: Cast, document: IncomingDocument) -> None:
    with pytest.raises(Refusal, match="không phải người cho ý kiến"):
        forward(document, cast.specialist.post, actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="không phải người cho ý kiến"):
        forward(document, cast.health_leader.post, actor=cast.clerk, at=AT)
    with pytest.raises(Forbidden):
        forward(document, cast.leader.post, actor=cast.outsider, at=AT)


def test_the_leader_assigns_it_and_the_division_sees_it(cast: Cast, document: IncomingDocument) -> None:
    assert not sees(document, cast.division_head)
    task = give(cast, document)
    assert sees(document, cast.division_head)
    assert not sees(document, cast.specialist)
    assert state_of(document) == "in_progress"
    assert document.due_at == task.due_at
    pass_on(task, to=cast.specialist.post, actor=cast.division_head, at=AT)
    assert sees(document, cast.specialist)
    assert not sees(document, cast.outsider)


def test_an_instruction_by_delegation_names_who_wrote_it(cast: Cast, document: IncomingDocument) -> None:
    stand_in = actor_for(
        cast.division_head.own_post, on=AT.date(), acting_post=cast.leader.post, rights=cast.leader.rights
    )
    item = Item(title="Tham mưu kế hoạch", lead_unit=cast.cntt, due=Due.on(dt.date(2014, 3, 20)))
    (task,) = instruct(document, text="Phòng CNTT tham mưu", items=[item], key=uuid.uuid4(), actor=stand_in, at=AT)
    writer, leader = cast.division_head.officer.full_name, cast.leader.officer.full_name
    assert document.instructions.get().signature == f"{writer} thay {leader}, {cast.leader.post.title}"
    assert task.assignment is not None
    assert task.assignment.author == f"{writer} thay {leader}"


def test_the_same_page_sent_twice_gives_one_set_of_tasks(cast: Cast, document: IncomingDocument) -> None:
    item = Item(title="Tham mưu", lead_unit=cast.cntt, due=Due.ongoing())
    key = uuid.uuid4()
    for _ in range(2):
        instruct(document, text="Tham mưu", items=[item], key=key, actor=cast.leader, at=AT)
    assert Task.objects.count() == 1
    assert document.instructions.count() == 1


def test_who_may_not_instruct_does_not(cast: Cast, document: IncomingDocument) -> None:
    for actor in (cast.clerk, cast.outsider, cast.health_leader, cast.division_head):
        with pytest.raises(Forbidden):
            instruct(document, text="Làm", key=uuid.uuid4(), actor=actor, at=AT)


def test_it_is_settled_with_its_last_task(cast: Cast, document: IncomingDocument) -> None:
    task = give(cast, document)
    accept(task, actor=cast.division_head, at=AT)
    finish(task, text="Đã trình kế hoạch", actor=cast.division_head, at=AT)
    assert state_of(document) == "in_progress"
    verify(task, actor=cast.leader, at=AT)
    assert state_of(document) == "settled"
    assert document.due_at is None
    reopen(document, reason="Còn ý kiến", actor=cast.leader, at=AT)
    assert state_of(document) == "registered"


def test_it_comes_back_to_the_leader_when_every_task_is_cancelled(cast: Cast, document: IncomingDocument) -> None:
    forward(document, cast.leader.post, actor=cast.clerk, at=AT)
    cancel(give(cast, document), reason="Giao nhầm", actor=cast.leader, at=AT)
    assert state_of(document) == "forwarded"


def test_a_document_with_open_tasks_is_not_filed_away(cast: Cast, document: IncomingDocument) -> None:
    give(cast, document)
    with pytest.raises(Refusal, match="còn việc đang làm"):
        file_away(document, actor=cast.leader, at=AT)


def test_what_nobody_must_act_on_is_filed(cast: Cast, document: IncomingDocument) -> None:
    file_away(document, actor=cast.clerk, at=AT)
    assert state_of(document) == "filed"
    with pytest.raises(Forbidden):
        forward(document, cast.leader.post, actor=cast.clerk, at=AT)


def test_a_wrong_address_is_returned_with_a_reason(cast: Cast, document: IncomingDocument) -> None:
    with pytest.raises(Refusal, match="lý do trả lại"):
        send_back(document, reason="", actor=cast.clerk, at=AT)
    send_back(document, reason="Gửi nhầm Sở Y tế", actor=cast.clerk, at=AT)
    assert state_of(document) == "returned"


class TestStandingRule:
    @pytest.fixture
    def rule(self, cast: Cast) -> StandingRule:
        rule = StandingRule(
            name="Văn bản về Internet",
            authority=cast.leader.post,
            abstract_words="đại lý internet, thuê bao",
            lead_unit=cast.bcvt,
            instruction="Phòng BCVT giải quyết",
            working_days=3,
            valid_from=dt.date(2014, 1, 1),
        )
        return keep_rule(rule, actor=cast.leader, at=AT)

    def arrive(self, cast: Cast, book: Book, abstract: str) -> IncomingDocument:
        particulars = Particulars(**{**BASIC, "abstract": abstract})
        document = arrive(book, Arrival(particulars=particulars), actor=cast.clerk, at=AT)
        document.refresh_from_db()
        return document

    def test_a_matching_document_goes_where_the_rule_says(self, cast: Cast, book: Book, rule: StandingRule) -> None:
        document = self.arrive(cast, book, "Kiểm tra ĐẠI LÝ INTERNET trên địa bàn")
        task = Task.objects.get()
        assert (document.state, task.lead_unit) == ("in_progress", cast.bcvt)
        assert task.assigner_post == cast.leader.post
        assert sees(document, cast.second_division_head)
        sentences = [entry.sentence for entry in timeline(document.subject)]
        assert any("(thay Nguyễn Hoàng Minh) cho ý kiến (theo quy tắc Văn bản về Internet)" in one for one in sentences)

    def test_another_document_waits(self, cast: Cast, book: Book, rule: StandingRule) -> None:
        assert self.arrive(cast, book, "Báo cáo quý I").state == "registered"

    def test_a_rule_that_ended_does_nothing(self, cast: Cast, book: Book, rule: StandingRule) -> None:
        rule.valid_to = dt.date(2014, 3, 1)
        keep_rule(rule, actor=cast.leader, at=AT)
        assert self.arrive(cast, book, "Kiểm tra đại lý Internet").state == "registered"

    def test_a_rule_without_a_condition_is_refused(self, cast: Cast, rule: StandingRule) -> None:
        rule.abstract_words = ""
        with pytest.raises(Refusal, match="ít nhất một điều kiện"):
            keep_rule(rule, actor=cast.leader, at=AT)
