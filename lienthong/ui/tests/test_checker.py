"""The component checker finds what no page may get wrong, and nothing in a page that is right."""

from __future__ import annotations

import pytest

from lienthong.ui.checker import check_html

PAGE = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Sổ</title></head>'
    "<body><main><h1>Sổ</h1>{}</main></body></html>"
)


def test_a_right_page_has_no_faults() -> None:
    assert check_html(PAGE.format('<label for="q">Tìm</label><input id="q" name="q"><img src="/a.png" alt="">')) == []


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<c-panel>x</c-panel>", "left over"),
        ("{{ row.title }}", "left over"),
        ("<p>a<div>b</p></div>", "line 1"),
        ('<p id="a"></p><p id="a"></p>', "stands 2 times"),
        ('<p aria-describedby="gone">x</p>', "points at nothing"),
        ('<input name="q">', "has no label"),
        ('<label for="other">x</label><textarea id="t"></textarea>', "has no label"),
        ('<img src="/a.png">', "has no alt"),
        ('<a href="/a"><svg aria-hidden="true"></svg></a>', "has no words"),
        ('<button type="button"></button>', "has no words"),
        ('<p style="color:red">x</p>', "style attribute"),
        ("<style>p{}</style>", "inline <style>"),
        ("<script>x()</script>", "inline <script>"),
        ('<button onclick="x()">x</button>', "onclick"),
        ('<img src="https://example.org/a.png" alt="">', "another host"),
        ('<img src="//example.org/a.png" alt="">', "another host"),
        ('<a href="javascript:x()">x</a>', "another host"),
        ("<h1>Hai</h1>", "2 h1"),
    ],
)
def test_a_fault_is_named(inside: str, fault: str) -> None:
    assert any(fault in found for found in check_html(PAGE.format(inside)))


def test_a_page_says_its_language_and_title() -> None:
    faults = check_html("<!doctype html><html><head></head><body><h1>x</h1></body></html>")
    assert "the page does not say lang=vi" in faults
    assert "the page has no title" in faults
    assert "the page needs one main" in faults


def test_a_fragment_is_judged_as_a_fragment() -> None:
    assert check_html("<li>Một</li>") == []
    assert check_html('<input name="q">') == ["<input name='q'> has no label"]


def test_data_in_a_script_is_not_a_script() -> None:
    assert check_html(PAGE.format('<script type="application/json">{"a": 1}</script>')) == []
