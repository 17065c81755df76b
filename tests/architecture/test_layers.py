"""Nothing reaches upwards: what import-linter cannot see."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps as django_apps

from tests.architecture import house

TEMPLATE_TAG = re.compile(r"""\{%-?\s*(?:include|extends|partial)\s+["']([^"'#]+)(?:#[^"']*)?["']""")
OURS = "lienthong."


def test_every_app_has_its_place_among_the_layers() -> None:
    assert sorted(house.layers()) == house.apps()


def test_the_inner_layers_hold_in_every_app() -> None:
    containers = house.contracts()[1]["containers"]
    assert isinstance(containers, list)
    assert sorted(containers) == [f"{OURS}{app}" for app in house.apps()]


def test_foreign_keys_point_down() -> None:
    wrong = []
    for config in django_apps.get_app_configs():
        if not config.name.startswith(OURS):
            continue
        for model in config.get_models():
            for field in model._meta.get_fields():
                target = field.related_model if field.is_relation and field.concrete else None
                other = target._meta.app_config if isinstance(target, type) else None
                if other and other.name.startswith(OURS) and not house.may_use(config.label, other.label):
                    wrong.append(f"{model.__name__}.{field.name} → {other.label}")
    assert wrong == []


def test_templates_use_templates_of_their_own_or_lower_apps() -> None:
    homes = _template_homes()
    wrong = []
    for path in sorted(house.PACKAGE.glob("*/templates/**/*.html")):
        for name in TEMPLATE_TAG.findall(path.read_text(encoding="utf-8")):
            home = homes.get(name)
            if home and not house.may_use(house.app_of(path), home):
                wrong.append(f"{path.relative_to(house.ROOT)} uses {name} of {home}")
    assert wrong == []


def test_components_live_in_ui_alone() -> None:
    elsewhere = [path for path in house.PACKAGE.glob("*/templates/cotton") if house.app_of(path) != "ui"]
    assert elsewhere == []


def test_a_template_name_means_one_file() -> None:
    names: dict[str, Path] = {}
    twice = []
    for path in sorted(house.PACKAGE.glob("*/templates/**/*.html")):
        name = _name(path)
        twice += [name] if name in names else []
        names[name] = path
    assert twice == []


def test_nobody_imports_the_views_forms_or_admin_of_another_app() -> None:
    wrong = []
    for path in house.sources(tests=True):
        for node, name in house.imported(path):
            parts = name.split(".")
            if (
                len(parts) > 2
                and parts[0] == "lienthong"
                and parts[1] != house.app_of(path)
                and parts[2] in {"views", "forms", "admin"}
                and parts[1] != "ui"  # the bases of forms are components
            ):
                wrong.append(f"{house.place(path, node)} imports {name}")
    assert wrong == []


def _template_homes() -> dict[str, str]:
    return {_name(path): house.app_of(path) for path in house.PACKAGE.glob("*/templates/**/*.html")}


def _name(path: Path) -> str:
    return path.relative_to(house.PACKAGE / house.app_of(path) / "templates").as_posix()
