"""What a receiver sent back from its counter is sent to it once more."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.documents.models import Intake
from lienthong.documents.operations.intake import discard
from lienthong.documents.operations.registration import open_book, register
from lienthong.documents.particulars import Particulars
from lienthong.documents.proposals import initial_values
from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.outgoing.models import Dispatch
from lienthong.outgoing.operations.dispatching import note_sent, send_again
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.tests.builders import issued_document, open_books
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db


@pytest.fixture
def came_back(cast: Cast) -> Dispatch:
    """What the department sent to the province's counter and its clerk sent back."""
    open_books(cast)
    document = issued_document(cast)
    discard(Intake.objects.get(agency=cast.ubnd), reason="Thiếu phụ lục", actor=cast.province_clerk, at=AT)
    return document.dispatches.get(recipient__unit=cast.ubnd)


def test_it_lies_at_the_counter_again_and_the_clerk_is_told(cast: Cast, came_back: Dispatch) -> None:
    before = Notice.objects.filter(post=cast.province_clerk.post).count()
    sent = send_again(came_back, actor=cast.clerk, at=AT)
    assert (sent.state, sent.reason) == ("sent", "")
    intake = Intake.objects.get(agency=cast.ubnd)
    assert intake.state == Intake.State.READY
    assert Notice.objects.filter(post=cast.province_clerk.post).count() == before + 1
    book = open_book(cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT)
    particulars = Particulars(**initial_values(intake.proposals, on=MONDAY))
    register(book, particulars, intake=intake, actor=cast.province_clerk, at=AT)
    came_back.refresh_from_db()
    assert came_back.state == "registered"


def test_it_is_refused_twice_to_others_and_after_a_recall(cast: Cast, came_back: Dispatch) -> None:
    with pytest.raises(Forbidden):
        send_again(came_back, actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="nhận trên hệ thống"):
        note_sent(came_back, actor=cast.clerk, at=AT)
    send_again(came_back, actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="không ở tình trạng trả lại"):
        send_again(came_back, actor=cast.clerk, at=AT)
    discard(Intake.objects.get(agency=cast.ubnd), reason="Thiếu phụ lục", actor=cast.province_clerk, at=AT)
    recall(came_back.document, reason="Sai số liệu", actor=cast.leader, at=AT)
    with pytest.raises(Refusal, match="đã thu hồi"):
        send_again(came_back, actor=cast.clerk, at=AT)


def test_the_page_offers_it_where_it_came_back(cast: Cast, came_back: Dispatch, client: Client, login: Login) -> None:
    address = reverse("outgoing:document", args=[came_back.document_id])
    assert "Gửi lại" in login(client, cast.clerk).get(address).text
    sending = reverse("outgoing:sending", args=[came_back.document_id, came_back.pk])
    answer = client.post(sending, {"again": "1"}, follow=True)
    assert "Đã gửi lại" in answer.text
    told = timeline(came_back.document.draft.subject, limit=50)
    assert "gửi lại Ủy ban nhân dân tỉnh" in " ".join(entry.sentence for entry in told)
