"""Officers keep a filter under a name, see it as a chip, take it away and bring it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.ui import worklists
from lienthong.ui.models import SavedFilter
from lienthong.ui.operations import MOST, remove_filter, restore_filter, save_filter
from lienthong.ui.queries import saved_filters
from tests.cast import AT, Cast

Login = Callable[[Client, Actor], Client]
LIST = worklists.WorkList("sample", "ui:gallery", ("state", "unit", "sort"))


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(worklists._lists, "sample", LIST)


def save(actor: Actor, name: str = "Quá hạn", query: str = "state=late") -> SavedFilter:
    return save_filter("sample", name=name, query=query, actor=actor, at=AT)


def test_only_what_narrows_the_list_is_kept_always_in_the_same_order() -> None:
    assert LIST.query("?unit=3&after=25&state=late&next=//evil") == "state=late&unit=3"
    assert LIST.query("unit=&after=2") == ""
    assert LIST.query("state=qu%C3%A1+h%E1%BA%A1n") == "state=qu%C3%A1+h%E1%BA%A1n"
    assert LIST.address("state=late").endswith("?state=late")


def test_a_saved_filter_is_a_chip_and_the_present_one_can_be_saved(cast: Cast, django_assert_num_queries: Any) -> None:
    kept = save(cast.specialist, "  Quá   hạn ", "unit=3&state=late")
    assert kept.name == "Quá hạn"
    with django_assert_num_queries(1):
        here = saved_filters(cast.specialist, "sample", QueryDict("state=late&unit=3&after=9"))
    assert [(one.name, one.chosen, one.address.partition("?")[2]) for one in here.shown] == [
        ("Quá hạn", True, "state=late&unit=3")
    ]
    assert here.unsaved == ""
    other = saved_filters(cast.specialist, "sample", QueryDict("state=new"))
    assert (other.unsaved, other.shown[0].chosen) == ("state=new", False)
    assert saved_filters(cast.specialist, "sample", QueryDict("")).unsaved == ""
    assert saved_filters(cast.leader, "sample", QueryDict("")).shown == []


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        (" ", "state=new", "Đặt tên"),
        ("x" * 61, "state=new", "Đặt tên"),
        ("quá HẠN", "state=new", "Đã có bộ lọc tên"),
        ("Khác", "after=1&state=late", "đã được lưu với tên “Quá hạn”"),
        ("Trống", "after=1", "chưa được lọc"),
        ("Dài", "state=" + "x" * 600, "chưa được lọc"),
    ],
)
def test_what_cannot_be_saved_is_refused_beside_the_name(cast: Cast, name: str, query: str, words: str) -> None:
    save(cast.specialist)
    with pytest.raises(Refusal, match=words) as refused:
        save(cast.specialist, name, query)
    assert refused.value.field == "name"
    assert save(cast.leader, "Quá hạn").pk


def test_only_so_many_are_kept(cast: Cast) -> None:
    for number in range(MOST):
        save(cast.specialist, f"Đơn vị {number}", f"unit={number + 1}")
    with pytest.raises(Refusal, match="tối đa 12 bộ lọc"):
        save(cast.specialist, "Thêm", "unit=99")


def test_what_is_removed_comes_back_within_the_day_and_never_over_another(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    kept = save(cast.specialist)
    for act in (remove_filter, restore_filter):
        with pytest.raises(Forbidden):
            act(kept, actor=cast.leader, at=AT)
    with django_assert_max_num_queries(4):
        remove_filter(kept, actor=cast.specialist, at=AT)
    assert not SavedFilter.objects.visible_to(cast.specialist).standing()
    with django_assert_max_num_queries(7):
        restore_filter(kept, actor=cast.specialist, at=AT + dt.timedelta(hours=2))
    assert SavedFilter.objects.visible_to(cast.specialist).standing().get() == kept
    remove_filter(kept, actor=cast.specialist, at=AT)
    again = save(cast.specialist, "Trễ")
    with pytest.raises(Refusal, match="không khôi phục được"):
        restore_filter(kept, actor=cast.specialist, at=AT)
    remove_filter(again, actor=cast.specialist, at=AT)
    save_filter("sample", name="Mới", query="state=new", actor=cast.specialist, at=AT + dt.timedelta(days=2))
    assert SavedFilter.objects.count() == 1


def test_it_is_saved_deleted_and_brought_back_from_the_page(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.specialist)
    said = {"work_list": "sample", "name": "Quá hạn", "query": "state=late&after=3"}
    answer = client.post("/saved-filters/", said)
    assert (answer.status_code, answer["Location"]) == (302, "/_ui/?state=late")
    refused = client.post("/saved-filters/", said)
    assert refused.status_code == 422
    assert "Đã có bộ lọc tên “Quá hạn”" in refused.content.decode()
    assert client.post("/saved-filters/", {**said, "work_list": "unknown"}).status_code == 404
    assert client.get("/saved-filters/").status_code == 405
    kept = SavedFilter.objects.get()
    login(client, cast.outsider)
    assert client.post(f"/saved-filters/{kept.pk}/removal/").status_code == 404
    login(client, cast.specialist)
    assert client.post(f"/saved-filters/{kept.pk}/removal/")["Location"] == "/_ui/"
    page = client.get("/").content.decode()
    assert "Đã xóa bộ lọc “Quá hạn”" in page
    assert f'action="/saved-filters/{kept.pk}/restoration/"' in page
    assert client.post(f"/saved-filters/{kept.pk}/restoration/")["Location"] == "/_ui/?state=late"
    kept.refresh_from_db()
    assert kept.removed_at is None
