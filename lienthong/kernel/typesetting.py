"""Pages as PDF/A-2b, set by Typst: its fonts come with it, so a page looks the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst


def typeset(layout: Path, data: Mapping[str, Any], *, font_paths: Sequence[Path] = ()) -> bytes:
    """Return the PDF of a layout (a Typst file that reads ``sys.inputs.data`` as JSON) filled with plain data.

    The fonts are those of the directories given, or else those that come with Typst; never those of the machine. What
    people typed is data and never runs as markup.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    pdf: bytes = typst.compile(layout, sys_inputs=inputs, font_paths=_fonts(tuple(font_paths)), pdf_standards=["a-2b"])
    return pdf


@lru_cache(maxsize=8)
def _fonts(paths: tuple[Path, ...]) -> Any:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=not paths, font_paths=[str(path) for path in paths]
    )
