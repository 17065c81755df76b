"""The component checker: what no rendered page may get wrong. Every page rendered in tests goes through it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element  # noqa: TID251 - the type of html5lib's trees; nothing is parsed with it

import html5lib
from html5lib.constants import E as PARSE_ERRORS

LEFTOVER = re.compile(r"</?c-[a-z][a-z.-]*|\{%|\{\{|\{#")
SCHEMES = {"", "data", "blob", "mailto", "tel"}
ADDRESSES = ("href", "src", "action", "formaction", "poster", "hx-get", "hx-post", "hx-put", "hx-delete")
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
DATA_SCRIPTS = {"application/json", "importmap", "application/ld+json"}


def check_html(html: str, *, policy: str = "") -> list[str]:
    """Return what is wrong with a page or a fragment: nothing, one hopes. ``policy`` is the one it was sent with."""
    whole = html.lstrip()[:15].lower().startswith("<!doctype html")
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(html) if whole else parser.parseFragment(html)
    faults = [_parse_error(error) for error in parser.errors]
    faults += [f"component or template tag left over: {found}" for found in sorted(set(LEFTOVER.findall(html)))]
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    faults += [*_ids(elements), *_labels(tree, elements), *_safety(elements, policy), *_names(elements)]
    if whole:
        faults += _page(elements)
    return faults


def _parse_error(error: tuple[tuple[int, int], str, dict[str, object]]) -> str:
    (line, column), code, data = error
    return f"line {line}, column {column}: {PARSE_ERRORS.get(code, code) % data}"


def _page(elements: list[Element]) -> Iterator[str]:
    root = elements[0]
    if root.get("lang") != "vi":
        yield "the page does not say lang=vi"
    headings = [e for e in elements if e.tag == "h1"]
    if len(headings) != 1:
        yield f"the page has {len(headings)} h1; it needs one"
    titles = [_text(e) for e in elements if e.tag == "title"]
    if not any(titles):
        yield "the page has no title"
    if sum(e.tag == "main" for e in elements) != 1:
        yield "the page needs one main"


def _ids(elements: list[Element]) -> Iterator[str]:
    ids = Counter(e.get("id") for e in elements if e.get("id") is not None)
    for name, times in ids.items():
        if times > 1:
            yield f"id {name!r} stands {times} times"
        if not name or re.search(r"\s", name):
            yield f"id {name!r} is empty or has blanks"
    if elements and elements[0].tag != "html":
        return  # a fragment may point at what stands on its page
    for element in elements:
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list", "form"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute}={name!r} points at nothing"


def _labels(tree: Element, elements: list[Element]) -> Iterator[str]:
    labelled = {e.get("for") for e in elements if e.tag == "label"}
    inside = {id(control) for label in tree.iter("label") for control in label.iter()}
    for element in elements:
        if element.tag not in {"input", "select", "textarea"} or element.get("type") in UNLABELLED:
            continue
        if id(element) in inside or (element.get("id") and element.get("id") in labelled):
            continue
        if not (element.get("aria-label") or element.get("aria-labelledby")):
            yield f"<{element.tag} name={element.get('name')!r}> has no label"


def _names(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag == "img" and element.get("alt") is None:
            yield f"<img src={element.get('src')!r}> has no alt"
        if element.tag in {"a", "button", "summary"} and not _has_name(element):
            yield f"<{element.tag} class={element.get('class')!r}> has no words"


def _has_name(element: Element) -> bool:
    if element.tag == "a" and element.get("href") is None:
        return True
    if element.get("aria-label") or element.get("aria-labelledby") or _text(element):
        return True
    return any(image.get("alt") for image in element.iter("img"))


def _safety(elements: list[Element], policy: str) -> Iterator[str]:
    for element in elements:
        if element.tag == "style" and _digest(element.text or "") not in policy:
            yield "an inline <style> (the policy blocks it)"
        if element.tag == "script" and element.get("src") is None and element.get("type") not in DATA_SCRIPTS:
            yield "an inline <script> (the policy blocks it)"
        for name, value in element.items():
            yield from _attribute(element, str(name), value)


def _digest(style: str) -> str:
    """Return the mark by which a policy allows one style that stands within a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def _attribute(element: Element, name: str, value: str) -> Iterator[str]:
    if name == "style":
        yield f"a style attribute on <{element.tag}> (the policy blocks it)"
    elif name.startswith(("on", "hx-on")):
        yield f"an {name} attribute on <{element.tag}> (the policy blocks it)"
    elif name in ADDRESSES and element.get("rel") != "external":
        address = urlsplit(value.strip())
        if address.netloc or address.scheme not in SCHEMES:
            yield f"{name} of <{element.tag}> leads to another host: {value}"


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
