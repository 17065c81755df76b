"""Each module does only what its name says: views and forms do not write, operations say who and when."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import house

WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
FETCHING = {"get_object_or_404", "get_list_or_404"}
THEIRS = {"allauth", "account", "mfa", "usersessions"}  # templates whose names a library asks for
FORBIDDEN = {"utils", "helpers", "common", "core", "base", "misc", "services", "managers", "constants"}


def test_no_file_has_a_name_that_says_nothing() -> None:
    ours = [path for path in house.PACKAGE.rglob("*.html") if not THEIRS & set(path.parts)]
    assert [path for path in (*house.sources(tests=True), *ours) if {*path.parts[:-1], path.stem} & FORBIDDEN] == []


def test_views_and_forms_do_not_write() -> None:
    wrong = []
    for path, node in _calls("views", "forms"):
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITES and not _is_widget(node.func):
            wrong.append(f"{house.place(path, node)} .{node.func.attr}(")
    assert wrong == []


def test_views_reach_rows_only_through_visible_to() -> None:
    wrong = []
    for path in house.sources():
        if not house.is_in(path, "views"):
            continue
        above = {child: node for node in ast.walk(house.tree(path)) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
                after = above.get(node)
                if not (isinstance(after, ast.Attribute) and after.attr == "visible_to"):
                    wrong.append(f"{house.place(path, node)} reaches rows without visible_to")
    for path, call in _calls("views"):
        is_fetch = isinstance(call.func, ast.Name) and call.func.id in FETCHING
        if is_fetch and call.args and isinstance(call.args[0], ast.Name) and call.args[0].id[:1].isupper():
            wrong.append(f"{house.place(path, call)} fetches a bare model")
    assert wrong == []


def test_every_public_operation_says_what_it_does() -> None:
    assert [where for where, function in _operations() if not ast.get_docstring(function)] == []


def test_an_operation_takes_actor_and_moment_by_name() -> None:
    wrong = []
    for where, function in _operations():
        positional = {argument.arg for argument in function.args.args[1:]}  # the subject may be the actor
        named = {argument.arg for argument in function.args.kwonlyargs}
        if _is_atomic(function) and positional & {"actor", "at"}:
            wrong.append(f"{where}: actor and at are keyword-only")
        if _is_atomic(function) and _records(function) and "at" not in named:
            wrong.append(f"{where}: writes the journal without being told when")
    assert wrong == []


def test_no_model_orders_itself() -> None:
    wrong = []
    for path in house.sources():
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                names = {name.id for item in node.body for name in _targets(item)}
                wrong += [house.place(path, node)] if "ordering" in names else []
    assert wrong == []


def test_there_are_no_signals() -> None:
    modules = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    wrong = [
        f"{house.place(path, node)} {name}"
        for path in house.sources()
        for node, name in house.imported(path)
        if name.startswith(modules)
    ]
    assert wrong == []


def _is_widget(function: ast.Attribute) -> bool:
    return isinstance(function.value, ast.Attribute) and function.value.attr == "attrs"


def _calls(*modules: str) -> Iterator[tuple[Path, ast.Call]]:
    for path in house.sources():
        if house.is_in(path, *modules):
            yield from ((path, node) for node in ast.walk(house.tree(path)) if isinstance(node, ast.Call))


def _operations() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in house.sources():
        if house.is_in(path, "operations"):
            for node in house.tree(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{house.place(path, node)} {node.name}", node


def _is_atomic(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("transaction.atomic") for decorator in function.decorator_list)


def _records(function: ast.FunctionDef) -> bool:
    called = (ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(name == "record" or name.endswith(".record") for name in called)


def _targets(item: ast.stmt) -> list[ast.Name]:
    targets = item.targets if isinstance(item, ast.Assign) else [item.target] if isinstance(item, ast.AnnAssign) else []
    return [target for target in targets if isinstance(target, ast.Name)]
