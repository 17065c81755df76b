"""Browser libraries straight from ``node_modules``: only the files listed here are served, under ``vendor/``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

NODE_MODULES = Path(settings.BASE_DIR) / "node_modules"
FONT_WEIGHTS = (400, 500, 600, 700)
FONT_SUBSETS = ("latin", "vietnamese")

# Where each file is served → where it lies in node_modules. The manifest storage wants each file's .map listed too.
LISTED: dict[str, str] = {
    "vendor/tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler/tabler.min.css.map": "@tabler/core/dist/css/tabler.min.css.map",
    "vendor/htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/chart/chart.umd.min.js": "chart.js/dist/chart.umd.min.js",
    "vendor/chart/chart.umd.min.js.map": "chart.js/dist/chart.umd.min.js.map",
    **{
        f"vendor/fonts/{subset}-{weight}.woff2": (
            f"@fontsource/be-vietnam-pro/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        )
        for subset in FONT_SUBSETS
        for weight in FONT_WEIGHTS
    },
}


class ListedFiles(FileSystemStorage):
    """A storage that knows the listed files by the path at which they are served."""

    def __init__(self) -> None:
        super().__init__(location=NODE_MODULES)

    def path(self, name: str) -> str:
        """Return where a served file lies."""
        return str(NODE_MODULES / LISTED[name])


class NodeFinder(BaseFinder):
    """Find the listed files of ``node_modules``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = ListedFiles()
        super().__init__(*args, **kwargs)

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        """Name the listed files that are missing: ``npm ci`` has not run, or a library moved its files."""
        missing = [source for source in LISTED.values() if not (NODE_MODULES / source).is_file()]
        if not missing:
            return []
        return [Error(f"node_modules lacks {', '.join(missing)}", hint="Run: npm ci --ignore-scripts", id="ui.E001")]

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002  (Django's signature)
        """Return the place of a served file, or an empty list."""
        source = LISTED.get(path)
        if source is None or not (NODE_MODULES / source).is_file():
            return []
        found = str(NODE_MODULES / source)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # noqa: ARG002
        """List every served file with its storage, for collectstatic."""
        for served in LISTED:
            yield served, self.storage
