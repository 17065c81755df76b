"""What is found, in which order."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lienthong.search.operations import add_body, index, open_to, reindex_audiences, remove, set_state
from lienthong.search.queries import Facets, find, shorter
from lienthong.search.query_text import parse
from lienthong.search.tests.conftest import Found, Put
from tests.cast import AT, Cast


@pytest.mark.parametrize("typed", ["kế hoạch", "ke hoach", "KẾ HOẠCH", "hoạch kế", "kê hoach"])
def test_it_is_found_with_and_without_marks(cast: Cast, put: Put, found: Found, typed: str) -> None:
    put("Kế hoạch cải cách hành chính", to=[cast.clerk])
    assert found(cast.clerk, typed) == ["Kế hoạch cải cách hành chính"]


@pytest.mark.parametrize("typed", ["đường", "Đường"])
def test_what_was_typed_with_marks_comes_first(cast: Cast, put: Put, found: Found, typed: str) -> None:
    put("Về con đường mới", to=[cast.clerk])
    put("Dường như", to=[cast.clerk])
    put("Bãi Duong", to=[cast.clerk])
    assert found(cast.clerk, typed) == ["Về con đường mới", "Bãi Duong", "Dường như"]


def test_both_tone_placements_find_each_other(cast: Cast, put: Put, found: Found) -> None:
    put("Thị trấn Hoà Bình", to=[cast.clerk])
    put("Xã Hòa Thắng", to=[cast.clerk])
    put("Hoá chất", to=[cast.clerk])
    assert found(cast.clerk, "hòa") == found(cast.clerk, "hoà") == ["Xã Hòa Thắng", "Thị trấn Hoà Bình", "Hoá chất"]


@pytest.mark.parametrize(
    "typed",
    ["119/QĐ-UBND", "so 119 qd ubnd", "119/qd", "119 ubnd", "119qd", "qdubnd 119", "Số: 119/QĐ-UBND", "0119/qd", "119"],
)
def test_a_symbol_is_found_however_it_is_typed(cast: Cast, put: Put, found: Found, typed: str) -> None:
    put("Quyết định về nhiệm vụ", symbol="119/QĐ-UBND", to=[cast.clerk])
    put("Quyết định khác", symbol="1190/QĐ-UBND", to=[cast.clerk])
    put("Thông báo", symbol="45/TB-UBND", to=[cast.clerk])
    assert found(cast.clerk, typed) == ["Quyết định về nhiệm vụ"]


def test_the_symbol_itself_comes_before_papers_that_cite_it(cast: Cast, put: Put, found: Found) -> None:
    put("Quyết định", symbol="119/QĐ-UBND", to=[cast.clerk])
    put("Thực hiện Quyết định 119/QĐ-UBND", symbol="7/KH-STTTT", to=[cast.clerk])
    put("Báo cáo", body="Căn cứ Quyết định số 119/QĐ-UBND ngày 02/01/2014", to=[cast.clerk])
    assert found(cast.clerk, "119/qd-ubnd") == ["Quyết định", "Thực hiện Quyết định 119/QĐ-UBND", "Báo cáo"]


def test_the_title_comes_before_the_text_and_neighbours_before_scattered_words(
    cast: Cast, put: Put, found: Found
) -> None:
    put("Kinh tế biển", to=[cast.clerk])
    put("Tế bào và kinh phí", to=[cast.clerk])
    put("Báo cáo", body="phát triển kinh tế", to=[cast.clerk])
    assert found(cast.clerk, "kinh te") == ["Kinh tế biển", "Tế bào và kinh phí", "Báo cáo"]


def test_the_newest_of_equals_comes_first(cast: Cast, put: Put, found: Found) -> None:
    for number in range(30):
        put(f"Báo cáo {number + 100}", to=[cast.clerk])
    assert found(cast.clerk, "báo cáo", limit=3) == ["Báo cáo 129", "Báo cáo 128", "Báo cáo 127"]
    assert found(cast.clerk, "báo cáo", limit=3, after=28) == ["Báo cáo 101", "Báo cáo 100"]
    assert find(cast.clerk, "báo cáo", limit=3).more
    assert not find(cast.clerk, "báo cáo", limit=3, after=27).more


@pytest.mark.parametrize("typed", ["ke hoa", "kế hoạ", "cai cach h", "cải cách hà", "11"])
def test_it_is_found_while_typing(cast: Cast, put: Put, found: Found, typed: str) -> None:
    put("Kế hoạch cải cách hành chính", symbol="119/KH-UBND", to=[cast.clerk])
    assert found(cast.clerk, typed, typing=True) == ["Kế hoạch cải cách hành chính"]


def test_filters_narrow_what_is_found(cast: Cast, put: Put, found: Found) -> None:
    put("Báo cáo một", to=[cast.clerk], year=2013, kind="letter", unit_id=cast.stttt.pk, state="done")
    put("Báo cáo hai", to=[cast.clerk])
    assert found(cast.clerk, "báo cáo", year=2013) == ["Báo cáo một"]
    assert found(cast.clerk, "báo cáo", kinds=["letter"]) == ["Báo cáo một"]
    assert found(cast.clerk, "báo cáo", kinds=["letter", "paper"]) == ["Báo cáo hai", "Báo cáo một"]
    assert found(cast.clerk, "báo cáo", unit=cast.stttt.pk) == ["Báo cáo một"]
    assert found(cast.clerk, "báo cáo", state="open") == ["Báo cáo hai"]
    assert find(cast.clerk, "báo cáo", kinds=["letter"], with_facets=True).facets == Facets(
        kinds={"letter": 1, "paper": 1},
        years={2013: 1, 2014: 1},
        states={"done": 1, "open": 1},
        units={cast.stttt.pk: 1},
    )


def test_whoever_does_not_read_it_neither_finds_nor_counts_it(cast: Cast, put: Put) -> None:
    put("Kế hoạch mật thiết", symbol="1/KH", to=[cast.clerk, cast.specialist])
    for typed in ("kế hoạch", "ke", "1/KH", "1", f"@{cast.clerk.audience}", "' | 'ke'"):
        results = find(cast.outsider, typed, with_facets=True, typing=True)
        assert (results.hits, results.facets, results.more) == ([], Facets(), False)
    assert shorter(cast.outsider, parse("kế hoạch khác")) == []


def test_new_readers_find_it_and_former_ones_no_longer(cast: Cast, put: Put, found: Found) -> None:
    subject = put("Kế hoạch", body="đất đai", to=[cast.clerk])
    open_to(subject, [cast.specialist.audience])
    assert found(cast.specialist, "dat dai") == found(cast.clerk, "dat dai") == ["Kế hoạch"]
    reindex_audiences(subject, [cast.specialist.audience])
    assert found(cast.specialist, "dat dai", year=2014) == ["Kế hoạch"]
    assert found(cast.clerk, "ke hoach") == []


def test_a_text_that_came_later_is_found_and_survives_a_new_title(cast: Cast, put: Put, found: Found) -> None:
    subject = put("Kế hoạch", to=[cast.clerk])
    add_body(subject, "Nội dung về đất đai")
    index(subject, title="Quy hoạch", audiences=[cast.clerk.audience], at=AT)
    assert found(cast.clerk, "đất đai") == ["Quy hoạch"]
    assert found(cast.clerk, "kế") == []
    assert "đất đai" in [segment.text for segment in find(cast.clerk, "đất đai").hits[0].snippet]


def test_state_and_removal(cast: Cast, put: Put, found: Found) -> None:
    subject = put("Kế hoạch", to=[cast.clerk])
    set_state(subject, "done")
    assert find(cast.clerk, "kế hoạch", state="done").hits[0].state_name == "Đã xong"
    remove(subject)
    assert found(cast.clerk, "kế hoạch") == []


def test_old_entries_are_found_behind_thousands_of_new_ones(cast: Cast, put: Put, found: Found) -> None:
    put("Kế hoạch đầu tiên", symbol="1/KH", to=[cast.clerk])
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE search_searchentry_id_seq RESTART WITH 3000000")
    put("Kế hoạch mới nhất", to=[cast.clerk])
    assert found(cast.clerk, "kế hoạch") == ["Kế hoạch mới nhất", "Kế hoạch đầu tiên"]
    assert found(cast.clerk, "đầu tiên") == ["Kế hoạch đầu tiên"]
    assert found(cast.clerk, "1/kh") == ["Kế hoạch đầu tiên"]


def test_many_matches_are_walked_best_first_without_repeating_any(cast: Cast, put: Put, found: Found) -> None:
    for number in range(130):
        put(f"Số {number}", body="đường bộ", to=[cast.clerk])
    put("Đường sắt", to=[cast.clerk])
    for number in range(130):
        put(f"Số {number + 200}", body="dường như", to=[cast.clerk])
    everything = [title for after in range(0, 275, 25) for title in found(cast.clerk, "đường", after=after)]
    assert len(everything) == len(set(everything)) == 261
    assert everything[0] == "Đường sắt"
    assert everything[1] == "Số 129"


def test_what_is_proposed_finds_something(cast: Cast, put: Put) -> None:
    put("Kế hoạch đào tạo", to=[cast.clerk])
    assert shorter(cast.clerk, parse("kế hoạch xyz")) == ["kế hoạch"]


@pytest.mark.parametrize("typed", ["", " ", "'", "\\", "a' & 'b", "%s %(x)s", "kế:*", "!(", "\x00a", "😀", "x" * 5000])
def test_anything_typed_is_answered(cast: Cast, put: Put, typed: str) -> None:
    put("Kế hoạch 'đường' \\ 100 % %s", symbol="'\\", to=[cast.clerk])
    find(cast.clerk, typed, with_facets=True)
    find(cast.clerk, typed, typing=True)


def test_a_search_is_two_queries_and_one_a_kind(
    cast: Cast, put: Put, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        put(f"Kế hoạch {number}", to=[cast.clerk])
    with django_assert_num_queries(2):
        assert len(find(cast.clerk, "kế hoạch").hits) == 12
    with django_assert_num_queries(3):
        find(cast.clerk, "kế hoạch", with_facets=True)


def test_indexing_is_one_query(cast: Cast, put: Put, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        subject = put("Kế hoạch", symbol="1/KH", body="x " * 5000, to=[cast.clerk])
    with django_assert_num_queries(4):
        set_state(subject, "done")
        add_body(subject, "thêm")
        open_to(subject, [7, 8])
        reindex_audiences(subject, [9])
