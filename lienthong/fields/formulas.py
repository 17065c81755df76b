"""Formulas over the values of a form, in whole numbers: fees and the like.

``15000 * so_ban + min(200000, dien_tich * 500)``: numbers, fields of kind number and money, ``+ - * /``, brackets,
``min``, ``max``, ``round(x, 1000)``, ``count(group)``. A field that is empty counts as 0; only the end is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lienthong.fields.values import look_up
from lienthong.kernel.faults import Fault, Faults

TOKEN = re.compile(r"\s*(?:(?P<number>\d[\d_]*)|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)|(?P<sign>[-+*/(),]))")
LARGEST = 10**18
DEEPEST = 20
Values = Mapping[str, Any]
Node = Callable[[Values], Fraction]
ARITY = {"min": (1, 20), "max": (1, 20), "round": (2, 2), "count": (1, 1)}


class Impossible(Exception):  # noqa: N818 - said to the reader of the file
    """The text is no formula: what is wrong, and at which column (from 1)."""

    def __init__(self, column: int, sentence: str) -> None:
        self.column, self.sentence = column, sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, the fields that it names, and what it comes to."""

    text: str
    names: frozenset[str]
    node: Node

    def value(self, values: Values) -> int:
        """Compute it: half up to a whole number, never below 0, never above ``LARGEST``."""
        return min(LARGEST, max(0, half_up(self.node(values))))

    def __str__(self) -> str:
        return self.text


def half_up(number: Fraction) -> int:
    """Round to the nearest whole number, halves upwards."""
    return int((number + Fraction(1, 2)).__floor__())


def read(text: str, *, known: Mapping[str, str] | None = None) -> Formula:
    """Read a formula; raises ``Faults`` with the column. ``known`` maps fields to their kinds; None allows any."""
    reader = _Reader(text, known)
    try:
        node = reader.whole()
    except Impossible as wrong:
        raise Faults([Fault((), f"Công thức sai ở cột {wrong.column}: {wrong.sentence}")]) from wrong
    return Formula(text, frozenset(reader.names), node)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


class _Reader:
    """A descent over the tokens: sum of products of atoms."""

    def __init__(self, text: str, known: Mapping[str, str] | None) -> None:
        self.tokens = list(_tokens(text))
        self.place = 0
        self.depth = 0
        self.known = known
        self.names: set[str] = set()

    @property
    def now(self) -> _Token:
        return self.tokens[self.place]

    def take(self) -> _Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def whole(self) -> Node:
        node = self.sum()
        if self.now.kind != "end":
            raise Impossible(self.now.column, f"không hiểu “{self.now.text}” ở đây.")
        return node

    def sum(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Impossible(self.now.column, "quá nhiều ngoặc lồng nhau.")
        node = self.product()
        while self.now.text in ("+", "-"):
            sign, right, left = self.take().text, self.product(), node
            node = _plus(left, right) if sign == "+" else _minus(left, right)
        self.depth -= 1
        return node

    def product(self) -> Node:
        node = self.atom()
        while self.now.text in ("*", "/"):
            sign, right, left = self.take(), self.atom(), node
            node = _times(left, right) if sign.text == "*" else _over(left, right)
        return node

    def atom(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return _constant(int(token.text.replace("_", "")))
        if token.text == "(":
            node = self.sum()
            self.expect(")")
            return node
        if token.kind == "name":
            return self.call(token) if self.now.text == "(" else self.field(token)
        raise Impossible(token.column, "cần một số, một trường hoặc dấu mở ngoặc.")

    def field(self, token: _Token) -> Node:
        kind = "number" if self.known is None else self.known.get(token.text, "")
        if kind not in ("number", "money"):
            raise Impossible(token.column, f"“{token.text}” không phải là trường số hoặc tiền.")
        self.names.add(token.text)
        return lambda values: _number(look_up(values, token.text))

    def call(self, token: _Token) -> Node:
        if token.text not in ARITY:
            raise Impossible(token.column, f"không có hàm “{token.text}”; các hàm: {', '.join(ARITY)}.")
        self.expect("(")
        if token.text == "count":
            return self.count()
        parts = [self.sum()]
        while self.now.text == ",":
            self.take()
            parts.append(self.sum())
        least, most = ARITY[token.text]
        if not least <= len(parts) <= most:
            raise Impossible(token.column, f"{token.text} cần {least} đến {most} số.")
        self.expect(")")
        return _function(token.text, parts)

    def count(self) -> Node:
        token = self.take()
        kind = "group" if self.known is None else self.known.get(token.text, "")
        if token.kind != "name" or kind not in ("group", "table", "choices", "file"):
            raise Impossible(token.column, "count cần tên một nhóm, bảng hoặc danh sách.")
        self.names.add(token.text)
        self.expect(")")
        return lambda values: Fraction(len(look_up(values, token.text) or ()))

    def expect(self, text: str) -> None:
        if self.now.text != text:
            raise Impossible(self.now.column, f"thiếu dấu “{text}”.")
        self.take()


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text.rstrip()):
        found = TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            column = place + 1 + len(text[place:]) - len(text[place:].lstrip())
            raise Faults([Fault((), f"Công thức sai ở cột {column}: không hiểu “{text[place:].lstrip()[:1]}”.")])
        yield _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup) + 1)
        place = found.end()
    yield _Token("end", "", len(text) + 1)


def _number(value: object) -> Fraction:
    if isinstance(value, bool) or value in (None, ""):
        return Fraction(0)
    try:
        return Fraction(str(value).replace(",", "."))
    except ValueError:
        return Fraction(0)


def _constant(number: int) -> Node:
    return lambda values: Fraction(number)  # noqa: ARG005 - the same whatever the values


def _plus(left: Node, right: Node) -> Node:
    return lambda values: left(values) + right(values)


def _minus(left: Node, right: Node) -> Node:
    return lambda values: left(values) - right(values)


def _times(left: Node, right: Node) -> Node:
    return lambda values: left(values) * right(values)


def _over(left: Node, right: Node) -> Node:
    def divided(values: Values) -> Fraction:
        below = right(values)
        return left(values) / below if below else Fraction(0)

    return divided


def _function(name: str, parts: list[Node]) -> Node:
    if name == "round":
        number, to = parts

        def rounded(values: Values) -> Fraction:
            unit = to(values) or Fraction(1)
            return half_up(number(values) / unit) * unit

        return rounded
    choose = min if name == "min" else max
    return lambda values: choose(part(values) for part in parts)
