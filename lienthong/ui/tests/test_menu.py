"""The rail shows what the actor may use, in order, with the open work beside it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

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


def test_a_count_is_asked_for_the_actor_only_where_it_is_shown() -> None:
    asked: list[Any] = []

    def count(who: Any) -> int:
        asked.append(who)
        return 12

    menu.declare(entry("home", count=count))
    menu.declare(entry("secret", right="secret", count=count))
    me = actor()
    assert menu.shown_to(me)[0].count == 12
    assert asked == [me]


def test_the_plus_menu_shows_what_the_actor_may_begin() -> None:
    menu.declare_new(
        NewEntry(key="incoming", label="Văn bản đến", icon="file", url_name="ui:gallery", right="incoming.register")
    )
    assert menu.new_for(actor()) == []
    assert [e.key for e in menu.new_for(actor("incoming.register"))] == ["incoming"]
