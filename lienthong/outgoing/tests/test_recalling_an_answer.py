"""A recalled answer is no answer: the follow-up book forgets it, the task goes on, and everybody concerned is told."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from lienthong.documents.models import IncomingDocument
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.journal.queries import timeline
from lienthong.notifications.models import Notice
from lienthong.outgoing.models import OutgoingDocument
from lienthong.outgoing.operations.drafting import Source
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.tests.builders import open_books, signed_draft
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item, assign, verify
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(cast: Cast) -> tuple[IncomingDocument, Task, OutgoingDocument]:
    """A document, the task on it, and the issued answer that reports the task; not published yet."""
    open_books(cast)
    incoming = make_document(make_book(cast), cast.clerk)
    due = Due.on(dt.date(2014, 3, 20))
    item = Item(title="Báo cáo kết quả", lead_unit=cast.cntt, lead_post=cast.specialist.post, due=due)
    (task,) = assign(incoming.subject, [item], key=uuid.uuid4(), actor=cast.leader, at=AT)
    sources = [Source("answers", incoming.subject), Source("closes", task.subject)]
    return incoming, task, issue(signed_draft(cast, sources=sources), actor=cast.clerk, at=AT)


Answered = tuple[IncomingDocument, Task, OutgoingDocument]


def test_the_book_forgets_it_and_the_task_goes_on(cast: Cast, answered: Answered) -> None:
    incoming, task, document = answered
    publish(document, at=AT)
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    incoming.refresh_from_db()
    task.refresh_from_db()
    assert incoming.answer_symbol == ""
    assert (task.state, task.finished_at) == (Task.State.IN_PROGRESS, None)
    assert f"Văn bản {document.symbol} đã thu hồi: Sai số liệu" in task.returns.get().reason
    told = [entry.sentence for entry in timeline(incoming.subject, limit=50)]
    assert any("đã thu hồi" in sentence and document.symbol in sentence for sentence in told)
    notice = Notice.objects.filter(post=cast.specialist.post, kind="task.returned").latest("pk")
    assert "Làm tiếp: Báo cáo kết quả" in notice.text


def test_a_confirmed_result_stays_and_both_sides_are_told(cast: Cast, answered: Answered) -> None:
    incoming, task, document = answered
    publish(document, at=AT)
    verify(Task.objects.get(pk=task.pk), actor=cast.leader, at=AT)
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    task.refresh_from_db()
    assert task.state == Task.State.DONE
    notice = Notice.objects.filter(post=cast.specialist.post, kind="task.returned").latest("pk")
    assert "đã thu hồi" in notice.text
    told = [entry.sentence for entry in timeline(incoming.subject, limit=50)]
    assert any("thu hồi văn bản kết quả" in sentence for sentence in told)


def test_what_is_recalled_before_it_was_published_answers_nothing(cast: Cast, answered: Answered) -> None:
    incoming, task, document = answered
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    publish(document, at=AT)
    incoming.refresh_from_db()
    task.refresh_from_db()
    assert incoming.answer_symbol == ""
    assert task.state == Task.State.ASSIGNED


def test_a_task_with_another_result_is_left_alone(cast: Cast, answered: Answered) -> None:
    _, task, document = answered
    publish(document, at=AT)
    task.reports.update(evidence_kind="", evidence_id=None)
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    assert Task.objects.get(pk=task.pk).state == Task.State.REPORTED
