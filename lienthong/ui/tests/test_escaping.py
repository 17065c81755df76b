"""What people typed is escaped once, by whichever way it comes into a component, and never becomes markup."""

from __future__ import annotations

import html5lib
import pytest
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

EVIL = """"Hòa" & <b onmouseover='x()'>bình</b>"""
ONCE = "&quot;Hòa&quot; &amp; &lt;b onmouseover=&#x27;x()&#x27;&gt;bình&lt;/b&gt;"


def drawn(template: str) -> str:
    request = RequestFactory().get("/", {"q": EVIL})
    compiled = CottonCompiler().process(template)
    return engines["django"].from_string(compiled).render({"typed": EVIL}, request)


@pytest.mark.parametrize(
    "template",
    [
        '<c-row url="/" title="{{ typed }}" sub="" />',
        '<c-row url="/" :title="typed" sub="" />',
        '<c-panel title="{{ typed }}">x</c-panel>',
        '<c-panel :title="typed">x</c-panel>',
        '<c-panel data-note="{{ typed }}">x</c-panel>',
        "<c-badge>{{ typed }}</c-badge>",
        '<c-badge title="{{ typed }}">x</c-badge>',
        '<c-fact label="x">{{ typed }}</c-fact>',
        '<c-person name="{{ typed }}" />',
        '<c-person :name="typed" />',
        '<c-attachment :name="typed" url="/" />',
        '<c-search-box :value="typed" />',
        '<c-notice tone="late">{{ typed }}</c-notice>',
    ],
)
def test_it_is_escaped_once(template: str) -> None:
    html = drawn(template)
    assert "<c-" not in html
    assert ONCE in html
    assert "<b onmouseover" not in html
    assert "&amp;quot;" not in html


def test_an_attribute_handed_through_cannot_break_out() -> None:
    panel = html5lib.parseFragment(drawn('<c-panel :data-note="typed">x</c-panel>'), namespaceHTMLElements=False)[0]
    assert panel.get("data-note") == EVIL


def test_a_highlight_marks_words_and_escapes_the_rest() -> None:
    assert drawn('{{ "Kế hoạch <năm> 2014"|highlight:"hoạch năm" }}') == (
        "Kế <mark>hoạch</mark> &lt;<mark>năm</mark>&gt; 2014"
    )
    assert drawn('{{ "a &amp; b"|highlight:"amp" }}') == "a &amp;amp; b"
