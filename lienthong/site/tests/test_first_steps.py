"""The first page of the administrator of a new house says what to do first, and stops once it is done."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.models import Book
from lienthong.documents.operations.registration import open_book
from lienthong.organisation.actor import Actor
from lienthong.ui import first_steps
from tests.cast import AT, Cast, Login

WORDS = "Các bước đầu tiên"


def undone(actor: Actor) -> set[str]:
    return {one.step.key for one in first_steps.standing(actor) if not one.is_done}


def test_what_is_missing_is_shown_and_what_is_there_is_ticked(cast: Cast, client: Client, login: Login) -> None:
    page = login(client, cast.administrator).get(reverse("tasks:mine")).text
    assert WORDS in page
    assert "Lập đơn vị" in page
    left = undone(cast.administrator)
    assert "units" not in left
    assert "outgoing_book" in left


def test_a_step_is_done_when_its_first_row_is_there(cast: Cast) -> None:
    Book.objects.visible_to(cast.administrator).delete()
    assert "book" in undone(cast.administrator)
    agency = cast.administrator.post.unit.agency
    assert agency is not None
    open_book(agency, name="Sổ văn bản đến", is_default=True, actor=cast.administrator, at=AT)
    assert "book" not in undone(cast.administrator)


def test_nothing_is_shown_to_others_nor_once_all_is_done(
    cast: Cast, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert WORDS not in login(client, cast.specialist).get(reverse("tasks:mine")).text
    monkeypatch.setattr(first_steps, "count_all", lambda lists: [9 for _ in lists])
    assert first_steps.standing(cast.administrator) == []


def test_all_steps_are_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        first_steps.standing(cast.administrator)


def test_every_step_leads_to_a_page_that_its_right_opens(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    for one in first_steps.standing(cast.administrator):
        assert client.get(one.url).status_code == 200, one.step.key


def test_the_home_page_answers_head(cast: Cast, client: Client, login: Login) -> None:
    assert login(client, cast.leader).head("/").status_code == 200
