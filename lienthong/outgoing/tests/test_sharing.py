"""Colleagues of a unit write on one draft together, and nobody's wording is lost."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.outgoing.models import Draft
from lienthong.outgoing.operations.sharing import share
from lienthong.outgoing.tests.builders import WORDING, make_draft
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_monday() -> object:
    with time_machine.travel(AT, tick=False):
        yield


def test_a_colleague_who_is_asked_writes_and_hears_of_it(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    assert not Draft.objects.visible_to(cast.second_specialist).exists()
    for _ in range(2):
        share(draft, cast.second_specialist.post, actor=cast.specialist, at=AT)
    assert Draft.objects.visible_to(cast.second_specialist).get() == draft
    (notice,) = Notice.objects.filter(post=cast.second_specialist.post)
    assert "mời cùng soạn" in notice.text


def test_nobody_of_another_unit_is_asked_and_nobody_else_asks(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    with pytest.raises(Refusal, match="không soạn thảo ở"):
        share(draft, cast.second_division_head.post, actor=cast.specialist, at=AT)
    with pytest.raises(Forbidden):
        share(draft, cast.second_specialist.post, actor=cast.outsider, at=AT)


def test_two_who_write_at_once_are_shown_each_others_wording(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    page = reverse("outgoing:sharing", args=[draft.pk])
    assert "Mời cùng soạn" in client.get(page).content.decode()
    client.post(page, {"post": cast.second_specialist.post.pk})
    assert "Đang cùng soạn" in client.get(page).content.decode()
    assert client.post(page, {"post": "0"}).status_code == 409
    edit = reverse("outgoing:edit", args=[draft.pk])
    sent = {"number": 1, "revision": 1, "abstract": WORDING.abstract, "addressees": "", "body": "Của người thứ hai."}
    sent |= {"appendix-TOTAL_FORMS": 0, "appendix-INITIAL_FORMS": 0}
    login(client, cast.second_specialist)
    assert "lưu bản này" in client.get(edit).content.decode()
    assert client.post(edit, sent).status_code == 302
    login(client, cast.specialist)
    stale = client.post(edit, sent | {"body": "Của người thứ nhất."})
    assert stale.status_code == 409
    assert "Của người thứ nhất." in stale.content.decode()
    assert "khác bản đang lưu ở đâu" in stale.content.decode()
