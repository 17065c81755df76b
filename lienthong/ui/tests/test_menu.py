"""The rail shows what the actor may use, in order, with the open work beside it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lienthong.identity.models import User
from lienthong.ui import menu
from lienthong.ui.menu import MenuEntry, NewEntry


@pytest.fixture(autouse=True)
def _own_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_entries", {})
    monkeypatch.setattr(menu, "_new", {})


def actor(*rights: str) -> Any:
    return SimpleNamespace(can=lambda right: right in rights)


def entry(key: str, **more: Any) -> MenuEntry:
    return MenuEntry(key=key, label=key, icon="file", url_name="ui:gallery", **more)


def test_only_what_the_actor_may_use_is_shown() -> None:
    menu.declare(entry("home"))
    menu.declare(entry("incoming", right="incoming.register"))
    menu.declare(entry("books", right=("incoming.print_books", "incoming.register")))
    assert [e.key for e in menu.shown_to(actor())] == ["home"]
    assert {e.key for e in menu.shown_to(actor("incoming.register"))} == {"home", "incoming", "books"}
    assert menu.shown_to(None) == []


def test_entries_stand_in_their_order_below_their_parents() -> None:
    menu.declare(entry("documents", order=20))
    menu.declare(entry("home", order=10))
    menu.declare(entry("incoming", parent="documents"))
    assert [e.key for e in menu.shown_to(actor())] == ["home", "documents"]
    assert [e.key for e in menu.shown_to(actor())[1].children] == ["incoming"]


@pytest.mark.django_db
def test_the_counts_of_what_is_shown_are_asked_in_one_query(django_assert_num_queries: Any) -> None:
    for number in range(3):
        User.objects.create(username=f"counted{number}")
    mine = User.objects.filter(username__startswith="counted")
    menu.declare(entry("home", counted=lambda _actor: mine))
    menu.declare(entry("new", counted=lambda _actor: mine.order_by("pk")[:2]))
    menu.declare(entry("none", counted=lambda _actor: User.objects.filter(pk__in=[])))
    menu.declare(entry("mine", counted_for_all=lambda actors: mine.filter(pk__in=range(len(actors)))))
    menu.declare(entry("secret", right="secret", counted=lambda _actor: User.objects.all()))
    with django_assert_num_queries(1):
        assert menu.counts_for(actor()) == {"home": 3, "new": 2, "none": 0, "mine": 0}


def test_what_the_page_has_counted_is_not_counted_again() -> None:
    menu.declare(entry("home", counted=lambda _actor: User.objects.all()))
    counts = menu.counts_for(actor(), known={"home": 7})
    assert [shown.count for shown in menu.shown_to(actor(), counts=counts)] == [7]


def test_the_plus_menu_shows_what_the_actor_may_begin() -> None:
    menu.declare_new(
        NewEntry(key="incoming", label="Văn bản đến", icon="file", url_name="ui:gallery", right="incoming.register")
    )
    assert menu.new_for(actor()) == []
    assert [e.key for e in menu.new_for(actor("incoming.register"))] == ["incoming"]
