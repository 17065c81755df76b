"""How urgent a paper is and how far it may go is set while it is in hand, as a version of its own."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.outgoing.operations.marking import set_marks
from lienthong.outgoing.operations.reviewing import Station
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.tests.builders import address, make_draft, put_before, signed_draft
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db
INSIDE = "LƯU HÀNH NỘI BỘ"


def test_marks_are_printed_and_make_a_version(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    with time_machine.travel(AT, tick=False):
        form = {"urgency": "urgent", "circulation": INSIDE}
        answer = client.post(reverse("outgoing:marks", args=[draft.pk]), form, follow=True)
    shown = answer.content.decode()
    assert INSIDE in shown
    assert "đặt độ khẩn khẩn" in shown
    draft.refresh_from_db()
    assert (draft.urgency, draft.circulation, draft.version) == ("urgent", INSIDE, 2)
    assert pages_of_draft(draft, on=MONDAY).circulation == INSIDE


def test_the_same_marks_again_change_nothing(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    set_marks(draft, urgency="normal", circulation="", actor=cast.specialist, at=AT)
    draft.refresh_from_db()
    assert draft.version == 1


def test_marks_that_there_are_not_are_refused(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    with pytest.raises(Refusal, match="lưu hành"):
        set_marks(draft, urgency="normal", circulation="CẤM", actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="độ khẩn"):
        set_marks(draft, urgency="sometime", circulation="", actor=cast.specialist, at=AT)


def test_a_reviewer_sets_them_in_turn_and_nobody_after_the_signature(cast: Cast) -> None:
    draft = address(cast, make_draft(cast.specialist), cast.specialist)
    put_before(cast, draft, cast.leader, Station(1, cast.division_head.post), actor=cast.specialist)
    with pytest.raises(Forbidden):
        set_marks(draft, urgency="urgent", circulation="", actor=cast.specialist, at=AT)
    set_marks(draft, urgency="urgent", circulation="", actor=cast.division_head, at=AT)
    draft.refresh_from_db()
    assert draft.version == 2
    with pytest.raises(Forbidden):
        set_marks(signed_draft(cast), urgency="urgent", circulation="", actor=cast.specialist, at=AT)


def test_who_has_an_older_version_before_them_does_not_sign_the_marked_one(cast: Cast) -> None:
    draft = address(cast, make_draft(cast.specialist), cast.specialist)
    set_marks(draft, urgency="urgent", circulation="", actor=cast.specialist, at=AT)
    put_before(cast, draft, cast.leader, actor=cast.specialist)
    with pytest.raises(Refusal, match="phiên bản 2"):
        sign(draft, version=1, actor=cast.leader, at=AT)
