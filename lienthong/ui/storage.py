"""Static files under names that carry their content's hash, the imports between our scripts included."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's own patterns for scripts are tried on every file and stumble over libraries; these read our modules only.
OUR_MODULES = (
    "ui/*.js",
    (
        (r"""(?P<matched>from "(?P<url>\./[\w-]+\.js)";)""", 'from "%(url)s";'),
        (r"""(?P<matched>import "(?P<url>\./[\w-]+\.js)";)""", 'import "%(url)s";'),
    ),
)


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Whitenoise's storage; a script's ``import "./keys.js"`` is rewritten to the hashed name too."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, OUR_MODULES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002  (Django's signature)
        """Return the address of a file, worked out once: the manifest is read once and every page names a dozen."""
        if force or settings.DEBUG:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]
