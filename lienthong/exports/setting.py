"""The process that sets one part of a long table: an order as JSON on standard input, a PDF where it says."""

from __future__ import annotations

import json
import sys

import typst


def main() -> None:
    """Set one layout without tags (2b does not ask for them, and they make a book twelve times as large)."""
    order = json.load(sys.stdin)
    typst.compile(
        order["layout"],
        output=order["to"],
        sys_inputs={"data": order["data"]},
        font_paths=typst.Fonts(include_system_fonts=False),
        pdf_standards=["a-2b"],
        pdf_tags=False,
    )


if __name__ == "__main__":
    main()
