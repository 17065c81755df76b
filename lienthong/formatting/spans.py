"""The styles inside a line of markup: ``**bold**``, ``*italic*``, ``__underline__``, ``<br>``, and backslashes.

A sign is itself where it cannot be a style: "(*)", "2*3*4", "______". Any text can be read, any spans written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lienthong.kernel.vietnamese import nfc

PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
"""What a backslash before it makes mean itself."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; a new line inside a paragraph is a line feed."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


Spans = tuple[Span, ...]


def plain(spans: Spans) -> str:
    """Return the text of spans without their styles."""
    return "".join(span.text for span in spans)


# --- letters ---------------------------------------------------------------------------------------------------------

_LINE_ENDS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
# Control letters; letters that turn the direction of writing, by which a text could show what it does not say; halves
# of letters; zero-width ones that would hide from a search.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Return the text composed (NFC), with one kind of line end and without letters that nobody sees."""
    return nfc(_UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " "))


# --- reading ---------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(rf"\\({PUNCTUATION.pattern})|(<br>)|(\*+|_{{2,}})")
_STYLES = ("bold", "italic", "underline")
_MARKERS: dict[str, tuple[str, ...]] = {
    "*": ("italic",),
    "**": ("bold",),
    "***": ("bold", "italic"),
    "__": ("underline",),
}
_SIGN = {"bold": "**", "italic": "*", "underline": "__"}


@dataclass(slots=True)
class _Marker:
    """A run of stars or underscores that may begin or end styles."""

    text: str
    opens: bool
    closes: bool


def inline(text: str) -> Spans:
    """Return the spans of one line: its styles, its escapes, its inner line ends."""
    text = text.strip()
    if not any(sign in text for sign in ("*", "__", "\\", "<br>")):
        return (Span(text),) if text else ()
    return tidy(_styled(_tokens(text)))


def _tokens(text: str) -> list[str | _Marker]:
    tokens: list[str | _Marker] = []
    end = 0
    for match in _TOKEN.finditer(text):
        tokens.append(text[end : match.start()])
        end = match.end()
        escaped, line_end, run = match.groups()
        if escaped or line_end:
            tokens.append(escaped or "\n")
        elif run in _MARKERS:
            tokens.append(_marker(text, run, match.start()))
        else:
            tokens.append(run)
    tokens.append(text[end:])
    return [token for token in tokens if token]


def _marker(text: str, run: str, start: int) -> _Marker:
    """Tell from its neighbours whether a run can begin or end a style: what is open must close after a letter."""
    before, after = start, start + len(run)
    while before and text[before - 1] in "*_":
        before -= 1
    while after < len(text) and text[after] in "*_":
        after += 1
    previous, following = text[before - 1 : before], text[after : after + 1]
    opens = bool(following) and not following.isspace() and following not in ")]},.;:!?”’"
    closes = bool(previous) and not previous.isspace() and previous not in "([{“‘"
    if "**" not in run:
        opens, closes = opens and not previous.isalnum(), closes and not following.isalnum()
    return _Marker(run, opens, closes)


def _styled(tokens: Sequence[str | _Marker]) -> Iterator[Span]:
    last: dict[str, int] = {}
    for place, token in enumerate(tokens):
        if isinstance(token, _Marker) and token.closes:
            last |= dict.fromkeys(_MARKERS[token.text], place)
    now = dict.fromkeys(_STYLES, False)
    for place, token in enumerate(tokens):
        if isinstance(token, str):
            yield Span(token, **now)
            continue
        styles = _MARKERS[token.text]
        if token.closes and all(now[style] for style in styles):
            now |= dict.fromkeys(styles, False)
        elif token.opens and not any(now[style] for style in styles) and all(last.get(s, -1) > place for s in styles):
            now |= dict.fromkeys(styles, True)
        else:
            yield Span(token.text, **now)


def tidy(spans: Iterable[Span]) -> Spans:
    """Return the spans with equal neighbours joined; a space takes only the styles that both its neighbours have."""
    pieces = [replace(span, text=piece) for span in spans for piece in _edges(span.text) if piece]
    before, after = _words_before(pieces), _words_before(pieces[::-1])[::-1]
    joined: list[Span] = []
    for place, piece in enumerate(pieces):
        one = _between(before[place], after[place], piece.text) if piece.text.isspace() else piece
        if joined and style_of(joined[-1]) == style_of(one):
            joined[-1] = replace(one, text=joined[-1].text + one.text)
        else:
            joined.append(one)
    return _stripped(joined)


def _edges(text: str) -> tuple[str, str, str]:
    """Part a text into the spaces before it, itself, and the spaces after it."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return (text[:start], text[start:end], text[end:]) if start < end else (text, "", "")


def style_of(span: Span) -> tuple[bool, bool, bool]:
    """Return the three styles of a span, to compare it with another."""
    return span.bold, span.italic, span.underline


def _words_before(pieces: Sequence[Span]) -> list[Span | None]:
    """Return for each piece the nearest word before it."""
    found: list[Span | None] = []
    nearest = None
    for piece in pieces:
        found.append(nearest)
        nearest = nearest if piece.text.isspace() else piece
    return found


def _between(left: Span | None, right: Span | None, text: str) -> Span:
    if left is None or right is None:
        return Span(text)
    return Span(text, left.bold and right.bold, left.italic and right.italic, left.underline and right.underline)


def _stripped(spans: list[Span]) -> Spans:
    if spans:
        spans[0] = replace(spans[0], text=spans[0].text.lstrip())
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
    return tuple(span for span in spans if span.text)


# --- writing ---------------------------------------------------------------------------------------------------------


def written_spans(spans: Spans) -> str:
    """Return one line that reads as these spans: few backslashes, or styles by whole words."""
    tidied = tidy(replace(span, text=clean(span.text)) for span in spans)
    for word_by_word in (False, True):
        meant = tidy(_by_whole_words(tidied)) if word_by_word else tidied
        for escaping in (_escaped_at_least, _escaped):
            line = _marked(meant, escaping)
            if inline(line) == meant:
                return line
    return _escaped(plain(tidied))


def _by_whole_words(spans: Spans) -> Iterator[Span]:
    """Give each word one style: that of its first letter."""
    first: Span | None = None
    for span in spans:
        for piece in re.split(r"(\s+)", span.text):
            first = None if piece.isspace() else first or (span if piece else None)
            yield replace(first or span, text=piece)


def _marked(spans: Spans, escaping: Callable[[str], str]) -> str:
    line, now = "", set[str]()
    for span in (*spans, Span("")):
        wanted = {style for style in _STYLES if getattr(span, style)}
        closed = "".join(_SIGN[style] for style in reversed(_STYLES) if style in now - wanted)
        opened = "".join(_SIGN[style] for style in _STYLES if style in wanted - now)
        line += closed + opened + escaping(span.text)
        now = wanted
    return line


_ESCAPED_AT_LEAST = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|<(?=br>)")
_ESCAPED = re.compile(r"[\\*_]|<(?=br>)")


def _escaped_at_least(text: str) -> str:
    return _ESCAPED_AT_LEAST.sub(lambda match: "\\" + match[0], text).replace("\n", "<br>")


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\\" + match[0], text).replace("\n", "<br>")
