"""The words agree: models with the glossary, roles with the rights, and no word of one machine in the tree."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from lienthong.kernel import rights
from tests.architecture import house

VIETNAMESE = re.compile(r"^([^\W\d_][^:.\n]*?):\s", re.UNICODE)
GLOSSARY = (house.ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").casefold()
# Put together from halves, so that this file does not find itself.
MACHINES = re.compile("|".join(["/wo" + r"rk/(?:main|shared)", "/ro" + "ot/", "/Us" + "ers/", "/tm" + "p/lt"]))
REGISTRIES = re.compile("|".join(["pypi" + r"\.org/simple", "registry" + r"\.npmjs", "files" + r"\.pythonhosted"]))


def test_every_model_begins_with_its_vietnamese_term() -> None:
    assert [model.__name__ for model in _models() if not VIETNAMESE.match(model.__doc__ or "")] == []


def test_every_models_term_is_in_the_glossary() -> None:
    missing = [f"{term}: {model.__name__}" for model in _models() if (term := _term(model)).casefold() not in GLOSSARY]
    assert missing == []


def test_every_model_is_in_the_glossary() -> None:
    assert [model.__name__ for model in _models() if f"`{model.__name__}`".casefold() not in GLOSSARY] == []


def test_roles_give_exactly_the_rights_that_apps_declare() -> None:
    roles = tomllib.loads((house.ROOT / "data" / "roles.toml").read_text(encoding="utf-8"))["roles"]
    given = {right for role in roles.values() for right in role["rights"]}
    assert given == set(rights.declared())


def test_no_tracked_file_knows_the_machine_on_which_it_was_written() -> None:
    assert list(_lines(MACHINES)) == []


def test_no_tracked_file_names_a_registry() -> None:
    assert list(_lines(REGISTRIES)) == []


def _models() -> Iterator[type[Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("lienthong."):
            yield from config.get_models()


def _term(model: type[Model]) -> str:
    match = VIETNAMESE.match(model.__doc__ or "")
    return match[1] if match else model.__name__


def _lines(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in house.tracked():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(house.ROOT)}:{number}"
