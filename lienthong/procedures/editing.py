"""Changing values in the text of a file and leaving all the rest as somebody wrote it: order, spaces, remarks. Pure."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError

from lienthong.kernel.faults import Path
from lienthong.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be changed: values by path (None takes one away), tables of lists taken away, tables added.

    ``changes`` and ``removed`` count as the text stood before the edit.
    """

    changes: Mapping[Path, Any] = field(default_factory=dict)
    removed: Sequence[Path] = ()
    added: Sequence[tuple[str, Mapping[str, Any]]] = ()


def edited(text: str, edit: Edit) -> str:
    """Return the text with the edit done. Refuses a text that is no TOML, and one that cannot be changed this way."""
    try:
        document, wanted = tomlkit.parse(text), tomllib.loads(text)
    except (ParseError, tomllib.TOMLDecodeError) as error:
        raise Refusal("Tệp đang sai cú pháp. Hãy sửa phần văn bản trước, rồi dùng biểu mẫu.", field="text") from error
    _apply(document, edit, styled=True)
    _apply(wanted, edit, styled=False)
    result = tomlkit.dumps(document)
    if tomllib.loads(result) != wanted:
        raise Refusal("Chỗ này của tệp không sửa được bằng biểu mẫu. Hãy sửa ở phần văn bản.", field="text")
    return result


def _apply(tree: Any, edit: Edit, *, styled: bool) -> None:
    for path, value in edit.changes.items():
        _set(tree, path, copy.deepcopy(value), styled=styled)
    for path in sorted(edit.removed, reverse=True):
        _remove(tree, path)
    for name, entry in edit.added:
        _add(tree, name, entry, styled=styled)


def _set(tree: Any, path: Path, value: Any, *, styled: bool) -> None:
    holder = tree
    for part in path[:-1]:
        if isinstance(part, str) and part not in holder:
            holder[part] = tomlkit.table() if styled else {}
        holder = holder[part]
    name = path[-1]
    if value is None:
        if name in holder:
            del holder[name]
    elif name not in holder or holder[name] != value:
        holder[name] = _array(value) if styled and isinstance(value, list) else value


def _array(value: list[str]) -> Any:
    array = tomlkit.array()
    array.extend(value)
    return array.multiline(sum(map(len, value)) > 90)


def _remove(tree: Any, path: Path) -> None:
    name, place = path
    del tree[name][place]
    if not tree[name]:
        del tree[name]


def _add(tree: Any, name: str, entry: Mapping[str, Any], *, styled: bool) -> None:
    if name not in tree:
        tree[name] = tomlkit.aot() if styled else []
    if not styled:
        tree[name].append(dict(entry))
        return
    table = tomlkit.table()
    for key, value in entry.items():
        table[key] = value
    tree[name].append(table)
