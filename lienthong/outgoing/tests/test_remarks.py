"""A remark stands on a paragraph and keeps its place when the wording goes on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.kernel.refusal import Refusal
from lienthong.outgoing.operations.commenting import comment
from lienthong.outgoing.operations.drafting import save
from lienthong.outgoing.paragraphs import Place, follow, paragraphs
from lienthong.outgoing.tests.builders import WORDING, make_draft
from lienthong.outgoing.wording import Wording
from tests.cast import AT, Cast, Login


def test_paragraphs_are_the_lines_that_say_something() -> None:
    assert paragraphs("Một.\n\n  Hai.  \n") == ["Một.", "Hai."]


@pytest.mark.parametrize(
    ("new", "places"),
    [
        (["a", "b", "c"], [Place(1), Place(2), Place(3)]),
        (["x", "a", "b", "c"], [Place(2), Place(3), Place(4)]),
        (["a", "B", "c"], [Place(1), Place(2, is_changed=True), Place(3)]),
        (["a", "c"], [Place(1), Place(None, is_changed=True), Place(2)]),
        ([], [Place(None, is_changed=True)] * 3),
    ],
)
def test_a_paragraph_is_followed_into_a_new_wording(new: list[str], places: list[Place]) -> None:
    assert follow(["a", "b", "c"], new) == places


@pytest.mark.django_db
def test_a_remark_survives_a_new_version_and_says_that_its_paragraph_changed(
    cast: Cast, client: Client, login: Login
) -> None:
    draft = make_draft(cast.specialist)
    comment(draft, text="Xem lại con số", line=3, actor=cast.division_head, at=AT)
    body = "Dòng mới đứng đầu.\n" + WORDING.body.replace("214 điểm", "215 điểm")
    save(draft, Wording(abstract=draft.abstract, body=body), number=1, revision=1, actor=cast.second_specialist, at=AT)
    login(client, cast.specialist)
    shown = client.get(reverse("outgoing:draft", args=[draft.pk])).content.decode()
    assert '<a href="#paragraph-4">đoạn 4</a>' in shown
    assert "đoạn đã đổi" in shown
    assert "góp ở phiên bản 1" in shown
    assert "214 điểm" in shown
    assert "1 góp ý" in shown


@pytest.mark.django_db
def test_a_paragraph_is_chosen_by_its_link(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    shown = client.get(reverse("outgoing:draft", args=[draft.pk]), {"line": "2"}).content.decode()
    assert 'name="line" inputmode="numeric" value="2"' in shown


@pytest.mark.django_db
def test_a_paragraph_that_there_is_not_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="có 4 đoạn"):
        comment(make_draft(cast.specialist), text="Ở đâu?", line=5, actor=cast.specialist, at=AT)
