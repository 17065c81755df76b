"""Filling the texts of a template: Jinja in a sandbox, with plain words and lists, and no more output than fits.

``placeholders.read`` has refused everything but fields, ``if`` and ``for`` before this runs; the sandbox stands behind
it, and the size of what comes out is counted while it comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lienthong.formatting.blocks import Span, clean, written_spans
from lienthong.kernel.refusal import Refusal
from lienthong.stationery.placeholders import runnable
from lienthong.stationery.words import Field, Value, words, written

LARGEST = 400_000
"""Characters of one filled text: some 150 pages."""
LONGEST_LIST = 500
_SIGNS = frozenset("\\*_<|")


@dataclass(frozen=True, slots=True)
class Filled:
    """A draft as a template begins it: what stands on the paper, still to be edited."""

    abstract: str
    addressees: tuple[str, ...]
    body: str
    recipients: tuple[str, ...]


class _Counted(Template):
    """A template whose output is counted while it comes, so that nothing fills the memory."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        pieces, size = [], 0
        for piece in self.generate(*args, **kwargs):
            size += len(piece)
            if size > self.environment.largest:  # type: ignore[attr-defined]  # of the sandbox below
                raise Refusal("Văn bản tạo từ mẫu dài quá mức cho phép. Hãy rút bớt danh sách hoặc đoạn lặp trong mẫu.")
            pieces.append(piece)
        return "".join(pieces)


_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.For, nodes.Not, nodes.And, nodes.Or,
    nodes.CondExpr, nodes.Const,
)  # fmt: skip


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja that knows fields, ``if`` and ``for`` alone and writes no more than ``largest`` characters.

    What stands in a Word file outside its paragraphs, or is put together from several of them, meets this wall.
    """

    template_class = _Counted
    largest = LARGEST

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        """Compile a text. Refuses every expression but plain names."""
        for node in self.parse(source).find_all(nodes.Node):
            is_mark = isinstance(node, nodes.Getattr) and node.attr == "last" and _is_loop(node.node)
            if not isinstance(node, _PLAIN) and not is_mark:
                raise TemplateSyntaxError(f"{type(node).__name__} is not allowed", node.lineno)
        return super().from_string(source, *args, **kwargs)


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def environment(*, escapes: bool = False, largest: int = LARGEST) -> ImmutableSandboxedEnvironment:
    """Return a sandbox without any function, filter or test that is not needed."""
    found = _Sandbox(trim_blocks=True, lstrip_blocks=True, autoescape=escapes, undefined=StrictUndefined, cache_size=0)
    found.largest = largest
    found.globals.clear()
    found.filters = {name: found.filters[name] for name in ("escape", "e")}
    found.tests.clear()
    return found


def render(text: str, context: Mapping[str, str | list[str]]) -> str:
    """Return a text with its fields filled in. Refuses what grows beyond every paper."""
    try:
        return environment().from_string(runnable(text)).render(dict(context))
    except TemplateError as error:
        raise Refusal("Mẫu này hỏng nên không điền được. Hãy báo người quản trị mẫu văn bản.") from error


def context_of(
    values: Mapping[str, Value], fields: Mapping[str, Field], *, in_markup: bool = False
) -> dict[str, str | list[str]]:
    """Return every word and field as it is written; words without a value are empty.

    ``in_markup``: signs that the body's markup would read are kept as what was typed.
    """
    found: dict[str, str | list[str]] = {name: written(values.get(name)) for name in words()}
    found |= {name: written(values.get(name), field.kind) for name, field in fields.items()}
    found = {name: _clean(value) for name, value in found.items()}
    return {name: escaped(value) for name, value in found.items()} if in_markup else found


def _clean(value: str | list[str]) -> str | list[str]:
    return [clean(item) for item in value] if isinstance(value, list) else clean(value)


def escaped(value: str | list[str]) -> str | list[str]:
    """Return typed text so that the markup of a body shows it as it was typed."""
    if isinstance(value, list):
        return [_as_typed(item) for item in value]
    return "\n".join(_as_typed(line) for line in value.splitlines()) if "\n" in value else _as_typed(value)


def _as_typed(line: str) -> str:
    return written_spans((Span(line),)).replace("|", "\\|") if _SIGNS & set(line) else line


def require_complete(values: Mapping[str, Value], fields: Mapping[str, Field]) -> None:
    """Refuse values that leave a required field empty, or a list beyond measure."""
    for name, field in fields.items():
        value = values.get(name)
        if field.required and (value is None or value in ("", ())):
            raise Refusal(f"Mẫu này cần “{field.label}”. Hãy nhập rồi tiếp tục.", field=name)
        if isinstance(value, tuple) and len(value) > LONGEST_LIST:
            raise Refusal(f"“{field.label}” có {len(value)} mục, nhiều nhất là {LONGEST_LIST}.", field=name)
