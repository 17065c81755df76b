"""The styles that a paragraph has from what it is: Phụ lục I mục II.6 (căn cứ in italics, "Điều 1." bold …)."""

from __future__ import annotations

import re
from dataclasses import replace

from lienthong.formatting.blocks import Kind, Span, Spans, plain, tidy

_BOLD: frozenset[Kind] = frozenset({"authority", "enacting", "division", "division_title"})
_LABEL = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")
LONGEST_TITLE = 160


def as_printed(kind: Kind, spans: Spans) -> Spans:
    """Return the spans of a paragraph with the styles of its kind.

    An article's title is bold with its label; where a sentence follows the label, the label alone. Whoever set
    something bold in the line decided for the rest of it.
    """
    if kind in _BOLD:
        return tidy(replace(span, bold=True) for span in spans)
    if kind == "basis":
        return tidy(replace(span, italic=True) for span in spans)
    if kind == "section":
        return spans if any(span.bold for span in spans) else _bold_title(spans, 0)
    if kind == "article":
        label = _LABEL.match(plain(spans))
        return _bold_title(spans, label.end() if label else 0)
    return spans


def as_typed(kind: Kind, spans: Spans) -> Spans:
    """Return the spans without the styles that its kind gives it: the inverse of ``as_printed``."""
    is_basis = kind == "basis"
    bare = tidy(replace(span, bold=span.bold and is_basis, italic=span.italic and not is_basis) for span in spans)
    if as_printed(kind, bare) == spans:
        return bare
    label = _LABEL.match(plain(spans)) if kind == "article" else None
    if label is None:
        return spans
    less = tidy(_changed(spans, label.end(), bold=False))
    return less if as_printed(kind, less) == spans else spans


def _bold_title(spans: Spans, label: int) -> Spans:
    text = plain(spans)
    if any(span.bold for span in spans):
        return tidy(_changed(spans, label, bold=True))
    is_title = len(text) <= LONGEST_TITLE and not text.endswith((".", ";", ":", ","))
    return tidy(_changed(spans, len(text) if is_title else label, bold=True))


def _changed(spans: Spans, end: int, *, bold: bool) -> list[Span]:
    """Return the spans with the first ``end`` letters bold or not."""
    changed = []
    for span in spans:
        inside = max(0, min(end, len(span.text)))
        changed += [replace(span, text=span.text[:inside], bold=bold), replace(span, text=span.text[inside:])]
        end -= len(span.text)
    return [span for span in changed if span.text]
