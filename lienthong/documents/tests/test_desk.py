"""What waits at the counter or for an instruction is counted on the home page, only while it waits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lienthong.documents.operations.routing import forward
from lienthong.documents.tests.builders import AT, make_book, make_document
from lienthong.organisation.actor import Actor
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@time_machine.travel(AT, tick=False)
def test_a_leaders_tabs_begin_with_the_documents_that_wait_for_an_instruction(
    cast: Cast, client: Client, login: Callable[[Client, Actor], Client]
) -> None:
    document = make_document(make_book(cast), cast.clerk)
    login(client, cast.leader)
    before = [tab["label"] for tab in client.get(reverse("tasks:mine")).context["tabs"]]
    assert "Chờ ý kiến" not in before

    forward(document, to=cast.leader.post, actor=cast.clerk, at=AT)

    tabs = client.get(reverse("tasks:mine")).context["tabs"]
    assert [(tab["label"], tab["count"]) for tab in tabs[:2]] == [("Cần làm", 0), ("Chờ ý kiến", 1)]
    assert document.abstract in client.get(tabs[1]["url"]).content.decode()
