"""Tags of a template as text on our own pages: written as character references, so that no page seems unfinished."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_OPENING = re.compile(r"\{(?=[{%#])")


def shown(text: object) -> SafeString:
    """Return a text, escaped, whose tags stand on the page as they were typed."""
    return _referred(escape(text))


class TagsInput(forms.TextInput):
    """A text box in which tags are typed."""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        """Write the box, its tags as text."""
        return _referred(super().render(*args, **kwargs))


class TagsArea(forms.Textarea):
    """A text area in which tags are typed."""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        """Write the area, its tags as text."""
        return _referred(super().render(*args, **kwargs))


def _referred(html: SafeString) -> SafeString:
    return mark_safe(_OPENING.sub("&#123;", html))  # noqa: S308 - escaped already
