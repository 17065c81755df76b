"""Pages as PDF/A-2b, set by Typst: its fonts come with it, so a page looks the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def typeset(layout: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a layout (a Typst file that reads ``sys.inputs.data`` as JSON) filled with plain data.

    The fonts of the machine are left out. What people typed is data and never runs as markup.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    pdf: bytes = typst.compile(layout, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-2b"])
    return pdf
