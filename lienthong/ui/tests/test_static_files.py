"""The listed libraries are served, and every file survives being named by its hash."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from django.test import override_settings

from lienthong.ui import icons
from lienthong.ui.finders import LISTED, NodeFinder

APPS = Path(__file__).parents[2]


def test_every_listed_file_is_there() -> None:
    assert NodeFinder().check() == []
    assert all(finders.find(served) for served in LISTED)


def test_nothing_else_of_node_modules_is_served() -> None:
    assert finders.find("htmx.org/package.json") is None
    assert finders.find("vendor/htmx/package.json") is None


def test_every_icon_that_a_template_names_exists() -> None:
    named = set()
    for template in APPS.glob("*/templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        named |= set(re.findall(r'{% icon "([^"]+)"', text)) | set(re.findall(r'<c-[^>]*\bicon="([a-z0-9-]+)"', text))
    assert named
    for name in sorted(named):
        assert icons.svg(name).startswith("<svg")


def test_an_unknown_icon_says_what_to_do() -> None:
    with pytest.raises(icons.UnknownIconError, match="npm ci"):
        icons.svg("no-such-icon")


def test_the_manifest_names_every_file_by_its_content_and_the_imports_between_scripts(tmp_path: Path) -> None:
    storages = {"staticfiles": {"BACKEND": "lienthong.ui.storage.ManifestStorage"}}
    with override_settings(
        STORAGES=storages,
        STATIC_ROOT=tmp_path,
        WHITENOISE_SKIP_COMPRESS_EXTENSIONS=("css", "js", "map", "svg", "woff2"),
    ):
        call_command(Command(), interactive=False, verbosity=0)
    main = next((tmp_path / "ui").glob("main.*.js")).read_text(encoding="utf-8")
    imported = re.findall(r'import "\./([\w.-]+)"', main)
    assert imported
    for name in imported:
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / "ui" / name).is_file()
    tokens = next((tmp_path / "ui").glob("tokens.*.css")).read_text(encoding="utf-8")
    for address in re.findall(r'url\("\.\./([^"]+)"\)', tokens):
        assert (tmp_path / address).is_file()


def test_no_script_or_style_of_ours_is_long() -> None:
    for script in (APPS / "ui" / "static" / "ui").glob("*.js"):
        assert len(script.read_text(encoding="utf-8").splitlines()) <= 120, script.name
