"""Static files under names that carry their content's hash, the imports between our scripts included."""

from __future__ import annotations

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
